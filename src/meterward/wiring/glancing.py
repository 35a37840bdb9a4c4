"""Licensees at a glance: one row kept of each, computed in the background, and read in a few queries."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from meterward import wiring
from meterward.adapters.background import Job
from meterward.adapters.memory import at_rest
from meterward.core.access import Action, Subject, may
from meterward.core.assurance.audits import last_report
from meterward.core.assurance.outstanding import KINDS, Case, Outstanding, outstanding
from meterward.core.base.canonical import Json, canonical
from meterward.core.records.holding import GRANTING
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import access_granted, audit_reported
from meterward.core.records.roles import REGULATORS
from meterward.present.answer import Question
from meterward.present.at_a_glance import glance_of, glance_of_bundle
from meterward.usecases.see_licensees import Basis, Glance
from meterward.wiring.directing import licensees
from meterward.wiring.gating import callers_of
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from meterward.core.records.record import Record
    from meterward.usecases.ports import Head
    from meterward.wiring.gating import Who
    from meterward.wiring.installed import Installation

_SOON = 0.3


class Glances(NamedTuple):
    """Every licensee that a desk knows of, and the work under way on those that are not up to date."""

    rows: list[Glance]
    stale: list[str]
    job: Job | None


def glances(desk: str, who: Who, day: date, *, begin: bool = True) -> Glances:
    """All licensees as a person at a regulator's desk may see them; what is not up to date is begun, if wanted."""
    store = installation()
    heads = {one.ledger: one for one in store.ledgers.heads() if one.size}
    own = _own(store, heads.get(desk), day)
    here = [one for one in heads.values() if one.sort is Keeper.LICENSEE]
    seen = {one.ledger: one for one in _seen(store, here, who)}
    names = sorted({one.keeper for one in here}.union(own) - {desk})

    def told() -> list[Glance]:
        kept = store.computed.get_all([_key(name) for name in seen])
        return [_row(name, seen.get(name), kept, own.get(name) or Outstanding(), day) for name in names]

    rows = told()
    job = refresh([seen[one.licensee] for one in rows if not one.fresh], day) if begin and _stale(rows) else None
    if job and job.ended.is_set():
        rows, job = told(), None
    return Glances(rows, _stale(rows), job)


def _stale(rows: Sequence[Glance]) -> list[str]:
    return [one.licensee for one in rows if not one.fresh]


def glance(desk: str, who: Who, licensee: str, day: date) -> Glance | None:
    """One licensee as a person at a regulator's desk may see it; None if nobody knows of it there."""
    store = installation()
    head, at_desk = store.ledgers.head(licensee), store.ledgers.head(desk)
    own = _own(store, at_desk, day)
    is_here = head is not None and head.size > 0 and head.sort is Keeper.LICENSEE
    if licensee == desk or not (is_here or licensee in own):
        return None
    seen = next(iter(_seen(store, [head], who)), None) if head and is_here else None
    kept = store.computed.get_all([_key(licensee)]) if seen else {}
    row = _row(licensee, seen, kept, own.get(licensee) or Outstanding(), day)
    if seen and not row.fresh:
        refresh([seen], day).ended.wait(_SOON)
        row = _row(licensee, seen, store.computed.get_all([_key(licensee)]), row.own, day)
    return row


def _own(store: Installation, desk: Head | None, day: date) -> Mapping[str, Outstanding]:
    """What a regulator's own ledger says of each licensee."""
    if desk is None:
        return {}
    known = licensees(store.ledgers, desk, day)
    go_live = {name: one.go_live for name, one in known.items() if one.go_live}
    return outstanding(store.records_of(desk, KINDS), day, go_live)


def refresh(heads: Sequence[Head], day: date) -> Job:
    """Compute the rows of some licensees anew, in the background; the work that is under way, if there is some."""
    return answering().background.start("glances", lambda job: _refresh(heads, day, job), _SOON)


def refresh_all(day: date) -> None:
    """Bring every row up to date that a regulator's people may see: for whoever tends the store."""
    store = installation()
    heads = [one for one in store.ledgers.heads() if one.size and one.sort is Keeper.LICENSEE]
    store.read_few(heads, GRANTING)
    shown = [one for one in heads if _is_shown(store.records_of(one, GRANTING))]
    kept = store.computed.get_all([_key(one.ledger) for one in shown])
    stale = [one for one in shown if _made_from(kept, one.ledger) != _of(one, day)]
    if stale:
        refresh(stale, day)


def _is_shown(records: Collection[Record[Any]]) -> bool:
    return any(one.kind is access_granted.KIND and one.facts.role in REGULATORS for one in records)


def _seen(store: Installation, heads: Sequence[Head], who: Who) -> list[Head]:
    """The ledgers whose position somebody may see, by what is recorded in each."""
    callers = callers_of(store, who, heads)
    return [one for one, caller in callers if may(caller, Action.READ_POSITION, Subject(one.ledger)).allowed]


def _row(name: str, head: Head | None, kept: Mapping[str, Json], own: Outstanding, day: date) -> Glance:
    if head:
        there = kept.get(_key(name))
        found = cast("Mapping[str, Any]", there)["glance"] if isinstance(there, dict) else None
        return Glance(name, Basis.RIGHTS, found, _made_from(kept, name) == _of(head, day), own)
    if own.bundles:
        return Glance(name, Basis.BUNDLE, glance_of_bundle(own.bundles[-1].facts), own=own)
    return Glance(name, Basis.NOTHING, own=own)


def _refresh(heads: Sequence[Head], day: date, job: Job) -> None:
    store = installation()
    with at_rest():
        for place, head in enumerate(heads):
            job.tell(place, len(heads))
            question = Question(head.ledger, None, day, None, wiring.DEFAULT_PACK, {}, day)
            found = answering().positions_now(question, lambda *_: None)
            audited = _audited(store, head, day)
            told = None if isinstance(found, list) else glance_of(found, audited)
            wrong = found[0].message if isinstance(found, list) else ""
            made: Json = {"made_from": _of(head, day), "glance": told, "wrong": wrong}
            store.computed.renew(head.ledger, _key(head.ledger), made)
        job.tell(len(heads), len(heads))


def _audited(store: Installation, head: Head, day: date) -> date | None:
    """The day of the last final audit report that nobody took back."""
    return last_report(store.records_of(head, (audit_reported.KIND.name,)), day)


def _key(ledger: str) -> str:
    return sha256(canonical(["glance", ledger])).hexdigest()


def _of(head: Head, day: date) -> str:
    """The digest of all that a row is made from; the peaks stand for every record."""
    law = wiring.usual_pack().digest
    peaks: list[Json] = [one.hex() for one in head.peaks]
    return sha256(canonical([wiring.answers(), law, head.size, peaks, day.isoformat()])).hexdigest()


def _made_from(kept: Mapping[str, Json], ledger: str) -> str:
    there = kept.get(_key(ledger))
    return str(there["made_from"]) if isinstance(there, dict) else ""


class Told(NamedTuple):
    """A case with the words of its records, by their entries."""

    case: Case
    texts: Mapping[int, Mapping[str, str]]


def cases_of(desk: str, day: date) -> list[Told]:
    """The enforcement cases of a regulator, the open ones first, the newest of each first, with their words."""
    store = installation()
    head = store.ledgers.head(desk)
    own = _own(store, head, day)
    found = [case for one in own.values() for case in one.cases]
    records = [one for case in found for one in (case.opened, *case.notes, *([case.closed] if case.closed else []))]
    lines = store.ledgers.lines_of(desk, [one.id.hex() for one in records])
    said = {str(line["id"]): cast("Mapping[str, str]", line.get("text") or {}) for line in lines}
    texts = {one.index: said.get(one.id.hex(), {}) for one in records}
    return [Told(one, texts) for one in sorted(found, key=lambda one: (one.closed is not None, -one.opened.index))]
