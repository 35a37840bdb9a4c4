"""`meterward explain`: why a clause stands as it does, down to the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from meterward.cli.asking import asks
from meterward.cli.completing import clauses
from meterward.cli.explain_tree import Detail, show_clauses
from meterward.cli.output import say_json
from meterward.cli.refusal import misused
from meterward.cli.terminal import console
from meterward.core.base.problem import Problem
from meterward.present.explain_json import explain_json
from meterward.usecases.explain_clause import exit_code, explain_clause

if TYPE_CHECKING:
    from meterward.present.answer import Answer


@click.command()
@click.argument("clause", shell_complete=clauses)
@asks("table", "json")
@click.option("--all-readings", is_flag=True, help="Explain every reading in full, also where they agree.")
@click.option("--full", is_flag=True, help="Leave nothing out of long trees.")
def explain(answer: Answer, clause: str, all_readings: bool, full: bool) -> int:  # noqa: FBT001 - flags of the command line
    r"""Explain CLAUSE by five questions, for each of its duties.

    What does the law ask? What was found? What follows? What is missing? What would change it? The default reading of
    each duty is explained in full, and the others in brief; where readings disagree, every one in full. Each
    reading is an interpretation, shown as such, never the law.

    Z.14 takes in Z.14(a) and Z.14(b). A clause that is not scored, such as Z.5, is shown with what it shapes.

    \b
    Examples:
      meterward explain Z.14 northlight.jsonl
      meterward explain 'Z.9(a)' northlight.jsonl --as-at 2026-03-31
      meterward explain Z.9/effect northlight.jsonl --all-readings
      meterward explain Z.19 northlight.jsonl --format json
      meterward explain Z.19 --licensee northlight
    """
    positions = [one.position for one in answer.evaluated]
    found = [explain_clause(position, clause) for position in positions]
    problems = [one for one in found if isinstance(one, Problem)]
    if problems:
        return misused(problems[0]).show(answer.output)
    explained = [one for one in found if not isinstance(one, Problem)]
    if answer.output == "json":
        say_json(explain_json(answer, explained))
    else:
        show_clauses(console(), answer, explained, Detail(all_readings, full))
    return exit_code(explained)
