"""Conformity with ISO 27001: a gap assessment against an edition that is accepted, and an action for each gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.days import NEVER, after, plural, stretches
from meterward.core.facts.asked import Asked
from meterward.core.facts.combine import Member, all_of, switch
from meterward.core.facts.evidence import judged
from meterward.core.facts.fact import Fact, Judged, Told
from meterward.core.facts.node import Outcome
from meterward.core.facts.remark import Reason, Remark
from meterward.core.facts.request import Request, request
from meterward.core.facts.state import Finding, State, known, state_of
from meterward.core.records.kinds import action_completed, action_planned, standard_assessed
from meterward.core.records.terms import LICENSEE
from meterward.core.system.elements import scope_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.standard_assessed import StandardAssessed
    from meterward.core.records.record import Record

_STANDARD = {"standard": "iso27001"}
_MISSING = request(standard_assessed.KIND, "a gap assessment against an accepted edition, with proof", facts=_STANDARD)
_NOT_KNOWN = Remark(Reason.UNKNOWN_EDITION, "The law pack does not know this edition.")
_NONE = known("a gap assessment", Outcome.UNKNOWN, missing=_MISSING)


def conformity(read: Reader, ask: Ask) -> Told:
    """By parameter: able to comply (each gap has an action in time), or complying (there is no gap)."""
    comply = ask.parameters["z8_strength"] == "comply"
    shown = [record for record in read.all(standard_assessed.KIND) if record.facts.strength != "claimed"]
    members = [
        Member(_assessed(read, ask, record, comply=comply), first, until)
        for record, (first, until) in zip(shown, stretches(record.occurred for record in shown), strict=True)
        if first < until
    ]
    state = switch("the latest gap assessment", members, _NONE)
    steps = () if comply else (Judged(judged(read, ask, "reasonable_steps_taken", LICENSEE)),)
    return Told(states=(Member(state),), judgements=steps)


def _assessed(read: Reader, ask: Ask, record: Record[StandardAssessed], *, comply: bool) -> State:
    lacking = [category for category in scope_of(ask.reading["scope"]) if category not in record.facts.scope]
    conditions = [_edition(ask, record), _scope(record, lacking)]
    if comply:
        conditions.append(_no_gap(record))
    else:
        conditions.extend(_gap(read, record.subject, gap) for gap in record.facts.gaps)
    return all_of(f"{record.subject}, ISO 27001:{record.facts.edition}", [Member(one) for one in conditions], None)


def _edition(ask: Ask, record: Record[StandardAssessed]) -> State:
    period = ask.reference.editions.get(record.facts.edition)
    label = f"edition {record.facts.edition} is accepted"
    if period is None:
        return known(label, Outcome.UNKNOWN, _NOT_KNOWN, _MISSING)
    first = max(period.first, record.occurred)
    return state_of(label, [Finding(record, first, after(period.last))], _MISSING)


def _scope(record: Record[StandardAssessed], lacking: Sequence[str]) -> State:
    label = "the assessment covers the system"
    findings = [] if lacking else [Finding(record, record.occurred, NEVER)]
    return state_of(label, findings, _another(f"also of {', '.join(lacking)}") if lacking else None)


def _no_gap(record: Record[StandardAssessed]) -> State:
    gaps = len(record.facts.gaps)
    asked = plural(record.facts.requirements, "requirement")
    label = f"{plural(gaps, 'gap')} in {asked}" if gaps else f"no gap in {asked}"
    return state_of(label, [Finding(record, record.occurred, NEVER, holds=not gaps)], _another("without a gap"))


def _another(words: str) -> Request:
    return request(standard_assessed.KIND, words, facts=_STANDARD)


def _gap(read: Reader, subject: str, gap: str) -> State:
    findings = sorted(_actions(read, subject, gap), key=lambda finding: finding.record.order)
    words = f"for gap {gap} of {subject}, with a day still to come; or action.completed, once one is planned"
    missing = request(action_planned.KIND, words, facts={"of": subject, "part": gap})
    return state_of(f"gap {gap} has an action in time, or is closed", findings, missing)


def _actions(read: Reader, subject: str, gap: str) -> Iterator[Finding]:
    for planned in read.of(action_planned.KIND, subject, gap):
        yield Finding(planned, planned.occurred, min(read.until(planned), after(planned.facts.due)))
        for done in read.of(action_completed.KIND, planned.subject):
            yield Finding(done, max(done.occurred, planned.occurred), NEVER)


ASKED = (Asked("reasonable_steps_taken", (LICENSEE,)),)

FACTS = (
    Fact(
        "conformity",
        "How far the licensee conforms to ISO 27001, by its latest gap assessment, and what it does about each gap.",
        conformity,
        asks=("scope",),
    ),
)
