"""Deadlines in a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from meterward.cli.columns import GAP, print_columns, print_flow, print_text, widest
from meterward.present.phrases import clean, in_how_long, remarks, short_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

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
