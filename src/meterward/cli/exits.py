"""Exit codes: what a command answers to a script. From 64 on they are those of BSD's sysexits."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What came of a command."""

    IN_ORDER = 0
    """All duties are in order; or the command did what it should."""
    OPEN = 1
    """Something is open, contested, or asks for attention; or a check failed."""
    BREACH = 2
    """A duty is breached."""
    USAGE = 64
    """The command was used in a way that it does not understand."""
    DATA = 65
    """The ledger has problems."""
    NO_FILE = 66
    """The file, the store or the ledger is not there, or cannot be read."""
    UNAVAILABLE = 69
    """The store or the port cannot be used."""
    INTERNAL = 70
    """A fault in Meterward itself."""
    CANNOT_WRITE = 73
    """A file could not be written, or the store is full."""
    BUSY = 75
    """Others are writing; the same again later may well succeed."""
    STOPPED = 130
    """Stopped from the keyboard."""
    PIPE_CLOSED = 141
    """Whoever read the output went away."""
