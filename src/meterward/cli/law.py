"""`meterward law`: the law packs, and their worked cases."""

from __future__ import annotations

import click

from meterward.cli.law_cases import cases
from meterward.cli.law_show import show


@click.group()
def law() -> None:
    r"""Show what a law pack says, and run its worked cases.

    A law pack is the condition as dated, cited data: its clauses, what each asks and when, every sensible reading of
    each, and worked histories with what is expected of them. Every sentence and reading is ours, never the law.

    \b
    Examples:
      meterward law show
      meterward law show Z.14
      meterward law cases --clause Z.14
    """


for command, says in (
    (show, "Show a law pack, or all that it says of a clause."),
    (cases, "Run the worked cases of a law pack."),
):
    command.short_help = says
    law.add_command(command)
