"""`meterward records`: the records of a ledger, and the kinds of record there are."""

from __future__ import annotations

import click

from meterward.cli.records_check import check
from meterward.cli.records_kinds import kinds
from meterward.cli.records_show import show
from meterward.cli.records_template import template


@click.group()
def records() -> None:
    r"""Check a ledger, show one of its records, learn what kinds of record there are, and begin a new one.

    A record says what was done: its kind, who did it in which role, on which day, its facts, and its text. Facts are
    what evaluation reads; text is for people, and can be erased without changing any verdict.

    \b
    Examples:
      meterward records check northlight.jsonl
      meterward records show 7849352063f2 northlight.jsonl
      meterward records kinds audit.reported
      meterward records template audit.reported >> northlight.jsonl
    """


for command, says in (
    (check, "Check every line of a ledger."),
    (show, "Show one record, and what has to do with it."),
    (kinds, "List the kinds of record, or show one."),
    (template, "Print a line of a kind to fill in."),
):
    command.short_help = says
    records.add_command(command)
