"""A folder for counts of coverage: each person has one at a time, with the files that are compared and what came out.

The files name premises: they go as soon as they were compared. What came out goes after an hour, or once it was told.
"""

from __future__ import annotations

import json
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.usecases.ports.tables import Counted, Coverage, Read

if TYPE_CHECKING:
    from collections.abc import Iterable

LASTS = 3600
"""So many seconds a count lies here."""
UNMATCHED = "unmatched.csv"
FEED, INVENTORY = "feed", "inventory"
"""The files that are compared, as they are called while they lie here."""
_KEPT = "counted.json"


class Kept(NamedTuple):
    """A count that lies here: what it is called by, what was counted, and where what does not match is listed."""

    name: str
    coverage: Coverage
    unmatched: Path


@dataclass(frozen=True, slots=True)
class Measured:
    """A folder of a home, with a folder in it for every count: one that was stopped reaches no later one."""

    folder: Path

    def begin(self, owner: tuple[str, ...]) -> Path:
        """An empty folder for somebody's next count; what lay there of an earlier one is gone."""
        self.clear()
        self.drop(owner)
        count = self.folder / f"{_called(owner)}-{token_hex(8)}"
        count.mkdir(parents=True, mode=0o700)
        return count

    def is_left(self, owner: tuple[str, ...]) -> bool:
        """Whether files lie there that were to be compared: what compared them came to no end."""
        return any((count / name).exists() for count in self._of(owner) for name in (FEED, INVENTORY))

    def of(self, owner: tuple[str, ...]) -> Kept | None:
        """What somebody counted last, if it still lies here."""
        for count in self._of(owner):
            path = count / _KEPT
            with suppress(FileNotFoundError):
                if path.stat().st_mtime + LASTS > time.time():
                    return _read(json.loads(path.read_bytes()), path.with_name(UNMATCHED))
        return None

    def drop(self, owner: tuple[str, ...]) -> None:
        """Remove everything of somebody's."""
        for count in self._of(owner):
            shutil.rmtree(count, ignore_errors=True)

    def clear(self) -> None:
        """Remove what has lain here long enough."""
        for path in list(self.folder.glob("*")):
            with suppress(OSError):
                if path.stat().st_mtime + LASTS < time.time():
                    shutil.rmtree(path, ignore_errors=True)

    def _of(self, owner: tuple[str, ...]) -> list[Path]:
        return [*self.folder.glob(f"{_called(owner)}-*")]


def put(count: Path, name: str, pieces: Iterable[bytes]) -> Path:
    """Write one of the files that are compared into the folder of a count."""
    path = count / name
    with path.open("wb") as file:
        file.writelines(pieces)
    return path


def keep(count: Path, name: str, found: Coverage) -> None:
    """Keep what was counted in the folder of its count, beside the list of what does not match."""
    said = {"name": name, **found._asdict(), "as_at": found.as_at.isoformat()}
    (count / _KEPT).write_text(json.dumps(said), encoding="utf-8")


def _called(owner: tuple[str, ...]) -> str:
    return sha256("\n".join(owner).encode()).hexdigest()[:32]


def _read(said: dict[str, Any], unmatched: Path) -> Kept:
    name = said.pop("name")
    for table in ("feed", "inventory", "unmatched"):
        said[table] = said[table] and Read(*said[table])
    said["counted"] = tuple(Counted(*one) for one in said["counted"])
    return Kept(name, Coverage(**{**said, "as_at": date.fromisoformat(said["as_at"])}), unmatched)
