"""What facts and duties ask records for, found by watching them read a ledger in which everything occurs once."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from meterward.core.facts.ask import Ask
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.obligations.evaluate import Basis, evaluate
from meterward.core.obligations.registry import FACTS
from meterward.core.records.kinds import all_kinds, judgement_made, state_evidenced
from meterward.core.records.story import Teller
from meterward.usecases.read_ledger import read_ledger
from tests.builders.risk_acts import context

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from meterward.core.obligations.law import Duty, Pack
    from meterward.core.records.kind import F, Kind
    from meterward.core.records.record import Record

T = TypeVar("T")
LICENSEE, LICENCE = "northlight", "electricity"

STATEMENT, REQUIREMENT = "S1", "refrain-1"
BY_NAME = {
    STATEMENT: "the statement, by its name in the policy",
    REQUIREMENT: "the requirement, by its name in the direction",
}
"""Sides of a subject that have a name of their own in each ledger."""

_STORY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("ledger.opened", "", {"clock": "simulated", "purpose": "test"}),
    ("licence.held", f"licence/{LICENCE}", {"fuel": "electricity", "held_from": "2010-01-01"}),
    ("date.determined", "licensee", {"event": "commencement", "day": "2013-03-04", "instrument": "notice"}),
    (
        "element.declared",
        "element/within",
        {
            "categories": ["network", "process"],
            "operator": "licensee",
            "power": "within",
            "in_service": "2013-03-04",
        },
    ),
    (
        "element.declared",
        "element/limited",
        {"categories": ["network"], "operator": "outside", "power": "limited", "in_service": "2013-03-04"},
    ),
    (
        "assessment.completed",
        "assessment/1",
        {"scope": ["network", "process"], "risks": 2, "above_appetite": ["R-1"]},
    ),
    ("context.established", "context/1", context(2)),
    ("risk.identified", "risk/R-2", {"label": "A risk", "consequences": ["supply"]}),
    (
        "risk.estimated",
        "risk/R-2",
        {
            "state": "current",
            "context": "context/1",
            "likelihood": 3,
            "consequences": [{"consequence": "supply", "level": 3}],
        },
    ),
    (
        "measure.planned",
        "measure/1",
        {
            "label": "A measure",
            "option": "modify",
            "effects": [{"risk": "risk/R-2", "likelihood": 1}],
            "due": "2014-03-04",
        },
    ),
    (
        "policy.issued",
        "policy/1",
        {"effective": "2013-03-04", "assessment": "assessment/1", "statements": [STATEMENT]},
    ),
    (
        "auditor.recognised",
        "recognition/1",
        {"organisation": "auditor-a", "scheme": "equivalent", "valid_from": "2013-01-01"},
    ),
    ("audit.engaged", "audit/1", {"organisation": "auditor-a", "independence": "not_declared"}),
    (
        "audit.reported",
        "audit/1",
        {
            "author": "auditor-a",
            "addressee": LICENSEE,
            "status": "final",
            "fieldwork_start": "on",
            "fieldwork_end": "on",
            "coverage": ["Z.4"],
            "recommendations": ["rec-1"],
        },
    ),
    ("document.received", "audit/1", {"by": "post"}),
    ("management.informed", "audit/1", {"members": ["p-04"], "whole": True}),
    ("management.considered", "audit/1", {"members": ["p-04"], "whole": True}),
    ("management.considered", "policy/1", {"members": ["p-04"], "whole": True}),
    ("recommendation.decided", "audit/1", {"decision": "accept", "recommendation": "rec-1"}),
    ("action.planned", "action/1", {"of": "audit/1", "part": "rec-1", "due": "on+1m", "owner": "security_manager"}),
    (
        "standard.assessed",
        "conformity/1",
        {
            "standard": "iso27001",
            "edition": "2005",
            "scope": ["network", "process"],
            "requirements": 133,
            "gaps": ["G-1"],
            "strength": "evidenced",
        },
    ),
    ("action.planned", "action/2", {"of": "conformity/1", "part": "G-1", "due": "on+1m", "owner": "security_manager"}),
    ("need.determined", "need/1", {"concern": "resource"}),
    ("need.determined", "need/2", {"concern": "site"}),
    ("incident.recorded", "incident/1", {"detected": "on", "severity": "low"}),
    ("evidence.requested", "request/1", {"by": ["authority"]}),
    (
        "direction.issued",
        "direction/1",
        {
            "issuers": ["authority"],
            "addressees": [LICENSEE],
            "purposes": ["mitigate"],
            "requirements": [
                {"name": "step-1", "act": "do"},
                {"name": REQUIREMENT, "act": "refrain"},
                {"name": "report-1", "act": "report"},
                {"name": "evidence-1", "act": "produce"},
            ],
        },
    ),
    ("document.received", "direction/1", {"by": "post"}),
)


class Asked(NamedTuple):
    """One thing that records are asked for: a state or a question, of a subject, under an aspect (empty for none)."""

    kind: str
    name: str
    subject: str
    aspect: str


@dataclass(slots=True)
class Watching(Reader):
    """A reader that notes what it was asked for, and keeps nothing, so that it is asked each time."""

    kinds: set[str] = field(default_factory=set)
    cells: set[Asked] = field(default_factory=set)

    def all(self, kind: Kind[F]) -> tuple[Record[F], ...]:
        self.kinds.add(kind.name)
        return Reader.all(self, kind)

    def of(self, kind: Kind[F], *key: str) -> tuple[Record[F], ...]:
        self._note(kind, key)
        return Reader.of(self, kind, *key)

    def nothing(self, kind: Kind[Any], keys: Iterable[tuple[str, ...]]) -> bool:
        there = list(keys)
        for key in there:
            self._note(kind, key)
        return Reader.nothing(self, kind, there)

    def _note(self, kind: Kind[Any], key: tuple[str, ...]) -> None:
        self.kinds.add(kind.name)
        if kind.name in (state_evidenced.KIND.name, judgement_made.KIND.name):
            name, subject, aspect = key
            self.cells.add(Asked(kind.name, name, subject.partition("/")[0], aspect))

    def keep(self, _: Hashable, compute: Callable[[], T]) -> T:
        return compute()


def asked(pack: Pack, duty: Duty) -> tuple[set[str], set[Asked]]:
    """The kinds that a duty reads, and the states and questions that it asks for, under any reading and parameter."""
    reader = Watching(index_of_story())
    for name in duty.facts:
        for ask in _asks(pack, duty):
            told = FACTS[name].tell(reader, ask)
            for act in told.acts:
                act.counts.timeline.at(ask.commencement)
    return reader.kinds, reader.cells


def kinds_of_fact(pack: Pack, fact: str) -> set[str]:
    """The kinds that a fact is folded from, as the duties that name it ask for it."""
    reader = Watching(index_of_story())
    for duty in pack.duties:
        if fact in duty.facts:
            for ask in _asks(pack, duty):
                FACTS[fact].tell(reader, ask)
    return reader.kinds


def _asks(pack: Pack, duty: Duty) -> Iterator[Ask]:
    evaluation = evaluate(pack, Reader(index_of_story()), Basis(LICENSEE, LICENCE, "electricity", {}))
    regime = evaluation.regimes[-1]
    assert regime.commencement, "the story tells of commencement"
    for reading in duty.readings:
        for parameters in _parameters(pack, duty, regime.parameters):
            yield _ask(pack, parameters, regime.commencement, reading.settings)


def _parameters(pack: Pack, duty: Duty, adopted: Mapping[str, str]) -> Iterator[Mapping[str, str]]:
    yield adopted
    for parameter in pack.parameters:
        if parameter.name in duty.parameters:
            yield from ({**adopted, parameter.name: value} for value in parameter.values)


def _ask(pack: Pack, parameters: Mapping[str, str], commencement: date, settings: Mapping[str, str]) -> Ask:
    return Ask(LICENSEE, parameters, commencement, pack.reference, pack.working_days, settings)


@cache
def index_of_story() -> Index:
    """The records of the story."""
    told = Teller(LICENSEE, [LICENCE]).tell(_records())
    loaded = read_ledger([json.dumps(line).encode() for line in told])
    assert not loaded.problems, loaded.problems
    index = Index(LICENCE)
    for record in loaded.records:
        index.append(record)
    return index


def _records() -> Sequence[dict[str, Any]]:
    records = []
    for place, (kind, subject, facts) in enumerate(_STORY):
        texts = dict.fromkeys(all_kinds()[kind].text, "In a few words.")
        record: dict[str, Any] = {"kind": kind, "on": f"2013-03-{place + 1:02d}", "facts": facts, "text": texts}
        records.append({**record, "subject": subject} if subject else record)
    return records
