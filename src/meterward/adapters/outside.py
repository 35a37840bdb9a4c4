"""The newest checkpoint of each ledger in a file of a folder, beside the database and not in it.

A file is made whole and durable. From then on it is written over in its place: a note fits into one sector of a disk
and is written by one call, so that a crash leaves the old one or the new one. An exchange of files would do the same,
and costs a hundred times as much on some file systems. It is not synced: after a power cut there may be an earlier
checkpoint of the same ledger, which the ledger fits as well.
"""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING

from meterward.adapters.files import sync

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_LENGTH = 512
"""As long as every file is: a sector. What a note leaves is line feeds."""
_FILL = b"\n"
_BEGUN = b"begun\n"
_ONLY_OWNER, _FOLDER_ONLY_OWNER = 0o600, 0o700


@dataclass(frozen=True, slots=True)
class OutsideFiles:
    """See `Outside`."""

    folder: Path

    def newest(self, ledger: str) -> bytes | None:
        """See `Outside.newest`."""
        try:
            with self._opened(ledger, os.O_RDONLY, fcntl.LOCK_SH) as file:
                return _read(file)
        except FileNotFoundError:
            return None

    def begin(self, ledger: str) -> None:
        """See `Outside.begin`."""
        if self._place(ledger).exists():
            return
        self.folder.mkdir(mode=_FOLDER_ONLY_OWNER, parents=True, exist_ok=True)
        place = self.folder / f".{ledger}.{token_hex(8)}"
        file = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _ONLY_OWNER)
        try:
            os.write(file, _filled(_BEGUN))
            os.fsync(file)
            with suppress(FileExistsError):
                os.link(place, self._place(ledger))
        finally:
            os.close(file)
            place.unlink(missing_ok=True)
        sync(self.folder)

    def keep(self, ledger: str, note: bytes, is_older: Callable[[bytes], bool]) -> bool:
        """See `Outside.keep`."""
        filled = _filled(note)
        self.begin(ledger)
        with self._opened(ledger, os.O_RDWR, fcntl.LOCK_EX) as file:
            if not is_older(_read(file)):
                return False
            os.pwrite(file, filled, 0)
            os.ftruncate(file, _LENGTH)
            return True

    def _place(self, ledger: str) -> Path:
        if not ledger or ledger.startswith(".") or "/" in ledger:
            raise ValueError("this is not the name of a ledger")
        return self.folder / ledger

    @contextmanager
    def _opened(self, ledger: str, how: int, lock: int) -> Iterator[int]:
        file = os.open(self._place(ledger), how)
        try:
            fcntl.flock(file, lock)
            yield file
        finally:
            os.close(file)


def _read(file: int) -> bytes:
    """The note in a file; what is not as it was written here is handed on as it is, and is no note."""
    found = os.pread(file, _LENGTH + 1, 0)
    if found == _filled(_BEGUN):
        return b""
    note = found.rstrip(_FILL) + _FILL
    return note if len(found) == _LENGTH else b"\0" + found


def _filled(note: bytes) -> bytes:
    if len(note) > _LENGTH:
        raise ValueError("a checkpoint is not as long as this")
    return note.ljust(_LENGTH, _FILL)
