"""`meterward bundle open`: the pages of a ledger that somebody handed over, to be read on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward.cli.columns import GAP, print_columns, print_text
from meterward.cli.exits import Exit
from meterward.cli.progress import Watch
from meterward.cli.refusal import unreadable
from meterward.cli.terminal import console, error_console
from meterward.core.base.problem import Problem
from meterward.core.bundle.steps import Outcome
from meterward.present.kind_words import title_of
from meterward.present.phrases import clean, entries
from meterward.usecases.verify_withheld import withheld_in_words

if TYPE_CHECKING:
    from meterward.usecases.verify_bundle import Verification

_HOST = "localhost"
_PLACE, _DAY = 8, 10


@click.command("open", short_help="Verify a bundle, and read it in the browser.")
@click.argument("path", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option(
    "--policy",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Whom you trust: a file with the key of the log, which reached you by another way than the bundle.",
)
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, help="The port.")
@click.option("--list", "listed", is_flag=True, help="List the records here, and serve nothing.")
def open_(path: Path, policy: Path, port: int, listed: bool) -> int:  # noqa: FBT001 - a flag of the command line
    r"""Verify BUNDLE, then show its ledger in the browser until you press Ctrl-C: the pages that the licensee sees.

    A bundle that does not verify is not opened. Nobody signs in, nothing can be changed, and only this machine is
    served. What it takes lies in a folder of its own, which is removed in the end. The pages need every record and
    every fact of the ledger: of a bundle that has some of them, --list shows those that are there. Texts and files that
    are withheld are shown as withheld, and by whom.

    \b
    Examples:
      meterward bundle open evidence.tar --policy northlight.policy
      meterward bundle open z14.tar --policy northlight.policy --list
    """
    from meterward.wiring.verifying import Own, verify  # noqa: PLC0415 - help needs none of it

    with Watch() as watch:
        watch.show("Verifying the bundle")
        done = verify(path, Own(policy), lambda _what, _done, _total: None)
    if isinstance(done, Problem):
        return unreadable(done).show()
    if not done.holds and not done.holds_in_part:
        return _refuse(done)
    return _list(done) if listed else _serve(path, policy, port, done)


def _refuse(done: Verification) -> int:
    """Name what is wrong; “verify” shows every step."""
    on = error_console()
    for step in done.steps:
        if step.found.outcome in (Outcome.FAILED, Outcome.NOT_CHECKED):
            on.print(Text(f"Step {step.number} {step.found.outcome}: {step.title}", "bold red"), soft_wrap=True)
            for said in (step.found.says, *step.found.items):
                on.print(Text(f"  {clean(said)}"), soft_wrap=True)
    on.print(Text("The bundle does not verify, so it is not opened.", "bold"), soft_wrap=True)
    return Exit.OPEN


def _list(done: Verification) -> int:
    on = console()
    records = done.records.loaded.records if done.records else []
    size = done.manifest.size if done.manifest else 0
    print_text(on, Text(f"Verified: {len(records):,} of {entries(size)}", "bold"))
    for place, record in zip(done.records.places if done.records else (), records, strict=True):
        about = f"{title_of(record.kind.name)} {record.subject}".rstrip()
        what = f"{about}, {record.actor.person} of {record.actor.organisation}"
        cells = [(Text(f"{place + 1:>7,}"), _PLACE), (Text(record.occurred.isoformat(), "dim"), _DAY)]
        print_columns(on, [*cells, (Text(clean(what)), on.width - _PLACE - _DAY - 2 * GAP)], GAP)
    return Exit.IN_ORDER


def _serve(path: Path, policy: Path, port: int, done: Verification) -> int:
    from meterward.wiring import opening, serving  # noqa: PLC0415 - help needs neither server nor store

    if problem := opening.why_not(done) or serving.cannot_listen(_HOST, port):
        return unreadable(problem).show()
    on, at = console(), f"http://{_HOST}:{port}"
    with opening.home_for_now() as home:
        with Watch() as watch:
            watch.show("Getting the pages ready")
            found = opening.fill(home, path, policy, done)
        if found:
            return unreadable(found).show()
        print_text(on, Text(f"Verified: a bundle of {clean(done.manifest.licensee if done.manifest else '')}.", "bold"))
        if done.manifest and done.manifest.withheld:
            said = f"{withheld_in_words(done.manifest)} “{done.manifest.withheld.because}”"
            print_text(on, Text(clean(said)))
        print_text(on, Text("Whoever uses this machine can read it while it is open. Nothing can be changed.", "dim"))
        opened = Text.assemble("Open ", (at, "bold"), "     Ctrl-C closes it.")
        stopped = serving.serve(_HOST, port, lambda: on.print(opened, soft_wrap=True))
    on.print(Text("Closed." if stopped else "The server ended by itself; what it said stands above.", "dim"))
    return Exit.IN_ORDER if stopped else Exit.INTERNAL
