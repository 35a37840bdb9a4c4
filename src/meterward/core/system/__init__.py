"""The Supplier End-to-End System: its elements, and the matrix of Z.6 that says how secure each is shown to be."""
