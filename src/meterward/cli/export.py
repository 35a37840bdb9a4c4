"""`meterward export`: a ledger of the store, as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.refusal import unreadable, warn
from meterward.cli.source import home_option
from meterward.cli.terminal import error_console
from meterward.core.base.problem import Problem
from meterward.present.notices import in_groups
from meterward.present.phrases import clean, entries

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.usecases.ports import Head


@click.command()
@click.argument("licensee")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead.")
@home_option()
def export(licensee: str, output: Path | None, home: Path | None) -> int:
    r"""Write the ledger of LICENSEE as a file that every command reads: its records, one a line, with their texts.

    The file has the same root as the ledger in the store, so its position and its receipts are the same.
    `meterward restore` makes a ledger of it again. It holds digests of attached files and not their contents, and
    nothing of drafts, people and tokens.

    \b
    Examples:
      meterward export northlight --output northlight.jsonl
      meterward export northlight | gzip > northlight.jsonl.gz
    """
    from meterward.wiring.moving import export as hand_on  # noqa: PLC0415 - help needs no store

    def take(head: Head, root: str, lines: Iterator[str]) -> int:
        if output is None:
            return _pipe(lines)
        if problem := wiring.write(output, lines):
            said = f"“{clean(str(output))}” cannot be written: {problem}. Choose another place."
            print_text(error_console(), Text(said))
            return Exit.CANNOT_WRITE
        on = error_console()
        on.print(Text(f"Written: {clean(str(output))}, {entries(head.size)}"), soft_wrap=True)
        on.print(Text(f"Root over {entries(head.size)}: {in_groups(root)}"), soft_wrap=True)
        return Exit.IN_ORDER

    if problem := wiring.unlike(home, licensee):
        warn(problem)
    done = hand_on(wiring.home_of(home), licensee, take)
    return unreadable(done).show() if isinstance(done, Problem) else done


def _pipe(lines: Iterator[str]) -> int:
    sys.stdout.flush()
    for line in lines:
        sys.stdout.buffer.write(line.encode())
    sys.stdout.buffer.flush()
    return Exit.IN_ORDER
