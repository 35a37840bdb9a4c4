"""Threat intelligence: a file a format, read within bounds, whole or not at all."""
