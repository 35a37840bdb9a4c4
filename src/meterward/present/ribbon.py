"""The ribbon: the whole history of a duty, drawn and in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.days import after, in_words
from meterward.core.base.timeline import Span
from meterward.core.obligations.status import Status
from meterward.present.marks import MARKS
from meterward.usecases.summarise_position import word

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDTH = 220
_HEIGHT = 16
_GAP = 1.2
_LEAST = 2.5
"""A breach of a single day is so wide, whatever the scale."""
_MOST_SPOKEN = 6
_HEIGHTS = {
    Status.BREACHED: 16,
    Status.CONTESTED: 13,
    Status.INDETERMINATE: 10,
    Status.PENDING: 6,
    Status.MET_LATE: 8,
    Status.MET: 8,
}
"""The worse, the taller: a history is read without colour too."""
_LOWEST = 3


class Bar(NamedTuple):
    """A stretch of a history, as drawn."""

    x: str
    y: str
    width: str
    height: int
    name: str


class Drawn(NamedTuple):
    """A history as a page shows it."""

    bars: list[Bar]
    spoken: str


def drawn_from(history: Sequence[Mapping[str, Any]]) -> Drawn:
    """The ribbon of a history as JSON has it."""
    spans = [
        Span(date.fromisoformat(one["first"]), after(date.fromisoformat(one["last"])), Status(one["status"]))
        for one in history
    ]
    return Drawn(bars_of(spans), spoken(spans))


def bars_of(history: Sequence[Span[Status]]) -> list[Bar]:
    """A history as bars; short ones are drawn last, over their neighbours, so that none is hidden.

    The right end belongs to the status of the day, whatever was shortly before.
    """
    if not history:
        return []
    first, days = history[0].first, (history[-1].until - history[0].first).days
    longest_first = sorted(history, key=lambda span: span.first - span.until)
    return [
        _bar(
            span,
            (span.first - first).days / days,
            (span.until - first).days / days,
            _WIDTH if span is history[-1] else _WIDTH - _LEAST - _GAP,
        )
        for span in longest_first
    ]


def _bar(span: Span[Status], begin: float, end: float, limit: float) -> Bar:
    width = max((end - begin) * _WIDTH - _GAP, _LEAST)
    left = min(begin * _WIDTH, limit - width)
    height = _HEIGHTS.get(span.value, _LOWEST)
    return Bar(f"{left:.1f}", f"{(_HEIGHT - height) / 2:g}", f"{width:.1f}", height, MARKS[span.value].name)


def spoken(history: Sequence[Span[Status]]) -> str:
    """A history to be read aloud: the last few stretches."""
    last = history[-_MOST_SPOKEN:]
    words = [f"{word(span.value)} from {in_words(span.first)}" for span in last]
    before = "earlier changes left out, then " if len(history) > len(last) else ""
    return f"History: {before}{', '.join(words)}"
