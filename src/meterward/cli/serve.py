"""`meterward serve`: the workplaces in the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import GAP, print_columns, print_text, widest
from meterward.cli.exits import Exit
from meterward.cli.progress import Watch
from meterward.cli.refusal import unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.days import in_words
from meterward.core.base.problem import Problem
from meterward.present.marks import FLAG
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from meterward.wiring.serving import SignIn

_LOCAL = "localhost"


@click.command()
@home_option()
@click.option("--host", default=_LOCAL, show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="The port.")
@click.option("--example", is_flag=True, help="Serve an example licensee, with a sign-in for each role.")
def serve(home: Path | None, host: str, port: int, example: bool) -> int:  # noqa: FBT001 - a flag of the command line
    r"""Serve the workplaces of everybody in the store to browsers, until you press Ctrl-C.

    A store begins with `meterward init`. It is brought up to date where it is of an earlier version. By default only
    this machine is served; docs/guide/operating.md says how to serve others, behind a proxy that speaks https.

    With --example the store is an example of its own, in an empty folder or in one that an earlier --example made. It
    is made anew on each new day, and whatever was done in it is gone then. Everybody can see its sign-ins, and
    therefore only this machine is ever served.

    \b
    Examples:
      meterward serve --example
      meterward serve
      meterward serve --home /srv/meterward --port 8080
    """
    from meterward.wiring import serving  # noqa: PLC0415 - help needs neither server nor store

    if example and serving.reaches_others(host):
        raise click.UsageError(
            "An example shows its passwords, so it is served to this machine only: leave out --host."
        )
    place, at = wiring.home_of(home), f"http://{clean(host)}:{port}"
    if example and not home:
        place = serving.example_home(place)
    if problem := serving.cannot_serve(place, host, port, example=example):
        return unreadable(problem).show()
    with Watch() as watch:
        watch.show("Getting the store ready")
        found = serving.make_example(place, at) if example else serving.make_ready(place, at)
    if isinstance(found, Problem):
        return unreadable(found).show()
    on = console()
    _greet(on, found.people, reaches=serving.reaches_others(host))
    stopped = serving.serve(host, port, lambda: _address(on, at))
    on.print(Text("Stopped." if stopped else "The server ended by itself; what it said stands above.", "dim"))
    return Exit.IN_ORDER if stopped else Exit.INTERNAL


def _greet(on: Console, people: Sequence[SignIn], *, reaches: bool) -> None:
    """Say what is served, and to whom."""
    if people:
        day = in_words(wiring.today())
        told = f"An example: Northlight, an invented supplier, as of {day}. Nobody in it is real."
        print_text(on, Text(told, "bold"))
        print_text(on, Text(f"Sign in by any of these names, with the password {people[0].password}"))
        on.print()
        rows = [(Text(one.name, "bold"), Text(one.title), Text(one.does, "dim")) for one in people]
        names, titles = (widest(row[place] for row in rows) for place in (0, 1))
        for name, title, does in rows:
            print_columns(on, [(name, names), (title, titles), (does, on.width - names - titles - 3 * GAP)], GAP)
        on.print()
    if reaches and not wiring.behind_https():
        told = "Other machines reach this without https: passwords go over the line as they are typed."
        print_text(on, Text(f"{FLAG.shape} {told} docs/guide/operating.md says what to set.", FLAG.style))


def _address(on: Console, at: str) -> None:
    on.print(Text.assemble("Open ", (at, "bold"), "     Ctrl-C stops it."), soft_wrap=True)
