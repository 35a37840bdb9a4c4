"""Deadlines in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from meterward.cli.columns import GAP, print_columns, print_flow, print_text, widest
from meterward.cli.terminal import clean
from meterward.core.base.days import EVER, in_words, plural
from meterward.core.facts.owed import Source
from meterward.core.obligations.position import Deadline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rich.console import Console

    from meterward.core.obligations.position import Missed
    from meterward.usecases.list_deadlines import Ahead

_DAY = 11
_LEAST_WHAT = 20
DUE_STYLES = {True: "bold #e0574b", False: "#4a8fe0"}
"""The style of a day that has passed unanswered, and of one that lies ahead."""


def show_due(on: Console, ahead: Sequence[Ahead]) -> None:
    """Show deadlines, overdue ones first."""
    rows = [
        (
            Text(short_day(one.deadline.day).rjust(_DAY), DUE_STYLES[one.deadline.overdue]),
            Text(in_how_long(one.days), DUE_STYLES[one.deadline.overdue]),
            Text(one.deadline.duty, "bold"),
            Text(clean(f"{one.deadline.what}{remarks(one.deadline)}")),
        )
        for one in ahead
    ]
    widths = [widest(row[place] for row in rows) for place in range(3)]
    left = on.width - sum(widths) - 3 * GAP
    for *when, what in rows:
        if left < _LEAST_WHAT:
            print_flow(on, when, " " * GAP)
            print_text(on, what, GAP)
            continue
        row = (*when, what)
        print_columns(on, list(zip(row, (*widths, left), strict=True)))


def short_day(day: date) -> str:
    """A day as it stands in a table: `4 Mar 2013`; nothing for the day before all days."""
    return f"{day.day} {day:%b %Y}" if day > EVER else ""


def since_day(day: date) -> str:
    """Since when something stands, to be put after it; nothing where it never stood otherwise."""
    return f" since {in_words(day)}" if day > EVER else ""


def in_how_long(days: int) -> str:
    """How far off a day is, from the day of the answer."""
    if not days:
        return "today"
    return f"in {plural(days, 'day')}" if days > 0 else f"{plural(-days, 'day')} ago"


def remarks(item: Deadline | Missed) -> str:
    """What is to be known of a deadline: whose it is, under which reading, and whether Go Live lets it lapse."""
    found = ["our own limit"] if item.source is Source.PRODUCT else []
    if isinstance(item, Deadline):
        found += [f"reading {item.reading}"] if item.reading else []
        found += ["lapses with Go Live"] if item.lapses else []
    return f" ({', '.join(found)})" if found else ""
