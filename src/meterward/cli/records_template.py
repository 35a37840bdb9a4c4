"""`meterward records template`: a line to fill in."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import click

from meterward import wiring
from meterward.catalogues.starting import kinds_with_starting, starting
from meterward.cli.completing import kinds as complete_kinds
from meterward.cli.exits import Exit
from meterward.cli.output import say_whole
from meterward.cli.refusal import misused
from meterward.core.base.problem import Code, Problem
from meterward.core.records.by_hand import not_by_hand
from meterward.usecases.index_kinds import find_kind

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json


def _nothing(kind: str) -> Problem:
    hint = f"Leave out --start. These have some: {', '.join(kinds_with_starting())}."
    return Problem(Code.FIELD_VALUE, f"The catalogue has no values to start {kind} from.", hint, "--start")


@click.command()
@click.argument("kind", shell_complete=complete_kinds)
@click.option("--licensee", metavar="L", help="For the ledger of this licensee in the store, which stamps it itself.")
@click.option("--start", is_flag=True, help="With values to start from, where the catalogue has some.")
def template(kind: str, licensee: str | None, *, start: bool) -> int:
    r"""Print a complete line of KIND to fill in: of today, with every fact, every text, and fresh salts.

    Whatever stands in parentheses is yours to write, with its parentheses gone; leave out what is optional and not
    there. A row of zeros stands for the digest of a file. Keep the salts as they are. Then check the ledger: it names
    whatever is still as the template had it.

    \b
    Examples:
      meterward records template audit.reported
      meterward records template policy.issued >> northlight.jsonl
      meterward records check northlight.jsonl
      meterward records template incident.recorded --licensee northlight > line
      meterward records template context.established --start
      meterward append northlight line
    """
    found = find_kind(kind)
    if isinstance(found, Problem):
        return misused(found).show()
    if by_hand := not_by_hand({"kind": found.name}):
        return misused(replace(by_hand[0], field="KIND")).show()
    line = wiring.template(found)
    if start:
        begins = starting(found.name)
        if begins is None:
            return misused(_nothing(found.name)).show()
        line["facts"] = dict(begins.facts)
        click.echo(begins.says, err=True)
    if licensee:
        line = {name: part for name, part in line.items() if name != "recorded"}
        line["statement"] = {**cast("dict[str, Json]", line["statement"]), "licensee": licensee}
    say_whole(f"{json.dumps(line, ensure_ascii=False)}\n")
    return Exit.IN_ORDER
