"""`meterward deadlines`: what is due, and what is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward.cli.asking import asks
from meterward.cli.due import show_due
from meterward.cli.heading import show_heading
from meterward.cli.output import say_json
from meterward.cli.terminal import console
from meterward.core.base.days import plural
from meterward.core.facts.owed import Source
from meterward.present.position_json import deadlines_json, position_json
from meterward.usecases.list_deadlines import Ahead, due_next

if TYPE_CHECKING:
    from rich.console import Console

    from meterward.present.answer import Answer
    from meterward.usecases.evaluate_position import Evaluated


@click.command()
@asks("table", "json")
def deadlines(answer: Answer) -> int:
    r"""List everything that is due or overdue, under any reading, in order of day.

    A limit that no clause and no instrument sets is marked as our own: passing it is never a breach.

    The exit code is 0 if nothing is overdue, 1 if something is.

    \b
    Examples:
      meterward deadlines northlight.jsonl
      meterward deadlines northlight.jsonl --licence gas --as-at 2026-12-31
      meterward deadlines --licensee northlight
      meterward deadlines northlight.jsonl --format json |
        jq '.licences[].deadlines[] | select(.overdue)'
    """
    if answer.output == "json":
        say_json(deadlines_json(position_json(answer)))
    else:
        on = console()
        for place, evaluated in enumerate(answer.evaluated):
            if place:
                on.print()
            _show(on, answer, evaluated)
    return int(any(deadline.overdue for one in answer.evaluated for deadline in one.position.deadlines))


def _show(on: Console, answer: Answer, evaluated: Evaluated) -> None:
    show_heading(on, answer, evaluated.position.evaluation.basis.licence, "")
    ahead = due_next(evaluated.position)
    on.print(Text(f"\n{_sentence(ahead)}\n", "bold"))
    show_due(on, ahead)


def _sentence(ahead: list[Ahead]) -> str:
    owed = [one.deadline for one in ahead if one.deadline.source is not Source.PROOF]
    days = len({one.deadline.day for one in ahead if one.deadline.source is Source.PROOF})
    overdue = sum(1 for one in owed if one.overdue)
    verb = "is" if overdue == 1 else "are"
    late = f", of which {overdue:,} {verb} overdue" if overdue else "; nothing is overdue"
    due = f"{plural(len(owed), 'deadline')}{late}" if owed else "Nothing is due"
    return f"{due}; proofs end on {plural(days, 'day')}." if days else f"{due}."
