"""Bundles that were built for somebody, on their way out: each lies here an hour, for whoever asked for it alone."""

from __future__ import annotations

import re
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LASTS = 3600
"""So many seconds a bundle lies here."""
MOST = 3
"""So many bundles lie here for one person; the oldest goes."""
MOST_OF_ALL = 20
"""So many lie here for all together."""
_NAME = re.compile("[a-z0-9-]{1,100}", re.ASCII)
_ENDING = ".tar"


class Lying(NamedTuple):
    """A bundle that lies here: what it is called, its size in bytes, and for how many more seconds."""

    name: str
    size: int
    left: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """A folder of a home, with a folder in it for everybody who asked for a bundle of a ledger."""

    folder: Path

    def place(self, owner: tuple[str, ...], name: str) -> Path:
        """Where a bundle is to lie; there is room for it."""
        self.clear()
        mine = self._of(owner)
        mine.mkdir(parents=True, exist_ok=True, mode=0o700)
        for path in _oldest_first(mine.glob(f"*{_ENDING}"))[: 1 - MOST or None]:
            path.unlink(missing_ok=True)
        for path in _oldest_first(self.folder.glob(f"*/*{_ENDING}"))[: 1 - MOST_OF_ALL or None]:
            path.unlink(missing_ok=True)
        return mine / f"{name}{_ENDING}"

    def of(self, owner: tuple[str, ...]) -> list[Lying]:
        """What lies here for somebody, the newest first."""
        return list(
            reversed([one for path in _oldest_first(self._of(owner).glob(f"*{_ENDING}")) if (one := _lying(path))])
        )

    def open(self, owner: tuple[str, ...], name: str) -> BinaryIO | None:
        """A bundle of somebody's, to be read and closed by the caller; None if there is none of that name."""
        path = self._of(owner) / f"{name}{_ENDING}"
        if not _NAME.fullmatch(name) or _lying(path) is None:
            return None
        with suppress(OSError):
            return path.open("rb")
        return None

    def clear(self) -> None:
        """Remove what has lain here long enough."""
        for path in list(self.folder.glob("*/*")):
            if _lying(path) is None:
                path.unlink(missing_ok=True)

    def _of(self, owner: tuple[str, ...]) -> Path:
        return self.folder / sha256("\n".join(owner).encode()).hexdigest()[:32]


def _lying(path: Path) -> Lying | None:
    with suppress(OSError):
        found = path.stat()
        left = int(found.st_mtime + LASTS - time.time())
        return Lying(path.name.removesuffix(_ENDING), found.st_size, left) if left > 0 else None
    return None


def _oldest_first(paths: Iterator[Path]) -> list[Path]:
    found = []
    for path in paths:
        with suppress(OSError):
            found.append((path.stat().st_mtime, path))
    return [path for _, path in sorted(found)]
