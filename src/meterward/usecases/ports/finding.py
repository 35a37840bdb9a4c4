"""Finding entries of a ledger: what somebody looks for, and what is found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Wanted(NamedTuple):
    """What somebody looks for. All of it holds of what is found; what is empty is not asked for."""

    words: str = ""
    """Beginnings of words in texts, file names, kind, subject, person and role, or of the id."""
    kinds: tuple[str, ...] = ()
    """One of these kinds."""
    first: date | None = None
    """It occurred on this day or later."""
    last: date | None = None
    """It occurred on this day or earlier."""
    person: str = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, as a list shows it."""

    index: int
    id: str
    recorded: str
    occurred: date
    kind: str
    subject: str
    person: str
    role: str


class Hits(NamedTuple):
    """What was found, newest first, and from where on to look for more (`before`), if there is more."""

    hits: list[Hit]
    next: int | None
