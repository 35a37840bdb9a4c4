"""Directions and requests of a ledger in the store, and where what was said about them is entered."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from meterward import wiring
from meterward.core.assurance.agreeing import Said, departures, is_joint, lacking
from meterward.core.assurance.issuing import Addressee, Known, check_correcting, check_issuing, check_taking_back
from meterward.core.assurance.request_story import Clock
from meterward.core.base.problem import Problem
from meterward.core.facts.ask import Ask
from meterward.core.obligations.limits import due_after
from meterward.core.records.effective import effective
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import (
    direction_agreed,
    direction_answered,
    direction_drafted,
    direction_issued,
    direction_progressed,
    evidence_requested,
    licensee_listed,
    record_ended,
)
from meterward.core.records.roles import ISSUING
from meterward.usecases.show_record import Ties
from meterward.usecases.tell_directions import TELLING, Draft, View, draft_of, known_of
from meterward.wiring.installed import installation
from meterward.wiring.looking import ties_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from meterward.adapters.background import Job
    from meterward.core.records.record import Record
    from meterward.usecases.check_appended import Further
    from meterward.usecases.ports import Head, Ledgers, Placed

_PRODUCE = "Z.7(b)/produce"
_ABOUT = tuple(one.KIND.name for one in (licensee_listed, evidence_requested, direction_answered, direction_progressed))
"""The kinds whose records make a licensee known whose ledger is elsewhere."""
_ACTING = ("replaces", "ends", "corrects")
"""How a record changes a direction that was issued, or takes it back."""


def view_of(ledger: str, day: date, known_at: date | int | None = None) -> View | Problem | Job:
    """What a ledger tells of directions and requests at a moment; on the way if much is still to be read."""
    ties, store = ties_of(ledger), installation()
    if not isinstance(ties, Ties):
        return ties
    place, head = store.follow(ledger).place(known_at), store.ledgers.head(ledger)
    if isinstance(place, Problem) or head is None:
        return place if isinstance(place, Problem) else View(ties, 0, day, {})
    known = licensees(store.ledgers, head, day)
    go_live = {name: one.go_live for name, one in known.items() if one.go_live}
    return View(ties, place.size, day, go_live, (head.keeper,) if head.sort is Keeper.LICENSEE else ())


def licensees(ledgers: Ledgers, head: Head, day: date) -> Mapping[str, Addressee]:
    """What is known on a day of the licensees whose ledgers are here; of a licensee's ledger, of that one alone."""
    pack = wiring.usual_pack()
    if head.sort is Keeper.LICENSEE:
        return {head.keeper: known_of(installation().records_of(head, TELLING), pack, day)}
    said: defaultdict[str, list[Record[Any]]] = defaultdict(list)
    for name, record in ledgers.across(TELLING):
        said[name].append(record)
    heads = (one for one in ledgers.heads() if one.sort is Keeper.LICENSEE and one.size)
    return {one.keeper: known_of(said[one.ledger], pack, day) for one in heads}


def reachable(head: Head, day: date, about: frozenset[str]) -> dict[str, Addressee]:
    """The licensees that a direction can be addressed to: those here, and those that records of the ledger are about.

    Of the latter nothing more is known than the law as it is drafted.
    """
    store, here = installation(), licensees(installation().ledgers, head, day)
    others = {one.keeper for one in store.ledgers.heads() if one.sort is not Keeper.LICENSEE}
    unknown = Addressee(wiring.usual_pack().defaults())
    elsewhere = {name: unknown for name in sorted(about) if name and name not in others}
    return {**elsewhere, **here}


def clock(asked: date, due: date | None) -> Clock:
    """By when a request that was made on a day is to be answered."""
    if due:
        return Clock(due, is_ours=False)
    pack = wiring.usual_pack()
    limit = next(one.due for one in pack.duties if one.id == _PRODUCE)
    ask = Ask("", pack.defaults(), asked, pack.reference, pack.working_days)
    return Clock(due_after(asked, limit, ask) if limit else asked, is_ours=True)


def delivered(*records: Record[Any]) -> dict[str, dict[str, Placed]]:
    """Where records are entered here: by their ids in hex, and by ledger."""
    found: dict[str, dict[str, Placed]] = {record.id.hex(): {} for record in records}
    for one in installation().ledgers.places(list(found)):
        found[one.id][one.ledger] = one
    return found


def checks(head: Head, further: Further) -> list[tuple[int, Problem]]:
    """What stands against directions that a regulator is about to issue, amend or withdraw, each with its place."""
    found: list[tuple[int, Problem]] = []
    for place, record in enumerate(further.records):
        if record.actor.organisation == head.keeper:
            found += [(place, problem) for problem in _against(head, place, further)]
    return found


def known_for(head: Head, day: date, agreed: frozenset[str], about: frozenset[str]) -> Known:
    """What the desk knows where a draft is looked at."""
    return Known(day, reachable(head, day, about), agreed)


def _against(head: Head, place: int, further: Further) -> Iterator[Problem]:
    record = further.records[place]
    issues = record.kind is direction_issued.KIND
    link = next((name for name in _ACTING if getattr(record.links, name)), "")
    target = further.targets.get(getattr(record.links, link)) if link else None
    acts = target is not None and target.kind is direction_issued.KIND
    if not issues and not (acts and record.kind is record_ended.KIND):
        return
    day = record.recorded
    known = Known(day, reachable(head, day, names_about(head.ledger)))
    if acts and target:
        known_of_it = known._replace(over=_over(head, target))
        if link == "corrects":
            yield from check_correcting(record, target, known_of_it)
        else:
            yield from check_taking_back(target, known_of_it, link)
    if issues:
        yield from _issuing(head, place, further, known)


def _over(head: Head, direction: Record[Any]) -> date | None:
    """Since when a direction is withdrawn or amended, if it is."""
    records = installation().ledgers.records_of(head.ledger, (direction_issued.KIND.name,), [direction.subject])
    said = effective(records)
    over = said.end(direction) or said.successor(direction)
    return over.occurred if over else None


def names_about(ledger: str) -> frozenset[str]:
    """The licensees that records of a regulator's ledger are about, as long as one of them counts."""
    said = effective(installation().ledgers.records_of(ledger, _ABOUT))
    return frozenset(one.about for one in said.records if one.kind.name in _ABOUT and not said.end(one))


def _issuing(head: Head, place: int, further: Further, known: Known) -> Iterator[Problem]:
    """What stands against a direction; of a correction, whether the other issuer of what it corrects agreed as well."""
    record = further.records[place]
    corrected = further.targets.get(record.links.corrects, record)
    joint = next((one.facts for one in (corrected, record) if is_joint(one.facts)), None)
    own = frozenset(issuer for issuer, name in ISSUING.items() if name == record.actor.organisation)
    draft = _draft_named(head, record.facts.draft, record.recorded) if record.facts.draft else None
    agreed = own | draft.agreed if draft else own
    if record.links.corrects:
        yield from lacking(joint or record.facts, agreed)
    else:
        yield from check_issuing(record.facts, known._replace(agreed=agreed)).refused
    if draft and joint and agreed.issuperset(joint.issuers):
        line = installation().ledgers.line(head.ledger, draft.version.index) or {}
        yield from departures(Said(draft.version.facts, line), Said(record.facts, further.lines[place]))


def _draft_named(head: Head, subject: str, day: date) -> Draft | None:
    kinds = (direction_drafted.KIND.name, direction_agreed.KIND.name)
    return draft_of(effective(installation().ledgers.records_of(head.ledger, kinds, [subject])), day)


def setting(ledger: str, day: date) -> Ask:
    """In which setting a licensee's directions are doubted: its brackets, and commencement, as known on a day."""
    store, pack = installation(), wiring.usual_pack()
    head = store.ledgers.head(ledger)
    records = store.records_of(head, TELLING) if head else []
    known = known_of(records, pack, day)
    begins, licensee = known.commencement or day, head.keeper if head else ledger
    return Ask(licensee, known.parameters, begins, pack.reference, pack.working_days)
