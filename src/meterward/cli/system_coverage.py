"""`meterward system coverage`: for how many of the premises supplied there is a metering system."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from meterward import wiring
from meterward.cli.asking import dossiers_of
from meterward.cli.coverage_table import coverage_json, show_coverage, show_last
from meterward.cli.exits import Exit
from meterward.cli.options import format_option
from meterward.cli.output import say_json
from meterward.cli.parameters import Day
from meterward.cli.progress import Watch
from meterward.cli.refusal import MOST_SHOWN, Refusal, refused
from meterward.cli.source import Source, home_option
from meterward.cli.terminal import console
from meterward.core.system.coverage import last_coverage
from meterward.usecases.ports.tables import Tables

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.system.coverage import Covered

FUELS = ("gas", "electricity")


@click.command(short_help="Count the premises that have a metering system.")
@click.option("--feed", metavar="F", help="The registration feed: CSV or Parquet.")
@click.option("--inventory", metavar="I", help="The meter inventory: CSV or Parquet.")
@click.option("--as-at", type=Day(), help="The day to look at. [today, in London]")
@click.option("--fuel", type=click.Choice((*FUELS, "both")), default="both", show_default=True, help="Which to count.")
@click.option(
    "--unmatched",
    metavar="OUT",
    type=click.Path(path_type=Path),
    help="Write what does not match to this file, a line each with the reason.",
)
@click.option("--licensee", metavar="L", help="The ledger of this licensee in the store.")
@click.option("--append", "appends", is_flag=True, help="Append what was counted to it.")
@home_option()
@format_option("table", "json")
def coverage(feed: str | None, inventory: str | None, as_at: date | None, fuel: str, **rest: Any) -> int:  # noqa: ANN401 - each as its option says
    r"""Count the premises supplied on a day that have one metering system, or none, or several.

    And the metering systems that supply nobody: both are gaps in what a supplier knows of its system.

    The feed has the columns premises, fuel, gained and lost: a row for each time that premises were supplied, from the
    day of gain, which counts, to the day of loss, which does not; no day of loss if they are still. The inventory has
    premises (empty if it is at none), device, fuel, state (trial, live, suspended or decommissioned), installed and
    removed. A metering system is in scope on the day if it is installed by then, not removed by then, and not
    decommissioned. Days are written as 2026-03-31; other columns are passed over.

    With --append the ledger gets the counts and the digests of both files, and no premises. Without --feed and
    --inventory it says what the ledger tells was counted last.

    The exit code is 0 if every premises supplied has one metering system and each metering system supplies somebody, 1
    if not.

    \b
    Examples:
      meterward system coverage --feed feed.csv --inventory meters.csv \
        --as-at 2026-03-31 --unmatched unmatched.csv
      meterward system coverage --feed feed.parquet --inventory meters.csv \
        --fuel gas --licensee northlight --append
      meterward system coverage --licensee northlight
    """
    output, licensee, home = rest["output_format"], rest["licensee"], rest["home"]
    day = as_at or wiring.today()
    if not feed and not inventory and licensee and not rest["appends"] and not rest["unmatched"]:
        return _last(Source("", licensee, home), day, output)
    if not feed or not inventory:
        raise click.UsageError("Name both files: --feed F and --inventory I; or, to see the last count, --licensee L.")
    if bool(licensee) != rest["appends"]:
        raise click.UsageError("--licensee L and --append go together: the one says in which ledger the other appends.")
    fuels = FUELS if fuel == "both" else (fuel,)
    return _count(Tables(feed, inventory, day, fuels, bool(rest["unmatched"])), **rest)


def _count(tables: Tables, unmatched: Path | None, licensee: str | None, home: Path | None, **rest: Any) -> int:  # noqa: ANN401 - as above
    from meterward.wiring.covering import cover, cover_and_append  # noqa: PLC0415 - help needs no engine

    with Watch() as watch:
        if licensee:
            done = cover_and_append(wiring.home_of(home), licensee, tables, unmatched, watch.show)
        else:
            done = cover(tables, unmatched, watch.show)
    output = rest["output_format"]
    if isinstance(done, list):
        # So many are told of each sort and no more; how many there are nobody has counted.
        stopped = done[-1].line if len(done) > MOST_SHOWN else 0
        return replace(refused(done), stopped=stopped).show(output)
    found = done.coverage
    if output == "json":
        say_json(coverage_json(found, done.entry))
    else:
        show_coverage(console(), found, unmatched, licensee or "", done.entry)
    whole = found.whole
    return Exit.OPEN if whole.with_none or whole.with_several or whole.supplying_nobody else Exit.IN_ORDER


def _last(source: Source, day: date, output: str) -> int:
    """What a ledger tells was counted last, by each licence."""
    found = _covered(source, day)
    if isinstance(found, Refusal):
        return found.show(output)
    if output == "json":
        rows = [
            {
                "fuel": one.fuel,
                "gaps": [*one.gaps],
                "age_days": one.age if one.record else None,
                "as_at": one.record.facts.as_at.isoformat() if one.record else None,
                "counted": one.record.facts.fuel if one.record else None,
                "record": one.record.id.hex() if one.record else None,
            }
            for one in found
        ]
        say_json({"format": "meterward.coverage-last/1", "on": day.isoformat(), "fuels": rows})
    else:
        show_last(console(), found, source.licensee, day)
    return Exit.OPEN if any(one.gaps for one in found) else Exit.IN_ORDER


def _covered(source: Source, day: date) -> list[Covered] | Refusal:
    held = dossiers_of(source)
    if isinstance(held, Refusal):
        return held
    return [one for dossier in held for one in last_coverage(dossier.reader, day, (dossier.name,))]
