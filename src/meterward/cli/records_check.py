"""`meterward records check`: everything that is wrong with a ledger, at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import print_text
from meterward.cli.exits import Exit
from meterward.cli.options import format_option, law_option
from meterward.cli.output import say_json
from meterward.cli.parameters import Root
from meterward.cli.progress import Watch
from meterward.cli.refusal import beyond, misused, problems_json, show_problems, unreadable
from meterward.cli.source import sourced
from meterward.cli.terminal import console
from meterward.core.base.days import in_words, plural
from meterward.core.base.problem import Problem
from meterward.present.notices import in_groups
from meterward.present.phrases import entries

if TYPE_CHECKING:
    from meterward.cli.source import Source
    from meterward.usecases.read_ledger import Loaded

FORMAT = "meterward.check/1"


@dataclass(frozen=True, slots=True)
class Compared:
    """The root that somebody else has, over the first so many entries (or all), and the one of this ledger there."""

    asked: str
    size: int
    own: str

    @property
    def match(self) -> bool:
        """Whether the two are the same, as far as the other one was given."""
        return bool(self.own) and self.own.startswith(self.asked)


@click.command()
@sourced
@click.option("--root", type=Root(), help="Compare the ledger's root with this one: 16 to 64 hex digits.")
@click.option(
    "--size", type=click.IntRange(1), metavar="N", help="How many entries the root to compare is over. [all of them]"
)
@law_option("The law whose names and parameters the records use.")
@format_option("table", "json")
def check(source: Source, root: str | None, size: int | None, law: str, output_format: str) -> int:
    r"""Check every line of FILE: that it fits its kind, the records above it, and the names that the law knows.

    Of a ledger in the store every line is read again too, and the root made from them is compared with the one that the
    store has. All problems are shown, each with its line and field, what was found and what would be right; after a
    thousand, reading stops. The exit code is 0 if there is none, and 65 if there are any.

    Two people who have the same root have the same ledger, to the last letter. Give the root that the other one has,
    and the exit code is 1 if yours differs. A ledger that has grown since is compared over as many entries as the other
    one had.

    \b
    Examples:
      meterward records check northlight.jsonl
      meterward records check northlight.jsonl --root "7849 3520 63f2 a1b0" --size 214
      gunzip -c northlight.jsonl.gz | meterward records check -
      meterward records check northlight.jsonl --format json | jq .problems
      meterward records check --licensee northlight
    """
    if size is not None and root is None:
        raise click.UsageError("--size says over how many entries a root is. Give that root too, with --root.")
    pack = wiring.load_pack(law)
    if isinstance(pack, Problem):
        return misused(pack).show(output_format)
    with Watch() as watch:
        loaded = source.check(watch, size)
    if isinstance(loaded, Problem):
        return unreadable(loaded).show(output_format)
    held = wiring.dossiers(loaded)
    if not isinstance(held, Problem):
        wiring.check(loaded, held, pack)
    own = loaded.root_at if size else loaded.root
    compared = Compared(root, size or loaded.size, own) if root else None
    if output_format == "json":
        say_json(_json(loaded, compared))
    else:
        _show(source, loaded, compared)
    if loaded.problems:
        return Exit.DATA
    return Exit.OPEN if compared and not compared.match else Exit.IN_ORDER


def _show(source: Source, loaded: Loaded, compared: Compared | None) -> None:
    on = console()
    count = len(loaded.problems) + loaded.more_problems
    show_problems(on, loaded.problems)
    if loaded.more_problems:
        print_text(on, Text(beyond(loaded.more_problems, loaded.stopped)))
    if count:
        on.print()
    least = "at least " if loaded.stopped else ""
    found = f"{least}{plural(count, 'problem')}" if count else "no problem"
    read = plural(len(loaded.records), "record")
    on.print(Text(f"{source.called}: {read} read, {found}.", "bold"), soft_wrap=True)
    if loaded.records:
        on.print(Text(_about(loaded)), soft_wrap=True)
        if not loaded.problems:
            on.print(Text(f"Root over {entries(loaded.size)}: {in_groups(loaded.root)}"), soft_wrap=True)
    if compared:
        print_text(on, Text(_verdict(loaded, compared), "bold" if compared.match else "bold red"))


def _verdict(loaded: Loaded, compared: Compared) -> str:
    over = f"over {'its first ' if compared.size < loaded.size else ''}{entries(compared.size)}"
    if loaded.problems:
        return "The root was not compared: lines with problems are no entries, so it is the root of something else."
    if not compared.own:
        return f"The ledger has only {entries(loaded.size)}, so it has no root over {entries(compared.size)}: no match."
    if compared.match:
        return f"It matches: the root {over} is the one that was given."
    return f"It does not match: the root {over} is {in_groups(compared.own)}. The two ledgers differ."


def _about(loaded: Loaded) -> str:
    first, last = (loaded.records[place].recorded for place in (0, -1))
    licences = sorted({licence for record in loaded.records for licence in record.licences})
    return f"{loaded.licensee}, {' and '.join(licences)}; recorded from {in_words(first)} to {in_words(last)}"


def _json(loaded: Loaded, compared: Compared | None) -> dict[str, Any]:
    match = None if loaded.problems or compared is None else compared.match
    there = {"root": compared.asked, "size": compared.size, "match": match} if compared else None
    return {
        **problems_json(loaded.problems, len(loaded.problems) + loaded.more_problems, loaded.stopped),
        "compared": there,
        "format": FORMAT,
        "ledger": {"licensee": loaded.licensee or None, "root": loaded.root, "size": loaded.size},
    }
