"""`meterward append`: a few records, and what they change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import GAP, print_columns, print_text
from meterward.cli.exits import Exit
from meterward.cli.options import format_option
from meterward.cli.output import say_json
from meterward.cli.progress import Watch
from meterward.cli.refusal import Refusal, refused, unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console, status_text
from meterward.core.base.days import plural
from meterward.core.base.problem import Code, Problem
from meterward.core.obligations.status import Status
from meterward.present.differences import changes_json
from meterward.present.phrases import clean
from meterward.present.reach_words import reach_says
from meterward.usecases.import_lines import parse_lines

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from meterward.core.base.canonical import Json
    from meterward.present.differences import Change
    from meterward.wiring.acting import Acted

FORMAT = "meterward.appended/1"
_MOST_MOVED = 6
MOST = 1_000
_CLAUSE = 9
_STAMPED = Problem(
    Code.FIELD_UNKNOWN,
    "The store itself says when something was recorded.",
    "Leave it out; “meterward import” takes lines of a ledger file, and stamps them anew.",
    "recorded",
)


@click.command()
@click.argument("licensee")
@click.argument("file", type=click.Path(), metavar="FILE")
@home_option()
@format_option("table", "json")
def append(licensee: str, file: str, home: Path | None, output_format: str) -> int:
    r"""Append the records of FILE (`-`: what is piped in) to the ledger of LICENSEE: all of them, or none.

    A line is as in a ledger file, but without `recorded`: the store stamps it now. `meterward records template KIND
    --licensee L` prints one to fill in. All problems are shown, and then nothing was appended. Otherwise: which entries
    the records are now, in whose ledgers else they are entered, and what stands otherwise in the position of today.

    \b
    Examples:
      meterward records template incident.recorded --licensee northlight > line
      meterward append northlight line
      meterward append northlight - < lines.jsonl
    """
    lines = _read(file)
    if isinstance(lines, Refusal):
        return lines.show(output_format)
    from meterward.wiring.acting import append_lines  # noqa: PLC0415 - help, and a file with problems, need no store

    with Watch() as watch:
        acted = append_lines(wiring.home_of(home), licensee, lines, watch.wait)
    if isinstance(acted, list):
        single = [replace(one, line=0) for one in acted] if len(lines) == 1 else acted
        return refused(single).show(output_format)
    if output_format == "json":
        say_json(_json(acted))
    else:
        _show(console(), licensee, acted)
    return Exit.IN_ORDER


def _read(file: str) -> list[dict[str, Json]] | Refusal:
    raw = wiring.all_lines(file, MOST)
    if isinstance(raw, Problem):
        return unreadable(raw)
    if len(raw) > MOST:
        hint = "“meterward import” appends the many records of a file, a batch at a time."
        return refused([Problem(Code.FILE_TOO_LARGE, f"There are more than {MOST:,} lines.", hint)])
    if not raw:
        hint = "Write one record a line; “meterward records template KIND” prints one to fill in."
        return refused([Problem(Code.FILE_EMPTY, "There is no record in it.", hint)])
    lines, problems = parse_lines(raw)
    problems = problems or [
        replace(_STAMPED, line=number) for number, line in enumerate(lines, 1) if "recorded" in line
    ]
    return refused(problems) if problems else lines


def _show(on: Console, licensee: str, acted: Acted) -> None:
    first, count = acted.appended.first + 1, acted.appended.count
    which = f"Entry {first:,}" if count == 1 else f"Entries {first:,} to {first + count - 1:,}"
    print_text(on, Text(f"Appended: {which} of the ledger of {clean(licensee)}.", "bold"))
    for sentence in reach_says(acted.reach):
        print_text(on, Text(sentence))
    if acted.changes == []:
        print_text(on, Text("Nothing stands otherwise in the position of today."))
    licence = ""
    for change in acted.changes or ():
        if change.licence != licence:
            licence = change.licence
            on.print(Text(f"\n{clean(licence)}", "bold"))
        _change(on, change)


def _change(on: Console, change: Change) -> None:
    clause = (Text(change.clause), _CLAUSE)
    told = Text(clean(change.title), "bold")
    told.append("\n")
    told.append_text(_turn(change))
    told.append(f"\n{clean(change.fact)}", "not bold")
    for moved in change.unsaid[:_MOST_MOVED]:
        told.append(f"\n{clean(str(moved))}", "not bold")
    if (more := len(change.unsaid) - _MOST_MOVED) > 0:
        told.append(f"\n{plural(more, 'more deadline')}", "not bold")
    print_columns(on, [clause, (told, on.width - _CLAUSE - GAP)])


def _turn(change: Change) -> Text:
    """From which status to which; the one it has, if only its reasons differ."""
    stands = [status_text(Status(one)) for one in dict.fromkeys((change.before, change.after)) if one]
    return Text(" → ", "not bold").join(stands) if stands else Text()


def _json(acted: Acted) -> dict[str, object]:
    return {
        "format": FORMAT,
        "changes": [
            {**change, "after": change["after"] or None, "before": change["before"] or None}
            for change in changes_json(acted.changes or [])
        ],
        "count": acted.appended.count,
        "first_entry": acted.appended.first + 1,
        "size": acted.appended.first + acted.appended.count,
    }
