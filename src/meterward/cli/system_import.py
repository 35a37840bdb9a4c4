"""`meterward system import`: what a file says of the system, beside what was told so far; and tell it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.options import format_option
from meterward.cli.output import say_appended, say_json
from meterward.cli.parameters import Day
from meterward.cli.refusal import refused
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.days import plural
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from meterward.core.system.difference import Difference
    from meterward.wiring.describing import Described, Wanted

_MOST_SHOWN = 20


@click.command("import", short_help="Tell of the system from a file.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--licensee", metavar="L", required=True, help="The ledger of this licensee in the store.")
@click.option("--as", "sign_in", metavar="NAME", default="", help="Append it, said by whoever signs in as NAME.")
@click.option("--on", "day", type=Day(), help="Since when it is so. [today, in London]")
@click.option("--mapping", type=click.Path(path_type=Path), help="How the columns are read: a JSON file.")
@click.option("--bill-of", "element", metavar="ELEMENT", default="", help="FILE is the bill of materials of ELEMENT.")
@click.option("--licence", "licences", multiple=True, help="Of which licence it is told. Repeatable. [of all]")
@click.option("--note", default="", help="What the difference is due to.")
@home_option()
@format_option("table", "json")
def import_(file: Path, licensee: str, day: date | None, home: Path | None, output_format: str, **rest: Any) -> int:  # noqa: ANN401 - each as its option says
    r"""Show how FILE differs from what is told of the system so far; with --as, tell it in the ledger.

    FILE is a table of elements, links or populations (CSV, XLSX), an Open Threat Model, a Threagile model, or, with
    --bill-of, a CycloneDX bill of materials of one element. docs/inventories.md says how each is read. What FILE leaves
    out of what it tells of is gone from that day on; of the rest it says nothing.

    Everything is appended together or not at all, with the file attached.

    \b
    Examples:
      meterward system import elements.csv --licensee northlight
      meterward system import elements.csv --licensee northlight \
        --as security --note "The inventory of March."
    """
    from meterward.wiring.describing import Wanted, describe  # noqa: PLC0415 - help needs no store

    wanted = Wanted(licensee, file, day or wiring.today(), **rest)
    done = describe(wiring.home_of(home), wanted)
    if isinstance(done, list):
        return refused(done).show(output_format)
    if output_format == "json":
        say_json(_json(done))
    else:
        _show(done, wanted)
    return Exit.IN_ORDER


def _show(done: Described, wanted: Wanted) -> None:
    on, found = console(), done.difference
    for note in done.read.notes:
        print_text(on, Text(clean(note), "dim"))
    if not found.names:
        print_text(on, Text(f"“{clean(wanted.file.name)}” says what was told already. There is nothing to append."))
        return
    print_text(on, Text(_summary(found), "bold"))
    _list("added", found.added)
    _list("changed", (f"{one.name} ({', '.join(one.fields)})" for one in found.changed))
    _list("gone", found.gone)
    say_appended(done.appended, wanted.day)


def _summary(found: Difference) -> str:
    return f"{len(found.added):,} added, {len(found.changed):,} changed, {len(found.gone):,} gone."


def _list(what: str, names: Iterable[str]) -> None:
    shown = list(names)
    for name in shown[:_MOST_SHOWN]:
        print_text(console(), Text(f"  {what:<8} {clean(name)}"))
    if len(shown) > _MOST_SHOWN:
        print_text(console(), Text(f"  {what:<8} and {plural(len(shown) - _MOST_SHOWN, 'more thing')}", "dim"))


def _json(done: Described) -> dict[str, Any]:
    found, appended = done.difference, done.appended
    return {
        "format": "meterward.system-difference/1",
        "source": done.read.source,
        "notes": list(done.read.notes),
        "added": list(found.added),
        "changed": [{"name": one.name, "fields": list(one.fields)} for one in found.changed],
        "gone": list(found.gone),
        "entries": [appended.first + 1 + one for one in range(appended.count)] if appended else [],
    }
