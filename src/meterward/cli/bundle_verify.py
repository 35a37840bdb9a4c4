"""`meterward bundle verify`: whether a bundle holds, step by step, and how things stand on a day of the reader's."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from meterward.cli.bundle_position import position_json, show_position
from meterward.cli.exits import Exit
from meterward.cli.output import say_whole, to_json
from meterward.cli.parameters import Day
from meterward.cli.progress import Watch
from meterward.cli.refusal import unreadable
from meterward.cli.steps import not_verified, show_steps
from meterward.cli.terminal import console
from meterward.core.base.days import plural
from meterward.core.base.problem import Problem
from meterward.present.phrases import clean
from meterward.present.verification import steps_told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from meterward.usecases.verify_bundle import Verification
    from meterward.usecases.verify_withheld import Hidden


@click.command(short_help="Verify one, offline and step by step.")
@click.argument("path", metavar="BUNDLE", type=click.Path(path_type=Path))
@click.option(
    "--policy",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="Whom you trust: a file with the key of the log, which reached you by another way than the bundle.",
)
@click.option(
    "--time-authority",
    metavar="CERTS",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Whom you believe about time: a file with the root certificates of time-stamping authorities, in PEM.",
)
@click.option(
    "--require-time", is_flag=True, help="Nothing is verified unless an authority that you believe was asked."
)
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    help="A bundle, or a file with a checkpoint, that you had before: this one must begin with it.",
)
@click.option("--as-at", type=Day(), help="Show also how things stood on this day, by the records of the bundle.")
@click.option("--format", "output", type=click.Choice(("text", "json")), default="text", show_default=True)
def verify(path: Path, output: str, as_at: date | None, **brought: Any) -> int:  # noqa: ANN401 - as they are
    r"""Verify BUNDLE, a folder or an archive, offline and step by step.

    The exit code is 0 if every step that there is to take was taken and holds, else 1: also where all holds that can be
    checked, but duties rest on facts that were withheld.

    Whoever keeps a ledger can write it anew from the beginning, and sign that. Only what you were given before shows
    it: keep each bundle, or its file “checkpoint”, and name it with --since when the next one comes.

    A bundle claims the position as at one day, and that is the one whose receipts are compared. With --as-at, a bundle
    that holds is asked about a day of your own as well: nobody claims what is then shown, it is computed here from the
    same records by the same law. It changes neither the verdict nor the exit code.

    \b
    Examples:
      meterward bundle verify evidence --policy northlight.policy
      meterward bundle verify evidence --policy northlight.policy --time-authority time-root.pem
      meterward bundle verify evidence-2 --policy northlight.policy --since evidence
      meterward bundle verify evidence --policy northlight.policy --as-at 2014-11-20
    """
    from meterward.wiring.verifying import Own, verify  # noqa: PLC0415 - help needs none of it

    own = Own(brought["policy"], brought["time_authority"], brought["require_time"], brought["since"])
    with Watch() as watch:
        done = verify(path, own, lambda what, done, total: watch.show(f"Checking {what}", _share(done, total)))
    if isinstance(done, Problem):
        return unreadable(done).show()
    if output == "json":
        say_whole(to_json(_json(done) | {"position": position_json(done, as_at) if as_at else None}))
    else:
        _show(done)
        if as_at:
            show_position(console(), done, as_at)
    return Exit.IN_ORDER if done.holds else Exit.OPEN


def _share(done: int, total: int) -> float | None:
    return done / total if total else None


_MOST_SHOWN = 20
"""So many kinds of line of which the same is withheld are named to a person."""
_MOST_PLACES = 5


def _show(done: Verification) -> None:
    on = console()
    show_steps(on, done.steps)
    if told := done.hidden:
        _show_withheld(done, told)
    on.print()
    style = "bold green" if done.holds else "bold yellow" if done.holds_in_part else "bold red"
    on.print(Text(_verdict(done), style), soft_wrap=True)


def _show_withheld(done: Verification, told: Sequence[Hidden]) -> None:
    on, said = console(), done.manifest and done.manifest.withheld
    on.print()
    if said:
        on.print(Text(f"Withheld by {clean(said.by)}: “{clean(said.because)}”"), soft_wrap=True)
    alike: defaultdict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for one in told:
        alike[one.kind, one.names].append(one.entry)
    weightiest = sorted(alike.items(), key=lambda one: not any(name.startswith("facts.") for name in one[0][1]))
    for (kind, names), entries in weightiest[:_MOST_SHOWN]:
        on.print(Text(f"     · {kind}, {_entries(entries)}: {', '.join(map(clean, names))}"), soft_wrap=True)
    if len(alike) > _MOST_SHOWN:
        on.print(Text("     · and more; with --format json every record is named", "dim"), soft_wrap=True)


def _entries(places: Sequence[int]) -> str:
    if len(places) > _MOST_PLACES:
        return f"{len(places):,} entries from {places[0]:,} to {places[-1]:,}"
    *some, last = (f"{place:,}" for place in places)
    return f"entries {', '.join(some)} and {last}" if some else f"entry {last}"


def _verdict(done: Verification) -> str:
    if done.holds:
        return _whole_or_some(done)
    if done.holds_in_part:
        return "Verified in part: where some duties stand rests on facts that were withheld."
    return not_verified(done.steps)


def _whole_or_some(done: Verification) -> str:
    """What was verified. A selection never shows where a duty stands, still less one of which facts are withheld."""
    if done.records is None or done.manifest is None or done.manifest.is_whole:
        return "Verified."
    there = f"Verified: {len(done.records.places):,} of {plural(done.manifest.size, 'record')}."
    hidden = sum(any(name.startswith("facts.") for name in one.names) for one in done.hidden)
    without = f" Of {hidden:,} of them facts are withheld, so that nobody can tell what they say." if hidden else ""
    return f"{there}{without} Where the duties stand, nobody can tell from some of the records."


def _json(done: Verification) -> dict[str, object]:
    return {
        "format": "meterward.verification/1",
        "verified": done.holds,
        "verified_in_part": done.holds_in_part,
        "steps": steps_told(done.steps),
        "withheld": _withheld_json(done),
        "indeterminate": dict(done.indeterminate),
    }


def _withheld_json(done: Verification) -> dict[str, object] | None:
    """What is withheld, once it is known to be; else nothing."""
    told, said = done.hidden, done.manifest and done.manifest.withheld
    if not told or not said:
        return None
    records = [{"entry": one.entry, "kind": one.kind, "withheld": list(one.names)} for one in told]
    return {"by": said.by, "because": said.because, "records": records}
