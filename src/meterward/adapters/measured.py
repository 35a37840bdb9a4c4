"""What was counted of coverage, as it lies in a tray until it is told.

The files that are compared name premises: they go as soon as they were compared.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from meterward.adapters import trays
from meterward.usecases.ports.tables import Counted, Coverage, Read

UNMATCHED = "unmatched.csv"
FEED, INVENTORY = "feed", "inventory"
"""The files that are compared, as they are called while they lie here."""


class Kept(NamedTuple):
    """A count that lies here: what it is called by, what was counted, and where what does not match is listed."""

    name: str
    coverage: Coverage
    unmatched: Path


def keep(tray: Path, name: str, found: Coverage) -> None:
    """Keep what was counted in its tray, beside the list of what does not match."""
    trays.keep(tray, {"name": name, **found._asdict(), "as_at": found.as_at.isoformat()})


def kept_in(tray: Path | None) -> Kept | None:
    """The count that lies in a tray."""
    said = trays.found_in(tray) if tray else None
    if tray is None or said is None:
        return None
    name = said.pop("name")
    for table in ("feed", "inventory", "unmatched"):
        said[table] = said[table] and Read(*said[table])
    said["counted"] = tuple(Counted(*one) for one in said["counted"])
    return Kept(name, Coverage(**{**said, "as_at": date.fromisoformat(said["as_at"])}), tray / UNMATCHED)
