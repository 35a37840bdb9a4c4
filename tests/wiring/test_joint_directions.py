"""A joint direction is issued, and corrected, as both agreed to it: facts, words and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.adapters.salts import fresh_salt
from meterward.core.records.keeper import Keeper
from meterward.wiring.appending import append
from meterward.wiring.installed import installation
from tests.builders.parties import entered, last_of, line

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

pytestmark = pytest.mark.usefixtures("example_store")
DRAFT, DIRECTION = "draft/department-1", "direction/department-1"
ISSUERS = ("secretary_of_state", "authority")
FACTS: dict[str, Json] = {
    "issuers": [*ISSUERS],
    "addressees": ["northlight"],
    "purposes": ["mitigate"],
    "requirements": [{"name": "step-1", "act": "do", "due": "2099-12-31"}],
}
MADE: dict[str, Json] = {**FACTS, "draft": DRAFT}
BODY: dict[str, Json] = {"text": {"direction": "Renew the keys."}, "files": {"order.pdf": "ab" * 32}}
OTHER_WORDS: dict[str, Json] = {"text": {"direction": "Renew no keys."}}


def says(kind: str, facts: dict[str, Json], subject: str, **link: str) -> dict[str, Json]:
    """What the department says of the direction; nobody issues what they drafted."""
    said: dict[str, Any] = line(kind, Keeper.DEPARTMENT, "department", facts, subject=subject, **link)
    said["statement"]["actor"]["person"] = "p-32" if kind == "direction.drafted" else "p-42"
    return {**said, **BODY, "salts": {"facts": fresh_salt(), "text": fresh_salt()}}


def agree() -> None:
    """The Authority agrees to the last version of the draft."""
    *_, version = installation().ledgers.records_of("authority", ("direction.drafted",))
    said: dict[str, Json] = {"version": version.id.hex(), "decision": "agreed", "issuers": [*ISSUERS]}
    entered(append("authority", [line("direction.agreed", Keeper.AUTHORITY, "authority", said, subject=DRAFT)]))


def refused(one: dict[str, Json]) -> list[str]:
    """Where something is wrong with what the department would say."""
    found = append("department", [one])
    assert isinstance(found, list)
    return [problem.field for problem in found]


@pytest.fixture
def issued() -> dict[str, Json]:
    """A direction as it stands in a draft that both agreed to; not issued yet."""
    entered(append("department", [says("direction.drafted", FACTS, DRAFT)]))
    one = says("direction.issued", MADE, DIRECTION)
    assert refused(one) == ["facts.issuers"]
    agree()
    return one


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"facts": {**MADE, "purposes": ["remedy"]}}, "facts.purposes"),
        (OTHER_WORDS, "text.direction"),
        ({"files": {"order.pdf": "cd" * 32}}, "files.order.pdf"),
    ],
)
def test_what_was_agreed_to_otherwise_is_not_issued(
    issued: dict[str, Json], change: dict[str, Json], field: str
) -> None:
    assert refused({**issued, **change}) == [field]
    entered(append("department", [issued]))
    heads = {one.ledger for one in installation().ledgers.places([last_of("northlight")])}
    assert heads == {"authority", "department", "northlight"}


def test_a_correction_takes_the_agreement_of_both_too(issued: dict[str, Json]) -> None:
    entered(append("department", [issued]))
    first = last_of("northlight")
    alone: dict[str, Json] = {"issuers": [ISSUERS[0]]}
    for facts in (FACTS, {**MADE, **alone}, {**FACTS, **alone}):
        assert refused(says("direction.issued", facts, DIRECTION, corrects=first))[-1] == "facts.issuers"
    corrected = {**says("direction.issued", MADE, DIRECTION, corrects=first), **OTHER_WORDS}
    assert refused(corrected) == ["text.direction"]
    (version,) = installation().ledgers.records_of("department", ("direction.drafted",))
    anew = says("direction.drafted", FACTS, DRAFT, replaces=version.id.hex())
    entered(append("department", [{**anew, **OTHER_WORDS}]))
    assert refused(corrected) == ["facts.issuers"]
    agree()
    entered(append("department", [corrected]))
