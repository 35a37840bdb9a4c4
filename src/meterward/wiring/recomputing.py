"""Positions of records that need not all be readable: what a bundle claims, and what comes out of it again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from meterward import wiring
from meterward.core.base.days import parse_day
from meterward.core.base.problem import Code, Problem
from meterward.core.records.withheld import is_unreadable, without_facts
from meterward.present.position_json import receipt_json
from meterward.usecases.evaluate_position import Evaluated
from meterward.usecases.partial_receipts import partial_receipt, resting

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.core.obligations.law import Pack
    from meterward.core.obligations.position import Position
    from meterward.usecases.read_ledger import Loaded
    from meterward.usecases.verify_bundle import Verification
    from meterward.usecases.verify_records import Records

_NONE_HERE = "The bundle names no day or no law that is known here."


class Stands(NamedTuple):
    """Where the duties under a licence stand, as far as the facts are there."""

    evaluated: Evaluated
    unknown: tuple[str, ...] | None
    """The duties that rest on facts that were withheld; None if none of the licence's were."""

    @property
    def receipt(self) -> Mapping[str, Json]:
        """Its receipt, partial where facts are withheld."""
        if self.unknown is None:
            return receipt_json(self.evaluated.receipt)
        return partial_receipt(self.evaluated, self.unknown)

    @property
    def known(self) -> Position:
        """The position, without the duties that nobody can tell."""
        position, unknown = self.evaluated.position, self.unknown or ()
        return replace(position, duties=tuple(one for one in position.duties if one.duty.id not in unknown))


def receipts_shown(loaded: Loaded, hidden: Collection[int], pack: Pack, as_at: date) -> list[Mapping[str, Json]] | str:
    """The receipts to show where facts of the records at some places are withheld; or why there are none."""
    whole = receipts_of(loaded, pack, as_at)
    if isinstance(whole, str) or not hidden:
        return whole
    shown = [without_facts(one) if one.index in hidden else one for one in loaded.records]
    return receipts_of(replace(loaded, records=shown), pack, as_at)


def receipts_of(loaded: Loaded, pack: Pack, as_at: date) -> list[Mapping[str, Json]] | str:
    """The receipts of the position of each licence, partial where facts are withheld; or why there are none."""
    found = positions_of(loaded, pack, as_at)
    return found if isinstance(found, str) else [one.receipt for one in found]


def positions_of(loaded: Loaded, pack: Pack, as_at: date) -> list[Stands] | str:
    """Where the duties under each licence stand, from the records that can be read; or why nobody can tell."""
    known = replace(loaded, records=[one for one in loaded.records if not is_unreadable(one)], problems=[])
    held = wiring.dossiers(known)
    if isinstance(held, Problem):
        return str(held)
    wiring.check(known, held, pack)
    partial = len(known.records) < len(loaded.records)
    problems = [one for one in known.problems if not (partial and one.code is Code.NAME_UNKNOWN)]
    if problems:
        return f"The position cannot be computed: {problems[0]}"
    return [
        Stands(one, resting(pack, loaded.records, one.position.evaluation.basis.licence))
        for one in wiring.positions(held, pack, as_at)
    ]


def recompute(records: Records, digest: str, as_at: str) -> Sequence[Mapping[str, Json]] | str:
    """The receipts of some records by the law pack of a digest, as at a day; or why there are none."""
    pack, day = _pack(digest), parse_day(as_at)
    return _NONE_HERE if pack is None or day is None else receipts_of(records.loaded, pack, day)


def positions_on(done: Verification, as_at: date) -> Sequence[Stands] | str:
    """Where the duties stood on a day that the reader of a verified bundle chose; or why nobody can tell."""
    if not (done.holds or done.holds_in_part) or done.manifest is None or done.records is None:
        return "No position is shown: it would rest on what does not hold."
    if done.records.left_out:
        return "Not every record is here, so that nobody can tell the position on any day from them."
    pack = _pack(done.manifest.pack)
    return _NONE_HERE if pack is None else positions_of(done.records.loaded, pack, as_at)


def _pack(digest: str) -> Pack | None:
    return next((one for one in wiring.packs_here().values() if one.digest == digest), None)
