"""What a line may say of erased texts, of salts and of its id: nothing that its commitments do not bear out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.problem import Code
from meterward.core.records.line import read_object
from meterward.core.records.story import Teller

if TYPE_CHECKING:
    from meterward.core.records.statement import Statement

TEXTS = {"direction": "Do it.", "reasons": "A risk is known."}
FACTS = {"issuers": ["authority"], "addressees": ["northlight"], "purposes": ["mitigate"], "requirements": []}


@pytest.fixture
def line() -> dict[str, Any]:
    """A line with two texts."""
    teller = Teller("northlight", ["electricity"])
    record = {"kind": "direction.issued", "on": "2013-06-01", "subject": "direction/1", "facts": FACTS, "text": TEXTS}
    return dict(teller.tell([record])[0])


def statement(line: dict[str, Any]) -> Statement:
    """The statement of a line that fits."""
    sealed = read_object(line)
    assert not isinstance(sealed, list), sealed
    return sealed.statement


def salts(line: dict[str, Any], *names: str) -> dict[str, Any]:
    """The line's salts, with those of some texts given singly."""
    single = statement(line).text.single_salts()
    return {"facts": line["salts"]["facts"], "text": {name: single[name].hex() for name in names}}


def digests(line: dict[str, Any], *names: str) -> dict[str, str]:
    """The commitments to some texts."""
    return {name: digest.hex() for name, digest in statement(line).text.erase(names).erased.items()}


def identity(line: dict[str, Any]) -> str:
    """The id that a line comes to."""
    return statement(line).digest().hex()


def problems(line: dict[str, Any]) -> list[tuple[Code, str]]:
    """What is wrong with a line: code and field."""
    found = read_object(line)
    assert isinstance(found, list), "it was read as if nothing were wrong"
    return [(problem.code, problem.field) for problem in found]


def test_an_erased_text_leaves_the_id(line: dict[str, Any]) -> None:
    gone = {"erased": digests(line, "reasons"), "text": {"direction": TEXTS["direction"]}}
    assert identity({**line, **gone, "salts": salts(line, "direction")}) == line["id"]
    every = {"erased": digests(line, *TEXTS), "text": {}, "salts": {"facts": line["salts"]["facts"]}}
    assert identity({**line, **every}) == line["id"]


def test_a_text_beside_its_own_digest_is_refused(line: dict[str, Any]) -> None:
    both = {"erased": digests(line, "reasons"), "text": {**TEXTS, "reasons": "Something else."}}
    assert problems({**line, **both, "salts": salts(line, *TEXTS)}) == [(Code.FIELD_VALUE, "erased.reasons")]


def test_the_salt_of_a_part_is_refused_once_a_text_is_erased(line: dict[str, Any]) -> None:
    gone = {"erased": digests(line, "reasons"), "text": {"direction": TEXTS["direction"]}}
    assert problems({**line, **gone}) == [(Code.FIELD_VALUE, "salts.text")]


def test_a_salt_of_nothing_is_refused(line: dict[str, Any]) -> None:
    assert problems({**line, "salts": {**line["salts"], "files": "00" * 16}}) == [(Code.FIELD_UNKNOWN, "salts.files")]


@pytest.mark.parametrize("claimed", [5, None, ["0" * 64]])
def test_an_id_that_is_no_text_is_refused(line: dict[str, Any], claimed: object) -> None:
    assert problems({**line, "id": claimed}) == [(Code.FIELD_TYPE, "id")]
