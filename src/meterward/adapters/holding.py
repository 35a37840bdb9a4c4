"""Who has a home in use: a lock of the system on a file there, which ends with the last process that holds it.

One process holds a home alone, to fill it or to empty it. A server then shares it with its own processes, and with
nobody who would want it alone. Commands that only append need none of this: the database keeps them apart.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LOCK_FILE = "in-use"
"""The file on which the lock lies. It stays when the lock has gone, and says nothing then."""
_MOST_READ = 500


@dataclass(frozen=True, slots=True)
class Hold:
    """A home that this process has in use."""

    file: int

    def share(self) -> bool:
        """Let others who serve it have it too, and nobody have it alone; False if somebody came in between."""
        return _lock(self.file, fcntl.LOCK_SH)

    def release(self) -> None:
        """Have it in use no more."""
        os.close(self.file)


def hold(home: Path, doing: str) -> Hold | str:
    """Have a home alone, which is made if need be; or in words who has it: “process 12 serves it at …”.

    `doing` is what is said of this process meanwhile.
    """
    found = _taken(home, fcntl.LOCK_EX)
    if isinstance(found, Hold):
        os.ftruncate(found.file, 0)
        os.pwrite(found.file, f"process {os.getpid()} {doing}".encode()[:_MOST_READ], 0)
    return found


def share(home: Path) -> Hold | str:
    """Have a home in use as one process of its server; or in words who has it alone."""
    return _taken(home, fcntl.LOCK_SH)


def _taken(home: Path, how: int) -> Hold | str:
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    while True:
        file = os.open(home / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o600)
        if not _lock(file, how):
            said = os.pread(file, _MOST_READ, 0).decode(errors="replace")
            os.close(file)
            return said or "another process has it"
        if _is_there(home, file):
            return Hold(file)
        os.close(file)


def _lock(file: int, how: int) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(file, how | fcntl.LOCK_NB)
        return True
    return False


def _is_there(home: Path, file: int) -> bool:
    """Whether the file is still the one of the home: somebody may have removed all of it meanwhile."""
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(file), (home / LOCK_FILE).stat())
    return False
