"""A folder of trays: each person has one at a time of a sort, with the files that are compared and what came out.

What came out lies there for an hour, for whoever made it alone; it goes earlier once it was told or discarded.
"""

from __future__ import annotations

import json
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

LASTS = 3600
"""So many seconds what came out lies here."""
_KEPT = "found.json"


@dataclass(frozen=True, slots=True)
class Trays:
    """A folder of a home, with a folder in it for every comparison: one that was stopped reaches no later one."""

    folder: Path

    def begin(self, owner: tuple[str, ...]) -> Path:
        """An empty tray for somebody's next comparison; what lay there of an earlier one is gone."""
        self.clear()
        self.drop(owner)
        tray = self.folder / f"{_called(owner)}-{token_hex(8)}"
        tray.mkdir(parents=True, mode=0o700)
        return tray

    def is_left(self, owner: tuple[str, ...]) -> bool:
        """Whether there is a tray in which nothing came out: what compared its files came to no end."""
        return any(not (tray / _KEPT).exists() for tray in self._of(owner))

    def of(self, owner: tuple[str, ...]) -> Path | None:
        """The tray in which something came out for somebody, if it still lies here."""
        for tray in self._of(owner):
            with suppress(FileNotFoundError):
                if (tray / _KEPT).stat().st_mtime + LASTS > time.time():
                    return tray
        return None

    def drop(self, owner: tuple[str, ...]) -> None:
        """Remove everything of somebody's."""
        for tray in self._of(owner):
            self.remove(tray)

    @staticmethod
    def remove(tray: Path) -> None:
        """Remove one tray."""
        shutil.rmtree(tray, ignore_errors=True)

    def clear(self) -> None:
        """Remove what has lain here long enough."""
        for tray in list(self.folder.glob("*")):
            with suppress(OSError):
                if tray.stat().st_mtime + LASTS < time.time():
                    self.remove(tray)

    def _of(self, owner: tuple[str, ...]) -> list[Path]:
        return [*self.folder.glob(f"{_called(owner)}-*")]


def put(tray: Path, name: str, pieces: Iterable[bytes]) -> Path:
    """Write one of the files that are compared into a tray."""
    path = tray / name
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        file.writelines(pieces)
    return path


def keep(tray: Path, found: Mapping[str, Any]) -> None:
    """Keep what came out, as JSON: whole or not at all."""
    written = tray / f"{_KEPT}.new"
    written.write_text(json.dumps(found), encoding="utf-8")
    written.rename(tray / _KEPT)


def found_in(tray: Path) -> dict[str, Any] | None:
    """What came out, as it was kept; None if it is gone."""
    with suppress(FileNotFoundError):
        found: dict[str, Any] = json.loads((tray / _KEPT).read_bytes())
        return found
    return None


def _called(owner: tuple[str, ...]) -> str:
    return sha256("\n".join(owner).encode()).hexdigest()[:32]
