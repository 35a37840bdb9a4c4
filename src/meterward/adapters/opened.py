"""The mark of a home that was made of a bundle: it says which, and that it was verified."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

_FILE = "opened.json"


class Opened(NamedTuple):
    """A bundle that was verified and opened: whose ledger, on which day in words, and its checkpoint."""

    ledger: str
    verified: str
    last: str
    """The day on which the last of its records was recorded, in words."""
    note: str
    """The checkpoint as it was signed."""
    signed: str
    """When it was; empty if it does not say."""
    by: str = ""
    """Who withheld parts of it; empty if nobody did."""
    because: str = ""
    withheld: Mapping[str, Sequence[Sequence[str]]] = MappingProxyType({})
    """The names of the texts and of the files that are withheld, by the place of their record in decimal."""


def mark(home: Path, found: Opened) -> None:
    """Say that a home was made of a bundle. Nobody ever says so of a home that has anything else in it."""
    (home / _FILE).write_text(json.dumps({**found._asdict(), "withheld": dict(found.withheld)}), encoding="utf-8")


def opened(home: Path) -> Opened | None:
    """The bundle that a home was made of; None if it was not."""
    try:
        return Opened(**json.loads((home / _FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
