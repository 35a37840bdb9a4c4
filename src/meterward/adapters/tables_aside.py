"""Folders in which tables are compared: each held by who works there, and removed by the next one if nobody does.

Whoever is killed cleans up nothing, and what lies there names premises. The lock of the system on a folder ends with
the process that held it, so that no number of a process is asked, which another may have by now.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

PREFIX = "meterward-tables-"


class Folder:
    """A folder of this process alone, until it is left."""

    def __init__(self) -> None:
        sweep()
        self.path, self._hold = _held()

    def leave(self) -> None:
        """Remove it with all that lies there."""
        shutil.rmtree(self.path, ignore_errors=True)
        os.close(self._hold)


def sweep() -> None:
    """Remove the folders that nobody holds any more."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with suppress(OSError):
            _sweep(path)


def _sweep(path: Path) -> None:
    hold = _opened(path)
    try:
        fcntl.flock(hold, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.fstat(hold).st_uid == os.geteuid():
            shutil.rmtree(path, ignore_errors=True)
    finally:
        os.close(hold)


def _held() -> tuple[Path, int]:
    """A new folder, and the hold on it: somebody may sweep it away before it is held."""
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):
            hold = _opened(path)
            fcntl.flock(hold, fcntl.LOCK_EX)
            if path.exists():
                return path, hold
            os.close(hold)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
