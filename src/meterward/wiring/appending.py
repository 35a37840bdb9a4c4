"""Append to a ledger of the installation, and see before what an act would change in the position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward import wiring
from meterward.adapters.background import Job
from meterward.present.differences import Change, differences
from meterward.usecases.append_record import Appended, Order, append_records
from meterward.usecases.check_appended import check_appended
from meterward.usecases.preview_record import preview_record
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from meterward.core.base.problem import Problem
    from meterward.core.records.record import Record
    from meterward.present.answer import Question
    from meterward.usecases.append_record import Check, Line


class Preview(NamedTuple):
    """What an act would change in the position, and the id that its record would have."""

    changes: list[Change]
    id: str


def append(ledger: str, lines: Sequence[Line], key: str = "") -> Appended | list[Problem]:
    """Append lines, all or none, stamped now. What would keep the ledger from being evaluated is refused."""
    return append_records(installation().ledgers, ledger, Order(lines, key), _checking(ledger))


def preview(ledger: str, line: Line, question: Question) -> Preview | list[Problem] | Job:
    """What would change in the position if a line were appended now. Nothing is appended."""
    record = preview_record(installation().ledgers, ledger, line, _checking(ledger))
    if isinstance(record, list):
        return record
    if not record.index:
        return Preview([], record.id.hex())
    found = answering().beside(question, record)
    if isinstance(found, list | Job):
        return found
    return Preview(differences(found.now, found.then), record.id.hex())


def _checking(ledger: str) -> Check:
    """What checks further records beside the law; it asks the store for the few that they are compared with."""
    packs, ledgers = wiring.packs_here(), installation().ledgers

    def earlier(kinds: Collection[str], subjects: Collection[str]) -> Iterable[Record[Any]]:
        return ledgers.records_of(ledger, kinds, subjects)

    return lambda further: check_appended(packs[wiring.DEFAULT_PACK], packs, further, earlier)
