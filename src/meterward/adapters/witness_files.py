"""What a witness last cosigned, a file for each log: replaced whole, and durable before anybody hears of it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.adapters.files import sync

if TYPE_CHECKING:
    from pathlib import Path

_BEGUN = b"nothing was cosigned yet\n"
_LONGEST = 1_000_000
_ONLY_OWNER, _FOLDER_ONLY_OWNER = 0o600, 0o700


@dataclass(frozen=True, slots=True)
class WitnessFiles:
    """See `Views`. Whoever uses them holds the folder, so that nobody else does."""

    folder: Path

    def begin(self, origin: str) -> None:
        """Make room for a log, durably; nothing happens where there is some."""
        if not self._place(origin).exists():
            self.folder.mkdir(mode=_FOLDER_ONLY_OWNER, parents=True, exist_ok=True)
            self.keep(origin, _BEGUN)

    def last(self, origin: str) -> bytes | None:
        """See `Views.last`."""
        try:
            with self._place(origin).open("rb") as file:
                data = file.read(_LONGEST)
        except FileNotFoundError:
            return None
        # An empty file is none that was written here: it must not pass for one that says that it begins.
        return b"" if data == _BEGUN else data or None

    def keep(self, origin: str, note: bytes) -> None:
        """See `Views.keep`."""
        replace_durably(self._place(origin), note)

    def _place(self, origin: str) -> Path:
        return self.folder / sha256(origin.encode()).hexdigest()


def replace_durably(path: Path, data: bytes) -> None:
    """Put a file in the place of what was there. When this returns it stays so; one of both is there in any case."""
    beside = path.with_name(f"{path.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _ONLY_OWNER)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync(path.parent)
