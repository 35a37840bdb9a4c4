"""Requests for what is missing: each names a kind, a subject and facts that fit, so that a form can open with them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from meterward.core.facts.request import Request
from meterward.core.obligations.position import duty_position
from meterward.core.records.kinds import all_kinds
from meterward.law import pack as packs
from meterward.usecases.check_cases import Case, cases_of, lines_of
from meterward.usecases.evaluate_position import dossiers_of
from meterward.usecases.read_ledger import read_ledger
from tests.builders.stories import PACK, the_pack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.core.obligations.position import DutyPosition

KINDS = {
    "action.completed",
    "action.planned",
    "assessment.completed",
    "audit.reported",
    "auditor.recognised",
    "direction.answered",
    "element.declared",
    "evidence.produced",
    "judgement.made",
    "management.considered",
    "management.informed",
    "need.determined",
    "policy.issued",
    "policy.reviewed",
    "recommendation.decided",
    "risk.treated",
    "role.appointed",
    "standard.assessed",
    "state.evidenced",
}
"""What the worked cases ask for."""
FOUND = {"outcome", "strength", "answer", "grounds", "whole", "members", "effective", "complete", "option", "decision"}
"""What the author of a record found or decided, which no request fills in."""
NIL = ("decision", "nothing_to_decide")
"""The one decision that is possible where nothing is recommended."""


class Made(NamedTuple):
    """A request, in which case it was made, and the ids of that case's records."""

    request: Request
    case: str
    ids: frozenset[bytes]


@cache
def every_request() -> tuple[Made, ...]:
    """What is missing in the worked cases, on the days for which they expect something."""
    source = packs.cases(PACK)
    return tuple(made for case in cases_of(source) for made in _of_case(source, case))


def _of_case(source: Mapping[str, Any], case: Case) -> Iterator[Made]:
    loaded = read_ledger(lines_of(source, case))
    licences = dossiers_of(loaded.licensee, loaded.records, None, case.parameters)
    assert isinstance(licences, list)
    evaluation, ids = licences[0].evaluate(the_pack()), frozenset(record.id for record in loaded.records)
    for day in sorted({day for one in case.expect for day in (one.get("on"), one.get("to")) if day}):
        for result in evaluation.duties:
            found = dict.fromkeys(requests_of(duty_position(evaluation, result, day)))
            yield from (Made(request, case.id, ids) for request in found)


def requests_of(stands: DutyPosition) -> Iterator[Request]:
    """What is missing of a duty under any of its readings."""
    nodes = (node for reading in stands.readings for top in reading.nodes for node in top.walk())
    yield from (node.missing for node in nodes if node.missing)


def faults(made: Made) -> Iterator[str]:
    """What of a request fits no form."""
    request, kind = made.request, all_kinds()[made.request.kind]
    space = request.subject.partition("/")[0]
    if request.subject and space not in (kind.introduces, *kind.about):
        yield f"{request.subject} is no subject of {kind.name}"
    if kind.introduces and request.subject and not request.links.corrects and "/" not in request.subject:
        yield f"{request.subject} is no new subject"
    facts: dict[str, Any] = {name: list(value) if isinstance(value, tuple) else value for name, value in request.facts}
    yield from (f"{name} is for the author" for name in facts.keys() & FOUND if (name, facts[name]) != NIL)
    try:
        kind.read({**kind.example, **facts})
    except ValueError as error:
        yield f"{request.kind} does not read with {facts}: {error}"
    targets = [target for target in request.links if target]
    if len(targets) > 1 or not set(targets) <= made.ids:
        yield f"it acts on {[target.hex() for target in targets]}"


def test_the_worked_cases_ask_for_records_of_these_kinds() -> None:
    assert {made.request.kind for made in every_request()} == KINDS


def test_every_request_fits_the_form_of_its_kind() -> None:
    assert sorted({f"{made.case}: {fault}" for made in every_request() for fault in faults(made)}) == []


def test_every_request_says_what_is_asked() -> None:
    assert [made for made in every_request() if not made.request.words.strip() or ": " in made.request.words] == []


ABOUT = {"state.evidenced", "judgement.made", "direction.answered", "recommendation.decided", "risk.treated"}


@pytest.mark.parametrize("kind", sorted(ABOUT))
def test_what_is_looked_up_by_more_than_its_subject_is_asked_for_with_that(kind: str) -> None:
    asked = [made.request for made in every_request() if made.request.kind == kind]
    assert asked
    assert [request for request in asked if not (request.subject and request.facts)] == []


@pytest.mark.parametrize(
    ("facts", "of"),
    [(("of", "part"), "action.planned"), (("concern",), "need.determined"), (("role",), "role.appointed")],
)
def test_what_introduces_its_subject_is_asked_for_by_its_facts(facts: tuple[str, ...], of: str) -> None:
    asked = [made.request for made in every_request() if made.request.kind == of]
    assert [request for request in asked if request.subject or not set(facts) <= dict(request.facts).keys()] == []
