"""Erasing texts leaves the id, and so every proof, as it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from meterward.core.base.problem import Code
from meterward.core.records.erase import erase_texts
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.story import Teller

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

NORTHLIGHT = Teller("northlight", ["electricity"])


def _element() -> dict[str, Json]:
    facts = {"categories": ["network"], "operator": "outside", "power": "limited", "in_service": "2013-03-04"}
    text = {"description": "The carrier's network.", "limit": "The carrier decides on its changes."}
    record = {
        "kind": "element.declared",
        "on": date(2013, 3, 4),
        "subject": "element/wan",
        "facts": facts,
        "text": text,
    }
    (line,) = NORTHLIGHT.tell([record])
    return line


def _id(line: dict[str, Json]) -> str:
    sealed = read_object(line)
    assert isinstance(sealed, Sealed), sealed
    return sealed.statement.digest().hex()


def test_all_texts_go_and_the_id_stays() -> None:
    line = _element()
    erased = erase_texts(line)
    assert isinstance(erased, dict)
    assert erased["text"] == {}
    assert _id(erased) == line["id"]


def test_one_text_goes_and_the_other_can_still_be_read() -> None:
    line = _element()
    erased = erase_texts(line, ["limit"])
    assert isinstance(erased, dict)
    assert erased["text"] == {"description": "The carrier's network."}
    assert _id(erased) == line["id"]


def test_the_salt_of_the_part_goes_with_the_text() -> None:
    line = _element()
    erased = erase_texts(line, ["limit"])
    assert isinstance(erased, dict)
    assert isinstance(line["salts"], dict)
    assert str(line["salts"]["text"]) not in str(erased)


def test_erasing_twice_is_erasing_once() -> None:
    once = erase_texts(_element())
    assert isinstance(once, dict)
    assert erase_texts(once) == once


def test_another_digest_in_its_place_is_another_record() -> None:
    line = _element()
    erased = erase_texts(line)
    assert isinstance(erased, dict)
    assert isinstance(erased["erased"], dict)
    erased["erased"]["limit"] = "0" * 64
    assert _id(erased) != line["id"]


def test_a_line_that_does_not_fit_is_refused() -> None:
    line = _element()
    line["facts"] = {}
    problems = erase_texts(line)
    assert isinstance(problems, list)
    assert {problem.code for problem in problems} == {Code.FIELD_MISSING}
