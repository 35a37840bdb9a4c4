"""Audits of ledgers in the store: what a ledger says of them, and the populations that samples are drawn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward import wiring
from meterward.core.access import Action, Subject, may
from meterward.core.assurance.sampling import Population
from meterward.core.base.problem import Code, Problem
from meterward.core.facts.reader import Reader
from meterward.core.obligations.law import Pack
from meterward.core.obligations.position import Deadline, ReadingDue, deadlines_by_reading
from meterward.usecases.list_deadlines import due_next
from meterward.usecases.read_audits import KINDS, asked_of, reader_of
from meterward.wiring.gating import Who, caller_of
from meterward.wiring.installed import installation
from meterward.wiring.noting import Read, note_seen
from meterward.wiring.seeing import Known, seen
from meterward.wiring.stored import size_at

if TYPE_CHECKING:
    from meterward.adapters.background import Job
    from meterward.core.facts.ask import Ask
    from meterward.present.answer import Question
    from meterward.usecases.evaluate_position import Dossier

AUDITED = ("Z.14(a)", "Z.14(b)")
"""The duties that say when an audit is due."""
_PARTS = ("Z.14", "Z.15", "Z.16")


class Shelf(NamedTuple):
    """What a ledger says of audits at a moment."""

    read: Reader
    pack: Pack

    def ask(self, licensee: str) -> Ask:
        """The setting in which standing and independence are read."""
        return asked_of(self.pack, licensee)


class Programme(NamedTuple):
    """When the next audit of a licence is due by each reading of each duty, and what the law has due about audits."""

    licence: str
    duties: tuple[tuple[str, tuple[ReadingDue, ...]], ...]
    due: tuple[Deadline, ...]


def shelf_of(question: Question) -> Shelf:
    """What a ledger says of audits at the moment of a question."""
    store = installation()
    head = store.ledgers.head(question.source)
    records = store.records_of(head, KINDS) if head else []
    size = size_at(store.ledgers, head, question.known_at) if head else 0
    return Shelf(reader_of(records, size, question.as_at), wiring.usual_pack())


def programmes(question: Question, licence: str = "") -> list[Programme] | list[Problem] | Job:
    """When audits are due under each licence, as the position has it."""
    return seen(question, licence, lambda known: [_programme(known, one) for one in known.dossiers])


class Standing(NamedTuple):
    """How large a licensee's ledger is, and its root."""

    size: int
    root: str


def standing_of(who: Who, licensee: str, size: int | None = None) -> Standing | None:
    """How a licensee's ledger stands, or stood, for somebody who may read it; None for anybody else."""
    store = installation()
    head = store.ledgers.head(licensee)
    allowed = head and may(caller_of(store, who, head), Action.READ, Subject(licensee)).allowed
    if head is None or not allowed or not head.size:
        return None
    until = min(size or head.size, head.size)
    return Standing(until, store.ledgers.root(licensee, until))


def population(who: Who, licensee: str, kind: str, size: int | None = None) -> Population | Problem:
    """The records of a kind in a licensee's ledger, for somebody who may read it; as it was at a size, if one is named.

    Nothing is drawn from a ledger that whoever asks may not read, and whoever draws has read the list of its records.
    """
    ledgers, standing = installation().ledgers, standing_of(who, licensee, size)
    if standing is None:
        what = f"You may not read the ledger of {licensee} here, so that nothing can be drawn from it."
        return Problem(Code.LEDGER_UNKNOWN, what, "Let the licensee give you access with “access.granted”.", "licensee")
    if problems := note_seen(caller_of(installation(), who, ledgers.head(licensee)), licensee, Read("page", "records")):
        return problems[0]
    every = ledgers.records_of(licensee, (kind,))
    numbers = {one.id.hex(): one.index + 1 for one in every if one.kind.name == kind and one.index < standing.size}
    return Population(licensee, kind, standing.size, standing.root, tuple(numbers), numbers)


def _programme(known: Known, dossier: Dossier) -> Programme:
    evaluated = dossier.position(known.pack, known.day, "")
    position = evaluated.position
    duties = tuple(_by_reading(known, dossier, duty) for duty in AUDITED)
    due = (ahead.deadline for ahead in due_next(position))
    return Programme(dossier.name, duties, tuple(one for one in due if one.duty.startswith(_PARTS)))


def _by_reading(known: Known, dossier: Dossier, duty: str) -> tuple[str, tuple[ReadingDue, ...]]:
    evaluation = dossier.evaluate(known.pack)
    result = evaluation.duty(duty)
    return duty, tuple(deadlines_by_reading(evaluation, result, known.day)) if result else ()
