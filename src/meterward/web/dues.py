"""What is due and what was missed, from the JSON of a position, in the words of its pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import DAY, in_words
from meterward.core.facts.owed import Source
from meterward.present.phrases import in_how_long
from meterward.usecases.list_deadlines import each_once

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Due(NamedTuple):
    """Something due, or a proof that ends, with how far off it is."""

    day: date
    duty: str
    what: str
    source: str
    overdue: bool
    reading: str
    lapses: bool
    days: int

    @property
    def owed(self) -> bool:
        """Whether somebody must do something, and not only show again what ends."""
        return self.source != Source.PROOF

    @property
    def when(self) -> str:
        """How far off it is, in words."""
        return f"{in_how_long(self.days).removesuffix(' ago')} overdue" if self.overdue else in_how_long(self.days)

    @property
    def label(self) -> str:
        """What happens on the day."""
        return "was due" if self.overdue else ("due" if self.owed else "proof ends")

    @property
    def remarks(self) -> str:
        """Whose limit it is, under which reading, and whether Go Live lets it lapse."""
        found = ["our own limit"] if self.source == Source.PRODUCT else []
        found += [f"reading {self.reading}"] if self.reading else []
        found += ["lapses with Go Live"] if self.lapses else []
        return ", ".join(found)


class Passed(NamedTuple):
    """A deadline that was missed, its last day, and when it was made good."""

    duty: str
    what: str
    due: date
    own: bool
    good: date | None

    @property
    def late(self) -> str:
        """How it ended."""
        if self.good is None:
            return "not made good"
        return (
            f"made good on {in_words(self.good)}, {in_how_long((self.good - self.due).days).removeprefix('in ')} late"
        )


def dues(deadlines: Sequence[Mapping[str, Any]], as_at: date) -> list[Due]:
    """Everything due, overdue things first; what several duties ask for stands once, with the first of them."""
    found = each_once(deadlines, lambda one: (one["day"], one["what"]))
    return sorted((_due(one, as_at) for one in found), key=lambda due: (not due.overdue, due.day))


def _due(one: Mapping[str, Any], as_at: date) -> Due:
    day = date.fromisoformat(one["day"])
    reading, left = one["reading"] or "", (day - as_at).days
    return Due(day, one["duty"], one["what"], one["source"], one["overdue"], reading, one["lapses"], left)


def missed(duties: Sequence[Mapping[str, Any]]) -> list[Passed]:
    """Every deadline that was missed, the last first."""
    found = [
        Passed(
            duty["id"],
            one["what"],
            date.fromisoformat(one["day"]) - DAY,
            one["source"] == Source.PRODUCT,
            date.fromisoformat(one["made_good"]) if one["made_good"] else None,
        )
        for duty in duties
        for one in duty["missed"]
    ]
    return sorted(found, key=lambda one: one.due, reverse=True)
