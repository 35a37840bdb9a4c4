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
    """The file is not there, or cannot be read."""
    INTERNAL = 70
    """A fault in Meterward itself."""
    CANNOT_WRITE = 73
    """A file could not be written."""
    STOPPED = 130
    """Stopped from the keyboard."""
    PIPE_CLOSED = 141
    """Whoever read the output went away."""
