"""`meterward bundle`: build a bundle of a ledger, and verify one that somebody handed over."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.exits import Exit
from meterward.cli.output import say_whole, to_json
from meterward.cli.parameters import Day
from meterward.cli.refusal import unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console, error_console
from meterward.core.base.problem import Problem
from meterward.core.bundle.steps import Outcome
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.bundle.steps import Step
    from meterward.usecases.verify_bundle import Verification


@click.group()
def bundle() -> None:
    """Hand over a ledger, or records of it, with all that it takes to check them offline."""


@bundle.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--licensee", required=True, help="The licensee whose ledger in the store it is.")
@click.option("--clause", default="", help="Only the records that a clause reads, such as Z.14.")
@click.option("--subject", default="", help="Only the records about a subject, such as audit/1 or direction/1.")
@click.option("--first", type=Day(), help="Only what occurred on this day or later.")
@click.option("--last", type=Day(), help="Only what occurred on this day or earlier.")
@click.option("--as-at", type=Day(), help="The day of the position; today if none is named.")
@home_option()
def build(out: Path, licensee: str, as_at: date | None, home: Path | None, **chosen: Any) -> int:  # noqa: ANN401 - as Chosen has them
    r"""Build a bundle at OUT: a folder, or an archive if its name ends with .tar.

    Of a selection, the log tells all the same how many records of each kind were left out, and each record that is
    there has a proof of its own.

    \b
    Examples:
      meterward bundle build evidence --licensee northlight
      meterward bundle build audit-1.tar --licensee northlight --subject audit/1
      meterward bundle build z14.tar --licensee northlight --clause Z.14
    """
    from meterward.usecases.select_records import Chosen  # noqa: PLC0415 - help needs none of it
    from meterward.wiring.bundling import Wanted, build  # noqa: PLC0415 - the same

    wanted = Wanted(licensee, Chosen(**chosen), as_at or wiring.today(), out)
    done = build(wiring.home_of(home), wanted, lambda _done, _total: None)
    if isinstance(done, Problem):
        return unreadable(done).show()
    on = error_console()
    on.print(Text(f"Written: {clean(str(out))}, {len(done.files) + 2:,} files, {done.size:,} entries"), soft_wrap=True)
    return Exit.IN_ORDER


@bundle.command()
@click.argument("path", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option(
    "--policy",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Whom you trust: a file with the key of the log, which reached you by another way than the bundle.",
)
@click.option("--format", "output", type=click.Choice(("text", "json")), default="text", show_default=True)
def verify(path: Path, policy: Path, output: str) -> int:
    r"""Verify BUNDLE, a folder or an archive, offline and step by step.

    The exit code is 0 if every step that there is to take was taken and holds, else 1.

    \b
    Example:
      meterward bundle verify evidence --policy northlight.policy
    """
    from meterward.wiring.bundling import verify  # noqa: PLC0415 - help needs none of it

    done = verify(path, policy, lambda _what, _done, _total: None)
    if isinstance(done, Problem):
        return unreadable(done).show()
    if output == "json":
        say_whole(to_json(_json(done)))
    else:
        _show(done)
    return Exit.IN_ORDER if done.holds else Exit.OPEN


_MARKS = {
    Outcome.PASSED: ("✓", "green"),
    Outcome.FAILED: ("✗", "bold red"),
    Outcome.NOT_CHECKED: ("?", "bold red"),
    Outcome.NOTHING: ("○", "dim"),
}


def _show(done: Verification) -> None:
    on = console()
    for step in done.steps:
        mark, style = _MARKS[step.found.outcome]
        on.print(Text(f"{step.number:>2} {mark} ", style) + Text(step.title), soft_wrap=True)
        if step.found.says:
            on.print(Text(f"     {step.found.says}", "dim"), soft_wrap=True)
        for item in step.found.items:
            on.print(Text(f"     · {clean(item)}", style), soft_wrap=True)
    on.print()
    on.print(Text(_verdict(done), "bold green" if done.holds else "bold red"), soft_wrap=True)


def _verdict(done: Verification) -> str:
    if done.holds:
        return "Verified."
    wrong = [step for step in done.steps if step.found.outcome is Outcome.FAILED] or done.steps
    first = next(step for step in wrong if step.found.outcome in (Outcome.FAILED, Outcome.NOT_CHECKED))
    return f"Not verified: step {first.number} {_said(first)}."


def _said(step: Step) -> str:
    return "failed" if step.found.outcome is Outcome.FAILED else "could not be checked"


def _json(done: Verification) -> dict[str, object]:
    return {
        "format": "meterward.verification/1",
        "verified": done.holds,
        "steps": [
            {
                "number": step.number,
                "title": step.title,
                "outcome": step.found.outcome.value,
                "says": step.found.says,
                "items": list(step.found.items),
            }
            for step in done.steps
        ],
    }
