"""`meterward risk import`: what a file says of the risk register, beside what was told so far; and tell it."""

from __future__ import annotations

from collections import Counter
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
    from datetime import date

    from meterward.wiring.registering import Registered, Wanted

_MOST_SHOWN = 40


@click.command("import", short_help="Tell of risks and measures from a file.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--licensee", metavar="L", required=True, help="The ledger of this licensee in the store.")
@click.option("--as", "sign_in", metavar="NAME", default="", help="Append it, said by whoever signs in as NAME.")
@click.option("--on", "day", type=Day(), help="Since when it is so. [today, in London]")
@click.option("--mapping", type=click.Path(path_type=Path), help="How the columns are read: a JSON file.")
@click.option("--licence", "licences", multiple=True, help="Of which licence it is told. Repeatable. [of all]")
@home_option()
@format_option("table", "json")
def import_(file: Path, licensee: str, day: date | None, home: Path | None, output_format: str, **rest: Any) -> int:  # noqa: ANN401 - each as its option says
    r"""Show how FILE differs from the risk register; with --as, tell it in the ledger.

    FILE is a table of risks, of measures or of treatments (CSV), or has a sheet of each (XLSX), such as “meterward risk
    export” writes. What it leaves out stays as it is; a risk leaves the register by a reason in its row. An estimate
    that differs needs a rationale. docs/risk-register.md lists the columns.

    Everything is appended together or not at all, with the file attached.

    \b
    Examples:
      meterward risk import register.xlsx --licensee northlight
      meterward risk import register.xlsx --licensee northlight \
        --as security --on 2026-03-02
    """
    from meterward.wiring.registering import Wanted, register_from  # noqa: PLC0415 - help needs no store

    wanted = Wanted(licensee, file, day or wiring.today(), **rest)
    done = register_from(wiring.home_of(home), wanted)
    if isinstance(done, list):
        return refused(done).show(output_format)
    if output_format == "json":
        say_json(_json(done))
    else:
        _show(done, wanted)
    return Exit.IN_ORDER


def _show(done: Registered, wanted: Wanted) -> None:
    on, changes = console(), done.difference.changes
    for note in (*done.read.notes, *done.difference.notes):
        print_text(on, Text(clean(note), "dim"))
    if not changes:
        print_text(on, Text(f"“{clean(wanted.file.name)}” says what was told already. There is nothing to append."))
        return
    counts = Counter(one.what for one in changes)
    print_text(on, Text(f"{', '.join(f'{count:,} {what}' for what, count in counts.items())}.", "bold"))
    for one in changes[:_MOST_SHOWN]:
        fields = f" ({', '.join(one.fields)})" if one.what != "ended" else ""
        print_text(on, Text(f"  {one.what:<10} {clean(one.subject)}{clean(fields)}"))
    if (more := len(changes) - _MOST_SHOWN) > 0:
        print_text(on, Text(f"  and {plural(more, 'more record')}", "dim"))
    say_appended(done.appended, wanted.day)


def _json(done: Registered) -> dict[str, Any]:
    appended = done.appended
    return {
        "format": "meterward.register-difference/1",
        "source": done.source,
        "notes": [*done.read.notes, *done.difference.notes],
        "changes": [
            {"what": one.what, "kind": one.kind.name, "subject": one.subject, "fields": list(one.fields)}
            for one in done.difference.changes
        ],
        "entries": [appended.first + 1 + one for one in range(appended.count)] if appended else [],
    }
