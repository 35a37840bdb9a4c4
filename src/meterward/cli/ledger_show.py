"""`meterward ledger show`: how a ledger stands, beside its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import GAP, print_columns, print_items, print_text
from meterward.cli.exits import Exit
from meterward.cli.options import format_option
from meterward.cli.output import say_json
from meterward.cli.refusal import unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.problem import Problem
from meterward.present.ledger_words import SHORT, key_span, losses, stamp_in_words, unusual, whose
from meterward.present.marks import FLAG
from meterward.present.notices import in_groups
from meterward.present.phrases import clean, entries

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console

    from meterward.usecases.show_ledger import Held, Standing

FORMAT = "meterward.ledger/1"
_LABEL = 12
_SPAN = 24


@click.command()
@click.option("--licensee", metavar="L", required=True, help="Whose ledger.")
@home_option()
@format_option("table", "json")
def show(licensee: str, home: Path | None, output_format: str) -> int:
    r"""Show size, root and newest checkpoint of a ledger, the keys of its log, the keys that sign, and what is unusual.

    The exit code is 0 if nothing is unusual, and 1 if something is.

    \b
    Examples:
      meterward ledger show --licensee northlight
      meterward ledger show --licensee northlight --format json
    """
    from meterward.wiring.ledgers import standing  # noqa: PLC0415 - help needs no store

    found = standing(wiring.home_of(home), licensee)
    if isinstance(found, Problem):
        return unreadable(found).show(output_format)
    strange = list(unusual(found))
    if output_format == "json":
        say_json(_json(found, strange))
    else:
        _show(console(), found, strange)
    return Exit.OPEN if strange else Exit.IN_ORDER


def _show(on: Console, found: Standing, strange: list[str]) -> None:
    print_text(on, Text(f"The ledger of {clean(found.head.keeper)}: {entries(found.head.size)}", "bold"))
    lost = [("Lost", losses(found))] if found.losses else []
    print_items(
        on,
        [("Root", in_groups(found.root)), ("Recorded", f"last at {found.head.last_recorded}"), *lost],
        least=_LABEL,
    )
    on.print(Text("\nCheckpoint outside the database", "bold"))
    kept = found.kept
    said = [("Kept", f"{entries(kept.size)}, root {in_groups(kept.root.hex())}")] if kept else [("Kept", "none")]
    print_items(on, said, least=_LABEL)
    on.print(Text("\nWhat others hold", "bold"))
    newest = found.published
    published = f"{entries(newest.checkpoint.size)}, {newest.day}" if newest else "none"
    told = stamp_in_words(found.stamped) if found.stamped else "none"
    print_items(on, [("Published", published), ("Time stamp", clean(told))], least=_LABEL)
    on.print(Text("\nIts log", "bold"))
    if found.log is None:
        print_items(on, [("Keys", "none yet; the next record makes them")], least=_LABEL)
    else:
        print_items(on, [("Origin", found.log.origin)], least=_LABEL)
        told = "“meterward ledger policy” prints the keys by which others verify it."
        print_text(on, Text(told, "dim"), GAP)
    on.print(Text("\nKeys that sign statements", "bold"))
    if not found.keys:
        print_items(on, [("Keys", "none yet; the next record makes the first")], least=_LABEL)
    for held in found.keys:
        where = (Text(clean(whose(held.span))), on.width - SHORT - _SPAN - 3 * GAP - 1)
        cells = [(Text(f"{held.span.key.id[:SHORT]}…", "" if held.counts else "dim"), SHORT + 1)]
        print_columns(on, [*cells, (Text(key_span(held.span)), _SPAN), where], GAP)
    for one in strange:
        on.print()
        print_text(on, Text.assemble((f"{FLAG.shape} ", FLAG.style), clean(one)))


def _json(found: Standing, strange: list[str]) -> dict[str, object]:
    return {
        "format": FORMAT,
        "licensee": found.head.keeper,
        "size": found.head.size,
        "root": found.root,
        "last_recorded": found.head.last_recorded,
        "checkpoint": {"size": found.kept.size, "root": found.kept.root.hex()} if found.kept else None,
        "log": {"origin": found.log.origin, "keys": list(found.log.keys)} if found.log else None,
        "keys": [_key(held) for held in found.keys],
        "losses_accepted": [one.index + 1 for one in found.losses],
        "problem": found.problems[0].code.value if found.problems else None,
        "unusual": strange,
    }


def _key(held: Held) -> dict[str, object]:
    span = held.span
    return {
        "id": span.key.id,
        "organisation": span.organisation,
        **({"holder": span.holder, "origin": span.key.origin} if span.holder else {}),
        "algorithm": span.key.algorithm.value,
        "public": span.key.raw.hex(),
        "first_entry": span.first + 1,
        "last_entry": None if span.last is None else span.last + 1,
        "counts": held.counts,
        "here": held.here,
    }
