"""`meterward records check`: everything that is wrong with a ledger, at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.notices import grouped
from meterward.cli.options import format_option, law_option
from meterward.cli.output import say_json
from meterward.cli.progress import Watch
from meterward.cli.refusal import misused, problems_json, show_problems, unreadable
from meterward.cli.terminal import clean, console
from meterward.core.base.days import in_words, plural
from meterward.core.base.problem import Problem

if TYPE_CHECKING:
    from meterward.usecases.read_ledger import Loaded

FORMAT = "meterward.check/1"


@click.command()
@click.argument("file", type=click.Path())
@law_option("Whose parameters are adopted.")
@format_option("table", "json")
def check(file: str, law: str, output_format: str) -> int:
    r"""Check every line of FILE: that it fits its kind, and that it fits the records above it.

    All problems are shown, each with its line and field, what was found and what would be right. The exit code is 0 if
    there is none, and 65 if there are any.

    \b
    Examples:
      meterward records check northlight.jsonl
      gunzip -c northlight.jsonl.gz | meterward records check -
      meterward records check northlight.jsonl --format json | jq .problems
    """
    pack = wiring.load_pack(law)
    if isinstance(pack, Problem):
        return misused(pack).show(output_format)
    with Watch() as watch:
        loaded = wiring.read(file, hear=watch.lines)
    if isinstance(loaded, Problem):
        return unreadable(loaded).show(output_format)
    held = wiring.licences(loaded)
    if not isinstance(held, Problem):
        loaded.problems.extend(wiring.adoptions(held, pack))
    if output_format == "json":
        say_json(_json(loaded))
    else:
        _show(file, loaded)
    return Exit.DATA if loaded.problems else Exit.IN_ORDER


def _show(file: str, loaded: Loaded) -> None:
    on = console()
    count = len(loaded.problems) + loaded.more_problems
    show_problems(on, loaded.problems)
    if count > len(loaded.problems):
        print_text(on, Text(f"… and {plural(count - len(loaded.problems), 'more problem')}, not kept."))
    if count:
        on.print()
    found = plural(count, "problem") if count else "no problem"
    read = plural(len(loaded.records), "record")
    name = "What was piped in" if file == "-" else clean(file)
    on.print(Text(f"{name}: {read} read, {found}.", "bold"), soft_wrap=True)
    if loaded.records:
        on.print(Text(_about(loaded)), soft_wrap=True)


def _about(loaded: Loaded) -> str:
    first, last = (loaded.records[place].recorded for place in (0, -1))
    licences = sorted({licence for record in loaded.records for licence in record.licences})
    return (
        f"{loaded.licensee}, {' and '.join(licences)}; recorded from {in_words(first)} to {in_words(last)}; "
        f"root {grouped(loaded.root)}"
    )


def _json(loaded: Loaded) -> dict[str, Any]:
    return {
        **problems_json(loaded.problems, len(loaded.problems) + loaded.more_problems),
        "format": FORMAT,
        "ledger": {"licensee": loaded.licensee or None, "root": loaded.root, "size": loaded.size},
    }
