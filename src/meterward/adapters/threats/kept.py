"""What threats came to beside a system, as JSON: as it lies in a tray until it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.risk.techniques import Beside, Considered
from meterward.usecases.match_threats import Compared, Found
from meterward.usecases.ports.threats import Intelligence

if TYPE_CHECKING:
    from collections.abc import Mapping

_SAID = ("source", "digest", "entries", "notes", "file", "listed")
"""What is kept of a source beside what came of it: its advisories are looked at no more."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What threats came to: what it is called by, how many entries the ledger had, and what each source came to."""

    name: str
    size: int
    compared: tuple[Compared, ...]
    without_bill: int


def written(kept: Kept) -> dict[str, Any]:
    """The JSON of what came out."""
    return {
        "name": kept.name,
        "size": kept.size,
        "without_bill": kept.without_bill,
        "compared": [_written(one) for one in kept.compared],
    }


def read(said: Mapping[str, Any]) -> Kept:
    """What came out, as it was written."""
    return Kept(said["name"], said["size"], tuple(_read(one) for one in said["compared"]), said["without_bill"])


def _written(one: Compared) -> dict[str, Any]:
    return {
        "intelligence": {name: getattr(one.intelligence, name) for name in _SAID},
        "as_at": one.as_at.isoformat(),
        "components": one.components,
        "matches": one.matches,
        "techniques": one.techniques,
    }


def _read(said: Mapping[str, Any]) -> Compared:
    told = Intelligence(**{**said["intelligence"], "notes": tuple(said["intelligence"]["notes"])})
    matches, techniques = tuple(_found(row) for row in said["matches"]), said["techniques"]
    considered = Considered(*(tuple(_beside(row) for row in ones) for ones in techniques)) if techniques else None
    return Compared(told, date.fromisoformat(said["as_at"]), said["components"], matches, considered)


def _found(row: list[Any]) -> Found:
    found = Found(*row)
    return found._replace(weaknesses=tuple(found.weaknesses), risks=tuple(found.risks))


def _beside(row: list[Any]) -> Beside:
    found = Beside(*row)
    return found._replace(risks=tuple(found.risks), scenarios=tuple(found.scenarios))
