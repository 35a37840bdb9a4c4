"""The position in a verified bundle as at a day of the reader's own, in a terminal and for a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.text import Text

from meterward import wiring
from meterward.cli.columns import GAP, print_columns, print_text
from meterward.cli.position_table import show_duties, show_summary
from meterward.core.base.days import london_day, parse_day
from meterward.core.obligations.law import DutyKind
from meterward.present.chosen_day import ChosenDay
from meterward.present.marks import FLAG
from meterward.present.notices import grouped
from meterward.present.phrases import clean
from meterward.present.position_json import iso
from meterward.usecases.summarise_position import summarise

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from rich.console import Console

    from meterward.usecases.verify_bundle import Verification
    from meterward.wiring.recomputing import Stands


def show_position(on: Console, done: Verification, as_at: date) -> None:
    """Show where the duties stood on a day, below the verdict; or say why nobody can tell."""
    found = _positions(done, as_at)
    on.print()
    if isinstance(found, str):
        print_text(on, Text(clean(found), "bold"))
        return
    chosen = _chosen(done, as_at)
    print_text(on, Text(chosen.sentence))
    for note in chosen.notes:
        print_columns(on, [(Text(FLAG.shape, FLAG.style), 1), (Text(note, FLAG.style), on.width - 1 - GAP)])
    for one in found:
        _show(on, one)


def position_json(done: Verification, as_at: date) -> dict[str, Any]:
    """The same for a script. Where facts are withheld, no status is given for what rests on them."""
    found = _positions(done, as_at)
    if isinstance(found, str):
        return {"as_at": as_at.isoformat(), "says": [found], "licences": []}
    chosen = _chosen(done, as_at)
    licences = [_json(one) for one in found]
    return {"as_at": as_at.isoformat(), "says": [chosen.sentence, *chosen.notes], "licences": licences}


def _positions(done: Verification, as_at: date) -> Sequence[Stands] | str:
    from meterward.wiring.recomputing import positions_on  # noqa: PLC0415 - only where a day is named

    return positions_on(done, as_at)


def _chosen(done: Verification, as_at: date) -> ChosenDay:
    """The day among the others. What was verified has a manifest, entries, and days that can be read."""
    today, recorded = wiring.today(), done.entries.recorded
    first, last = (london_day(instant) or today for instant in (recorded[0], recorded[-1]))
    compared = parse_day(done.manifest.as_at) if done.manifest else None
    return ChosenDay(as_at, compared or today, first, last, today)


def _show(on: Console, one: Stands) -> None:
    known, receipt = one.known, str(one.receipt["digest"])
    on.print()
    print_text(on, Text(known.evaluation.basis.licence, "bold"))
    if one.unknown:
        print_text(on, Text(_untold(one), "bold yellow"))
    if known.duties:
        show_summary(on, known)
        on.print()
        show_duties(on, known)
    of = "Partial receipt of this day" if one.unknown is not None else "Receipt of this day"
    on.print(Text(f"{of}  {grouped(receipt)}", "dim"), soft_wrap=True)


def _untold(one: Stands) -> str:
    """Which duties nobody can tell; what is said below is of the others."""
    if not one.known.duties:
        return "Every duty rests on facts that were withheld, so that nobody can tell where any stands."
    *some, last = one.unknown or ()
    which = f"{', '.join(some)} and {last} stand" if some else f"{last} stands"
    return f"Nobody can tell where {which}, since facts were withheld. What follows is of the other duties."


def _json(one: Stands) -> dict[str, Any]:
    position, known = one.evaluated.position, one.known
    there = {duty.duty.id: duty for duty in known.duties}
    return {
        "licence": position.evaluation.basis.licence,
        "sentence": summarise(known).sentence if known.duties else None,
        "duties": [
            {
                "id": duty.id,
                "clause": duty.clause,
                "rolls_up": duty.kind is DutyKind.UMBRELLA,
                "status": there[duty.id].status.value if duty.id in there else None,
                "since": iso(there[duty.id].since) if duty.id in there else None,
            }
            for duty in (stands.duty for stands in position.duties)
        ],
        "indeterminate": list(one.unknown or ()),
        "receipt": dict(one.receipt),
    }
