"""What is issued jointly beside the draft that was agreed to: unchanged, and with a fact, a word or a file changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.assurance.agreeing import Said, departures
from meterward.core.records.kinds import direction_drafted, direction_issued

if TYPE_CHECKING:
    from collections.abc import Mapping

FACTS: dict[str, Any] = {
    "issuers": ["secretary_of_state", "authority"],
    "addressees": ["northlight"],
    "purposes": ["mitigate"],
    "requirements": [{"name": "step-1", "act": "do", "due": "2014-06-30"}],
    "evidence": ["request/1"],
    "grounds": ["consumer_protection"],
}
BODY: dict[str, Any] = {
    "text": {"direction": "Renew the keys.\n\nAll of them.", "reasons": "They are old."},
    "files": {"order.pdf": "ab" * 32},
}
DRAFT = Said(direction_drafted.KIND.read(FACTS), BODY)


def issued(facts: Mapping[str, Any], **body: object) -> list[str]:
    """Where what is issued is not as in the draft."""
    made = direction_issued.KIND.read({**FACTS, "draft": "draft/1", **facts})
    line: dict[str, Any] = {**BODY, **body}
    return [one.field for one in departures(DRAFT, Said(made, line))]


def texts(**changed: str) -> dict[str, str]:
    return {**BODY["text"], **changed}


@pytest.mark.parametrize(
    ("facts", "body", "fields"),
    [
        ({}, {}, []),
        ({}, {"text": texts(direction="Renew the keys.\r\n\r\nAll of them.\r\n")}, []),
        ({"purposes": ["remedy"]}, {}, ["facts.purposes"]),
        ({"evidence": []}, {}, ["facts.evidence"]),
        ({"requirements": [{"name": "step-1", "act": "do", "due": "2014-07-01"}]}, {}, ["facts.requirements"]),
        ({}, {"text": texts(direction="Renew the keys.\n\nMost of them.")}, ["text.direction"]),
        ({}, {"text": texts(direction="Renew the keys. All of them.")}, ["text.direction"]),
        ({}, {"text": {"direction": BODY["text"]["direction"]}}, ["text.reasons"]),
        ({}, {"text": {"direction": BODY["text"]["direction"]}, "erased": {"reasons": "cd" * 32}}, ["text.reasons"]),
        ({}, {"files": {"order.pdf": "cd" * 32}}, ["files.order.pdf"]),
        ({}, {"files": {}}, ["files.order.pdf"]),
        ({}, {"files": {**BODY["files"], "annex.pdf": "cd" * 32}}, ["files.annex.pdf"]),
        (
            {"grounds": []},
            {"text": texts(reasons="None."), "files": {"other.pdf": "ab" * 32}},
            ["facts.grounds", "text.reasons", "files.order.pdf", "files.other.pdf"],
        ),
    ],
)
def test_each_thing_that_was_agreed_otherwise_is_named(
    facts: dict[str, Any], body: dict[str, Any], fields: list[str]
) -> None:
    assert issued(facts, **body) == fields


def test_what_is_erased_in_the_draft_cannot_be_compared_whatever_is_issued() -> None:
    erased = {**BODY, "text": {"direction": BODY["text"]["direction"]}, "erased": {"reasons": "cd" * 32}}
    made = Said(direction_issued.KIND.read(FACTS), BODY)
    (problem,) = departures(DRAFT._replace(line=erased), made)
    assert problem.field == "text.reasons"
    assert "was erased" in problem.message
