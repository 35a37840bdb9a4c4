"""`meterward ledger publish`: sign where a ledger stands for others, and have witnesses cosign it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_items, print_text
from meterward.cli.exits import Exit
from meterward.cli.options import format_option
from meterward.cli.output import say_json
from meterward.cli.refusal import unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.problem import Problem
from meterward.present.notices import in_groups
from meterward.present.phrases import clean, entries

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from meterward.usecases.publish_checkpoint import Publication

FORMAT = "meterward.publication/1"
_LABEL = 12


@click.command(short_help="Publish a checkpoint, seen by witnesses.")
@click.option("--licensee", metavar="L", required=True, help="Whose ledger.")
@home_option()
@format_option("table", "json")
def publish(licensee: str, home: Path | None, output_format: str) -> int:
    r"""Publish a checkpoint of the ledger as it stands now, and ask the witnesses for cosignatures.

    The witnesses are those in the file `witnesses.policy` of the home, with an address after each key. A server does
    the same every hour, and whoever builds a bundle before it is built. The exit code is 1 if some witness that was
    asked did not cosign; the checkpoint is published all the same.

    \b
    Examples:
      meterward ledger publish --licensee northlight
      meterward ledger publish --licensee northlight --format json
    """
    from meterward.wiring.publishing import publish as done_by  # noqa: PLC0415 - help needs no store

    done = done_by(wiring.home_of(home), licensee)
    if isinstance(done, Problem):
        return unreadable(done).show(output_format)
    if output_format == "json":
        say_json(_json(done))
    else:
        _show(console(), done)
    return Exit.OPEN if any(one.problem for one in done.heard) else Exit.IN_ORDER


def _show(on: Console, done: Publication) -> None:
    checkpoint, note = done.said.checkpoint, done.said.note
    print_text(on, Text(f"Published: {entries(checkpoint.size)} of {clean(checkpoint.origin)}", "bold"))
    names = dict.fromkeys(one.name for one in note.signatures if one.name != checkpoint.origin)
    seen = ", ".join(names) or "no witness"
    print_items(on, [("Root", in_groups(checkpoint.root.hex())), ("Cosigned by", clean(seen))], least=_LABEL)
    for one in done.heard:
        if one.problem:
            print_items(on, [(clean(one.asked.name), clean(one.problem))], least=_LABEL)


def _json(done: Publication) -> dict[str, object]:
    checkpoint, note = done.said.checkpoint, done.said.note
    return {
        "format": FORMAT,
        "origin": checkpoint.origin,
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "note": str(note),
        "cosigned_by": [*dict.fromkeys(one.name for one in note.signatures if one.name != checkpoint.origin)],
        "witnesses": [
            {"name": one.asked.name, "url": one.asked.url, "cosigned": not one.problem, "says": one.problem}
            for one in done.heard
        ],
    }
