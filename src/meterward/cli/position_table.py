"""The position in a terminal: how things stand in a sentence, then a line for each duty, then what is due next."""

from __future__ import annotations

import shlex
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rich.console import Console
from rich.text import Text

from meterward.cli.columns import GAP, print_columns, print_flow, print_text
from meterward.cli.due import show_due
from meterward.cli.heading import show_heading
from meterward.cli.terminal import status_text
from meterward.present.marks import FLAG, MARKS
from meterward.present.notices import grouped, law_in_brief, made_from, recompute
from meterward.present.phrases import clean, short_day
from meterward.usecases.list_deadlines import due_next
from meterward.usecases.summarise_position import in_force_since, summarise, word
from meterward.usecases.tell_fact import flags, tell_fact
from meterward.usecases.trace_history import in_cells, trace_history

if TYPE_CHECKING:
    from meterward.core.obligations.position import DutyPosition, Position
    from meterward.present.answer import Answer
    from meterward.usecases.evaluate_position import Evaluated
    from meterward.usecases.list_deadlines import Ahead

_CLAUSE = 8
_STATUS = 15
_SINCE = 11
_STANDS = _STATUS + GAP + _SINCE
_WIDE = 116
"""From so many columns on the ribbon stands beside the status, else under it."""
_NARROW = 72
"""Below so many columns everything stands in one column."""
_RIBBON = 34
_BLOCK = "━"
_MOST_DUE = 8


class _Layout(NamedTuple):
    """How a position is laid out on a console."""

    on: Console
    wide: bool
    narrow: bool

    @property
    def ribbon(self) -> int:
        """How many blocks a history has."""
        return _RIBBON if self.wide else min(_STANDS, self.on.width - 1)

    @property
    def told(self) -> int:
        """How wide title and fact are."""
        taken = _CLAUSE + GAP + _STANDS + GAP + (_RIBBON + GAP if self.wide else 0)
        return self.on.width - taken


def show_position(on: Console, answer: Answer) -> None:
    """Show the position of each licence, one after the other."""
    for place, evaluated in enumerate(answer.evaluated):
        if place:
            on.print(Text(f"\n{'─' * on.width}\n", "dim"), soft_wrap=True)
        _show(on, answer, evaluated)


def show_duties(on: Console, position: Position) -> None:
    """Show a line for each duty of a position, part by part."""
    layout, parts = _Layout(on, on.width >= _WIDE, on.width < _NARROW), position.evaluation.pack.parts
    for part, duties in groupby(position.duties, key=lambda one: one.duty.part):
        print_text(on, Text(f"Part {part}  {parts[part]}", style="bold dim"))
        for duty in duties:
            _row(layout, position, duty)
        on.print()


def show_summary(on: Console, position: Position) -> None:
    """Show how things stand in a sentence and in numbers, and what to look at that is about no single duty."""
    summary = summarise(position)
    print_text(on, Text(summary.sentence, "bold"))
    counts = [
        Text(f"{MARKS[status].shape} {count} {word(status)}", MARKS[status].style) for status, count in summary.counts
    ]
    if summary.flagged:
        counts.append(Text(f"{FLAG.shape} {summary.flagged} to look at", FLAG.style))
    print_flow(on, counts)
    for flag in summary.attention:
        print_columns(on, [(Text(FLAG.shape, FLAG.style), 1), (Text(clean(flag), FLAG.style), on.width - 1 - GAP)])


def _show(on: Console, answer: Answer, evaluated: Evaluated) -> None:
    position = evaluated.position
    _heading(on, answer, position)
    show_duties(on, position)
    _ahead(on, answer, due_next(position))
    _footer(on, answer, evaluated)


def _ahead(on: Console, answer: Answer, ahead: list[Ahead]) -> None:
    if not ahead:
        return
    on.print(Text("Overdue, and due next" if ahead[0].deadline.overdue else "Due next", "bold dim"))
    show_due(on, ahead[:_MOST_DUE])
    if len(ahead) > _MOST_DUE:
        more = f"… and {len(ahead) - _MOST_DUE:,} more: meterward deadlines {shlex.join(answer.question.named)}"
        on.print(Text(clean(more), "dim"), soft_wrap=True)
    on.print()


def _heading(on: Console, answer: Answer, position: Position) -> None:
    law = [law_in_brief(answer), in_force_since(position)]
    show_heading(on, answer, position.evaluation.basis.licence, " · ".join(part for part in law if part))
    on.print()
    show_summary(on, position)
    on.print()


def _row(layout: _Layout, position: Position, duty: DutyPosition) -> None:
    on = layout.on
    status = status_text(duty.status)
    gap = " " * max(0, _STATUS + GAP - status.cell_len)
    stands = Text.assemble(status, gap, (short_day(duty.since), "dim"))
    clause, told, ribbon = Text(duty.duty.clause, "bold"), _told(position, duty), _ribbon(layout, position, duty)
    if layout.narrow:
        on.print(Text("  ").join([clause, stands]))
        print_columns(on, [(told, on.width - GAP)], GAP)
        print_columns(on, [(ribbon, on.width - GAP)], GAP)
    elif layout.wide:
        print_columns(on, [(clause, _CLAUSE), (told, layout.told), (stands, _STANDS), (ribbon, _RIBBON)])
    else:
        beside = Text("\n").join([stands, ribbon])
        print_columns(on, [(clause, _CLAUSE), (told, layout.told), (beside, _STANDS)])


def _told(position: Position, duty: DutyPosition) -> Text:
    """Title, fact, and what asks for attention unless the fact says it already."""
    said, unsaid = flags(duty)
    flag = f"{FLAG.shape} "
    told = Text(clean(duty.duty.title), "bold")
    told.append("\n")
    told.append(flag if said else "", f"not bold {FLAG.style}")
    told.append(clean(tell_fact(position, duty)), "not bold")
    if unsaid:
        more = f" ({len(unsaid) - 1:,} more)" if len(unsaid) > 1 else ""
        told.append(f"\n{flag}{clean(unsaid[0])}{more}", f"not bold {FLAG.style}")
    return told


def _ribbon(layout: _Layout, position: Position, duty: DutyPosition) -> Text:
    """The history in coloured blocks; without colour in the shapes of the statuses."""
    on = layout.on
    coloured = on.color_system is not None and not on.no_color
    ribbon = Text()
    for status in in_cells(trace_history(position, duty), layout.ribbon):
        mark = MARKS[status]
        ribbon.append(_BLOCK if coloured else mark.shape, style=mark.style if coloured else "")
    return ribbon


def _footer(on: Console, answer: Answer, evaluated: Evaluated) -> None:
    licence = evaluated.position.evaluation.basis.licence
    for line in (
        made_from(answer, evaluated.receipt),
        f"Receipt    {grouped(evaluated.receipt.digest)}",
        f"Recompute  {recompute(answer, licence)}",
        f"Reasons    meterward explain CLAUSE {shlex.join(answer.question.named)}",
    ):
        on.print(Text(clean(line), "dim"), soft_wrap=True)
