"""Meterward: signed facts in, the position against the licence condition out."""

__version__ = "0.1.0"
