"""The one Django app: thin rows, the repositories over them, and projections that can be made anew."""
