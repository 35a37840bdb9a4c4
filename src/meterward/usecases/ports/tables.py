"""Large tables that lie in files, as whoever compares them sees it: counts come out, and no row enters the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

if TYPE_CHECKING:
    from meterward.core.base.problem import Problem

Tell: TypeAlias = Callable[[str, float | None], None]
"""Hears what is going on, and which share of it is done, if that can be told. What it raises ends the work."""


class Tables(NamedTuple):
    """What is compared: two files by name, the day, and the fuels that count."""

    feed: str
    inventory: str
    as_at: date
    fuels: tuple[str, ...]
    unmatched: bool = False
    """Whether what does not match is listed too."""


class Counted(NamedTuple):
    """What was counted for one fuel."""

    fuel: str
    premises: int
    with_one: int
    with_none: int
    with_several: int
    in_scope: int
    supplying_nobody: int


class Read(NamedTuple):
    """A table that was read: the SHA-256 of its bytes, and how many rows it has."""

    digest: str
    rows: int


class Coverage(NamedTuple):
    """What came of a comparison."""

    as_at: date
    counted: tuple[Counted, ...]
    feed: Read
    inventory: Read
    engine: str
    engine_version: str
    doubled: int
    """How many premises supplied stand there twice with the same spell; each counts once."""
    overlapping: int
    """How many have several different spells that hold on the day; each counts once."""
    unmatched: Read | None = None

    @property
    def whole(self) -> Counted:
        """All fuels together."""
        sums = (sum(numbers) for numbers in zip(*(one[1:] for one in self.counted), strict=True))
        return Counted("both" if len(self.counted) > 1 else self.counted[0].fuel, *sums)


class Comparing(Protocol):
    """A comparison of premises supplied with the meter inventory, as a context: what it needs is gone at its end."""

    listed: str
    """The file that lists what does not match, once it was compared and until the context ends."""

    def compare(self, tables: Tables, tell: Tell) -> Coverage | list[Problem]:
        """Compare; every problem that can be told of what is wrong with the files."""
