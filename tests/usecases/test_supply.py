"""What is said to be missing, supplied as it was asked for, is missing no more."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from meterward.usecases.evaluate_position import dossiers_of
from meterward.usecases.explain_clause import explain_duty
from tests.builders import brightwater
from tests.usecases.positions import AS_AT, load, pack

if TYPE_CHECKING:
    from meterward.core.facts.request import Request

FOUND: dict[str, dict[str, Any]] = {
    "action.completed": {},
    "direction.answered": {},
    "judgement.made": {"answer": "yes"},
    "management.considered": {"members": ["p-04"], "whole": True},
    "management.informed": {"members": ["p-04"], "whole": True},
    "need.determined": {},
    "state.evidenced": {"outcome": "held", "strength": "evidenced"},
}
"""What the author adds to what a request brings, by kind."""


def requests(told: list[dict[str, Any]]) -> set[Request]:
    """What is missing of the gas licence under the default readings."""
    loaded = load(brightwater.tell(told))
    licences = dossiers_of(loaded.licensee, loaded.records, "gas", {})
    assert isinstance(licences, list)
    position = licences[0].position(pack(), AS_AT, "tests").position
    return {one for duty in position.duties for one in explain_duty(position, duty).readings[0].missing}


@cache
def asked() -> set[Request]:
    """What is missing before anything is supplied."""
    return requests(story())


def story() -> list[dict[str, Any]]:
    """The life of the licensee."""
    return [*brightwater.opening(), *brightwater.policy(), *brightwater.audits(), *brightwater.instruments()]


def supplied(request: Request) -> dict[str, Any]:
    """The record that a request asks for."""
    facts = {name: list(value) if isinstance(value, tuple) else value for name, value in request.facts}
    who: dict[str, Any] = {}
    if request.kind == "judgement.made":
        who["role"] = pack().reference.questions[str(facts["question"])].roles[0]
    subject = request.subject or f"need/{facts['concern']}"
    return brightwater.one(request.kind, AS_AT.isoformat(), subject, facts={**facts, **FOUND[request.kind]}, **who)


@pytest.mark.parametrize("kind", sorted(FOUND))
def test_what_is_supplied_is_missing_no_more(kind: str) -> None:
    wanted = {request for request in asked() if request.kind == kind}
    assert wanted
    left = requests([*story(), *map(supplied, sorted(wanted))])
    assert wanted & left == set()
