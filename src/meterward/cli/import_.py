"""`meterward import`: the many records of a file, a batch at a time."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.progress import Watch
from meterward.cli.refusal import refused, unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console, error_console
from meterward.core.base.problem import Problem
from meterward.present.phrases import clean, entries
from meterward.usecases.import_lines import BATCH

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.usecases.import_lines import Imported


@click.command("import")
@click.argument("licensee")
@click.argument("file", type=click.Path(), metavar="FILE")
@click.option(
    "--from", "start", type=click.IntRange(1), metavar="LINE", default=1, help="Begin with this line of FILE. [1]"
)
@home_option()
def import_(licensee: str, file: str, start: int, home: Path | None) -> int:
    r"""Append the records of FILE (`-`: what is piped in) to the ledger of LICENSEE, a thousand at a time.

    They are recorded now, whatever `recorded` a line has, and keep the days on which their authors say that they
    occurred: what was late stays plainly late. Each thousand is appended whole or not at all. The first that has a
    problem ends the import; what it says then is where to go on, once the file is mended.

    A whole ledger moves with its times of recording, and into an empty place: see `meterward restore`.

    \b
    Examples:
      meterward import northlight assets.jsonl
      meterward import northlight assets.jsonl --from 12001
    """
    from meterward.wiring.acting import import_file  # noqa: PLC0415 - help needs no store

    with Watch() as watch:
        done = import_file(wiring.home_of(home), licensee, file, start, watch.lines)
    if isinstance(done, Problem):
        return unreadable(done).show()
    if done.made and done.first is not None:
        on = console()
        which = f"{entries(done.made)}, {done.first + 1:,} to {done.first + done.made:,}"
        print_text(on, Text(f"Imported: {which} of the ledger of {clean(licensee)}.", "bold"))
    if not done.refused:
        return _ended(done, start)
    code = refused(done.problems).show()
    _say_where(done, ["meterward", "import", licensee, file, *(("--home", str(home)) if home else ())])
    return code


def _ended(done: Imported, start: int) -> int:
    if done.made:
        return Exit.IN_ORDER
    print_text(error_console(), Text(f"Nothing was imported: the file has no line {start:,}."))
    return Exit.DATA


def _say_where(done: Imported, again: list[str]) -> None:
    """Say which lines are in, which are not, and how to go on."""
    first, last = done.refused or (0, 0)
    lines = f"lines {first:,} to {last:,}" if last > first else f"line {first:,}"
    before = f"Everything before line {first:,} is in the ledger. " if done.made else ""
    print_text(on := error_console(), Text(f"{before}Of {lines} nothing was appended: {BATCH:,} lines go together."))
    on.print(Text(f"Mend the file, then: {clean(shlex.join(again))} --from {first}"), soft_wrap=True)
