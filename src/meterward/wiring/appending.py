"""Append to a ledger of the installation, and see before what an act would change in the position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward import wiring
from meterward.adapters import clock
from meterward.adapters.background import Job
from meterward.adapters.key_files import KeyFileError
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.present.differences import Change, differences
from meterward.usecases.append_record import Appended, Order, append_records
from meterward.usecases.check_appended import check_appended
from meterward.usecases.check_assessed import check_assessed
from meterward.usecases.introduce_key import Introduction, key_line
from meterward.usecases.preview_record import preview_record
from meterward.wiring import keeping
from meterward.wiring.failing import unusable
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from meterward.core.records.line import Sealed
    from meterward.core.records.record import Record
    from meterward.present.answer import Question
    from meterward.usecases.append_record import Check, Line, Sign
    from meterward.usecases.ports import Head, Known


class Preview(NamedTuple):
    """What an act would change in the position, and the id that its record would have."""

    changes: list[Change]
    id: str


def append(ledger: str, lines: Sequence[Line], key: str = "", after: int | None = None) -> Appended | list[Problem]:
    """Append lines, all or none, stamped now and signed. What would keep the ledger from being evaluated is refused.

    `after` is how many entries the ledger must still have, where the lines were made from what these say.
    """
    unsigned = after is not None and installation().signers.needs_key(ledger) is not None
    if problem := introduce_first_key(ledger):
        return [problem]
    # The key's own entry is no move of anybody else's.
    return _append(ledger, Order(lines, key, after=after + 1 if after is not None and unsigned else after))


def append_after_loss(ledger: str, lines: Sequence[Line]) -> Appended | list[Problem]:
    """Append lines to a ledger that does not fit what is kept outside: what tells of that, and nothing else."""
    return _written(ledger, Order(lines), installation().signers.sign)


def introduce_first_key(ledger: str) -> Problem | None:
    """Introduce the key by which the owner of a ledger signs, unless a record did; a ledger that is empty waits."""
    store = installation()
    head = store.signers.needs_key(ledger)
    if head and (problem := keeping.ready(store, ledger)):
        return problem
    if head is None:
        return None
    new = Introduction(head.licensee, store.keys.first(head.licensee).public)
    line = key_line(store.ledgers, head, new, clock.today(), fresh_salt())
    done = _append(ledger, Order([line], f"first key of {head.licensee}"))
    if isinstance(done, list) and done[0].code is Code.KEY_USED and store.signers.needs_key(ledger) is None:
        # Another process was first, and introduced the same key in other words: another name, or another day.
        return None
    return done[0] if isinstance(done, list) else None


def _append(ledger: str, order: Order) -> Appended | list[Problem]:
    store = installation()
    if problem := keeping.ready(store, ledger):
        return [problem]

    def sign(head: Head, known: Known, sealed: Sealed) -> Mapping[str, bytes] | Problem:
        return store.checkpoints.shrunk(head) or store.signers.sign(head, known, sealed)

    done = _written(ledger, order, sign)
    if isinstance(done, Appended):
        keeping.keep(store, ledger, done.first + done.count)
    return done


def _written(ledger: str, order: Order, sign: Sign) -> Appended | list[Problem]:
    try:
        return append_records(installation().ledgers, ledger, order, _checking(ledger), sign)
    except KeyFileError as error:
        return [unusable(error)]


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

    return lambda further: [
        *check_appended(packs[wiring.DEFAULT_PACK], packs, further, earlier),
        *check_assessed(further, earlier),
    ]
