"""`meterward tidy`: clear what nothing refers to any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from jinja2.filters import do_filesizeformat
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.refusal import refused, unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.days import plural
from meterward.core.base.problem import Problem

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from meterward.usecases.tidy_up import Tidied


@click.command()
@click.option("--dry-run", "dry", is_flag=True, help="Say what would be cleared, and clear nothing.")
@home_option()
def tidy(dry: bool, home: Path | None) -> int:  # noqa: FBT001 - a flag of the command line
    r"""Clear what nothing refers to any more. A server does so by itself, when it starts and every day.

    That is: files that were uploaded more than a day ago and that no record and no draft names; what is left of
    uploads that were refused or broke off, and of keys and checkpoints whose writing did, after a day; and sessions
    that ended. Records are never touched, nor is a file that one of them names. It can be done beside a running server.

    \b
    Examples:
      meterward tidy --dry-run
      meterward tidy
    """
    from meterward.wiring.tidying import tidy as clear  # noqa: PLC0415 - help needs no store

    done = clear(wiring.home_of(home), dry=dry)
    if isinstance(done, Problem):
        return unreadable(done).show()
    _say(console(), done, "Would be cleared" if dry else "Cleared")
    return refused(done.problems).show() if done.problems else Exit.IN_ORDER


def _say(on: Console, done: Tidied, cleared: str) -> None:
    counts = (
        (done.uploads, plural(done.uploads, "upload") + " that nothing names"),
        (done.contents, plural(done.contents, "file") + " on the disk"),
        (done.unfinished, plural(done.unfinished, "piece") + " of uploads that broke off"),
        (done.strays, plural(done.strays, "file") + " that broke off beside keys and checkpoints"),
        (done.sessions, plural(done.sessions, "ended session")),
    )
    there = [words for count, words in counts if count]
    if not there:
        print_text(on, Text("There is nothing to clear."))
        return
    print_text(on, Text(f"{cleared}:", "bold"))
    for words in there:
        print_text(on, Text(words), 2)
    freed = "would be free" if cleared.startswith("Would") else "are free again"
    print_text(on, Text(f"{do_filesizeformat(done.freed, binary=True)} {freed}.", "dim"))
