"""The repositories: the only code that touches rows. Each is one implementation of a port of the use cases."""
