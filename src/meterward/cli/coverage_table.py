"""Coverage as a person reads it in a terminal, with what the figures mean, and the same for scripts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.text import Text

from meterward.cli.columns import GAP, print_columns, print_text
from meterward.core.base.days import in_words, plural
from meterward.present.coverage_words import ROWS, TWICE, meanings, share
from meterward.present.marks import FLAG
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from rich.console import Console

    from meterward.core.system.coverage import Covered
    from meterward.usecases.ports.tables import Counted, Coverage

FORMAT = "meterward.coverage/1"
_LABEL, _NUMBER, _SHARE = 26, 10, 8
"""How wide a row's name, a count and a share are: 80 characters with three columns, as some terminals have."""


def show_coverage(on: Console, found: Coverage, unmatched: Path | None, licensee: str, entry: int | None) -> None:
    """Show what was counted."""
    columns = [*found.counted, *([found.whole] if len(found.counted) > 1 else [])]
    print_text(on, Text(f"Coverage on {in_words(found.as_at)}", "bold"))
    read = f"{plural(found.feed.rows, 'row')} of the feed, {plural(found.inventory.rows, 'row')} of the inventory"
    print_text(on, Text(f"{read}, compared by {found.engine}.", "dim"))
    on.print()
    _row(on, "", [f"{one.fuel:>{_NUMBER}}{'':{_SHARE}}" for one in columns], "bold")
    for label, name, of in ROWS:
        _row(on, f"  {label}" if of else label, [_cell(one, name, of) for one in columns])
    on.print()
    _meanings(on, found)
    if unmatched and found.unmatched:
        print_text(on, Text(f"What does not match: {clean(str(unmatched))}, {plural(found.unmatched.rows, 'row')}."))
    if entry:
        print_text(on, Text(f"Appended: entry {entry:,} of the ledger of {clean(licensee)}.", "bold"))


def show_last(on: Console, found: Sequence[Covered], licensee: str, day: date) -> None:
    """Show what a ledger tells was counted last for each licence, and what is missing from it."""
    print_text(on, Text(f"Coverage as {clean(licensee)} last counted it, by {in_words(day)}", "bold"))
    for record, group in groupby(found, key=lambda one: one.record):
        together = [*group]
        fuels = " and ".join(one.fuel for one in together)
        on.print()
        if record is None:
            _flagged(on, f"{fuels}: nobody has counted it. “meterward system coverage … --append” does.")
            continue
        facts = record.facts
        when = f"{in_words(facts.as_at)}, {plural(together[0].age, 'day')} before"
        print_text(on, Text(f"{fuels}: counted for {when}"))
        shown = f"{facts.with_one:,} of {facts.premises:,} premises have one metering system in scope."
        print_text(on, Text(shown), GAP)
        for gap in together[0].gaps:
            _flagged(on, f"{gap}.")


def coverage_json(found: Coverage, entry: int | None) -> dict[str, object]:
    """What was counted, for scripts."""
    whole = found.whole._asdict()
    return {
        "format": FORMAT,
        "as_at": found.as_at.isoformat(),
        "engine": {"name": found.engine, "version": found.engine_version},
        "feed": {"sha256": found.feed.digest, "rows": found.feed.rows},
        "inventory": {"sha256": found.inventory.digest, "rows": found.inventory.rows},
        "counted": [one._asdict() for one in found.counted],
        "whole": whole,
        "spells": {"twice": found.doubled, "overlapping": found.overlapping},
        "unmatched": found.unmatched and {"sha256": found.unmatched.digest, "rows": found.unmatched.rows},
        "entry": entry,
    }


def _row(on: Console, label: str, cells: list[str], style: str = "") -> None:
    on.print(Text(f"{label:<{_LABEL}}{''.join(cells)}".rstrip(), style), soft_wrap=True)


def _cell(one: Counted, name: str, of: str) -> str:
    said = share(getattr(one, name), getattr(one, of)) if of else ""
    return f"{getattr(one, name):>{_NUMBER},}{said:>{_SHARE}}"


def _meanings(on: Console, found: Coverage) -> None:
    """What the figures mean, as far as there is something to say."""
    for says in meanings(found):
        _flagged(on, says)
    if len(found.counted) > 1:
        print_text(on, Text(TWICE, "dim"))


def _flagged(on: Console, says: str) -> None:
    print_columns(on, [(Text(FLAG.shape, FLAG.style), 1), (Text(says), on.width - 1 - GAP)])
