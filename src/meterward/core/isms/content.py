"""What each version of the policy rests on, says and provides for, traced to what shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.days import NEVER, add_months, in_words
from meterward.core.facts.asked import Asked, under
from meterward.core.facts.combine import Member, all_of
from meterward.core.facts.evidence import evidenced, judged
from meterward.core.facts.fact import Fact, Told
from meterward.core.facts.node import Outcome
from meterward.core.facts.request import Request, request
from meterward.core.facts.state import Finding, State, known, state_of, with_attention
from meterward.core.facts.version import Item
from meterward.core.isms.versions import versions
from meterward.core.records.kinds import assessment_completed, policy_issued
from meterward.core.records.record import Links, Record
from meterward.core.records.terms import LICENSEE, SYSTEM
from meterward.core.risk.treatment import assessment, treated
from meterward.core.system.elements import HARMS, scope_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.assessment_completed import AssessmentCompleted
    from meterward.core.records.kinds.policy_issued import PolicyIssued

_TESTS = ("access_needed", "access_authorised")
_SIDES = ("equipment", "data_moving", "data_stored")


def basis(read: Reader, ask: Ask) -> Told:
    """Based on a risk assessment: not later than the version, and of the whole system."""

    def items(policy: Record[PolicyIssued]) -> tuple[Item, ...]:
        found = assessment(read, policy.facts.assessment)
        if found is None or found.occurred > policy.occurred:
            missing = _version(policy, "a version that cites a risk assessment completed on or before its approval")
            return (Item("based on a risk assessment", present=False, traced=_absent(), missing=missing),)
        lacking = [category for category in scope_of(ask.reading["scope"]) if category not in found.facts.scope]
        label = f"based on {found.subject} of {in_words(found.occurred)}"
        if lacking:
            label += f", which leaves out {', '.join(lacking)}"
        words = f"also of {', '.join(lacking)}; then a version based on it"
        missing = request(assessment_completed.KIND, words)
        return (Item(label, not lacking, _aging(ask, found), missing),)

    return Told(versions=versions(read, items))


def manner(read: Reader, ask: Ask) -> Told:
    """Says how the system is operated securely: each category of element in scope, against each harm."""

    def items(policy: Record[PolicyIssued]) -> tuple[Item, ...]:
        wanted = [f"{category}/{harm}" for category in scope_of(ask.reading["scope"]) for harm in HARMS]
        lacking = [cell for cell in wanted if cell not in policy.facts.addresses]
        label = "says how the system is operated against each harm"
        if lacking:
            label += f", but not for {', '.join(lacking)}"
        missing = _version(policy, f"a version that also addresses {', '.join(lacking)}")
        return (Item(label, not lacking, _document(policy), missing),)

    return Told(versions=versions(read, items))


def provision(name: str, shown: Callable[[Reader, Ask, Record[PolicyIssued]], Iterator[State]]) -> Fact:
    """A fact for one of the provisions that the policy must make, with what shows that it operates."""
    words = name.replace("_", " ")

    def tell(read: Reader, ask: Ask) -> Told:
        def items(policy: Record[PolicyIssued]) -> tuple[Item, ...]:
            states = [*shown(read, ask, policy), judged(read, ask, "provision_appropriate", policy.subject, name)]
            traced = all_of(
                f"the provision for {words} works, and is appropriate", [Member(state) for state in states], None
            )
            present = name in policy.facts.provisions
            missing = _version(policy, f"with provision for {words}")
            return (Item(f"provision for {words}", present, traced, missing),)

        return Told(versions=versions(read, items))

    return Fact(f"provision_{name}", f"The policy's provision for {words}, and what shows that it operates.", tell)


def _risk_treatment(read: Reader, _: Ask, policy: Record[PolicyIssued]) -> Iterator[State]:
    yield treated(read, policy.facts.assessment)


def _access(read: Reader, ask: Ask, _: Record[PolicyIssued]) -> Iterator[State]:
    for test in _TESTS:
        for side in _SIDES:
            yield evidenced(read, ask, test, SYSTEM, side)


def _incidents(read: Reader, ask: Ask, _: Record[PolicyIssued]) -> Iterator[State]:
    yield evidenced(read, ask, "incident_management_exercised", LICENSEE)


def _continuity(read: Reader, ask: Ask, _: Record[PolicyIssued]) -> Iterator[State]:
    yield evidenced(read, ask, "continuity_tested", LICENSEE)


def _absent() -> State:
    return known("absent", Outcome.UNKNOWN)


def _document(policy: Record[PolicyIssued]) -> State:
    findings = [Finding(policy, policy.occurred, NEVER)] if policy.files else []
    words, links = f"{policy.subject} with its document attached", Links(corrects=policy.id)
    missing = request(policy_issued.KIND, words, policy.subject, links=links)
    return state_of("the document is attached", findings, missing)


def _version(policy: Record[PolicyIssued], words: str) -> Request:
    """A request for another version, which takes this one's place."""
    return request(policy_issued.KIND, words, links=Links(replaces=policy.id))


def _aging(ask: Ask, found: Record[AssessmentCompleted]) -> State:
    months = ask.reference.limits["assessment_months"]
    old = add_months(found.occurred, months)

    def attention(day: date) -> tuple[str, ...]:
        return (f"{found.subject} is more than {months} months old",) if day > old else ()

    state = state_of("the assessment stands", [Finding(found, found.occurred, NEVER)], None)
    return with_attention(state, attention)


_PROVISIONS: Mapping[str, Callable[[Reader, Ask, Record[PolicyIssued]], Iterator[State]]] = {
    "risk_treatment": _risk_treatment,
    "access": _access,
    "incidents": _incidents,
    "continuity": _continuity,
}

ASKED = (
    *(Asked(test, (SYSTEM,), under(*_SIDES)) for test in _TESTS),
    Asked("incident_management_exercised", (LICENSEE,)),
    Asked("continuity_tested", (LICENSEE,)),
    Asked("provision_appropriate", ("policy",), under(*_PROVISIONS)),
)

FACTS = (
    Fact("policy_basis", "The risk assessment that each version of the policy is based on.", basis, asks=("scope",)),
    Fact("policy_manner", "What each version says of how the system is operated securely.", manner, asks=("scope",)),
    *(provision(name, shown) for name, shown in _PROVISIONS.items()),
)
