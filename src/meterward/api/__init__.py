"""The API of an installation, version 1: what the pages show, for machines, behind the same gate."""
