"""`meterward law`: what a pack says, and its worked cases."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import pytest

from meterward import wiring
from meterward.cli.exits import Exit
from meterward.core.obligations.law import Pack

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders.terminal import Said


@pytest.fixture
def pack() -> Pack:
    """The law pack."""
    found = wiring.load_pack(wiring.DEFAULT_PACK)
    assert isinstance(found, Pack)
    return found


def test_a_pack_is_shown_whole(ask: Callable[..., Said], pack: Pack) -> None:
    said = ask("law", "show")
    assert said.exit == Exit.IN_ORDER
    for title in (*(one.title for one in pack.provisions), *(one.title for one in pack.duties)):
        assert title in said.words
    for parameter in pack.parameters:
        assert f"{parameter.name} {parameter.says}" in said.words
    for name in (*pack.reference.states, *pack.reference.questions, *pack.reference.editions, *pack.reference.schemes):
        assert f"  {name} " in said.out
    assert ask("law", "show", pack.name).out == said.out


def test_clauses_come_in_the_order_of_the_text(ask: Callable[..., Said]) -> None:
    out = ask("law", "show").out
    places = [out.index(f"\n  {clause} ") for clause in ("Z.7(a)", "Z.8", "Z.9", "Z.10(a)", "Z.16(b)", "Z.17", "Z.20")]
    assert places == sorted(places)


def test_a_clause_is_shown_with_its_readings(ask: Callable[..., Said], pack: Pack) -> None:
    said = ask("law", "show", "Z.14(b)")
    duty = pack.duty("Z.14(b)")
    assert duty
    assert duty.says in said.words
    for reading in duty.readings:
        assert f"{reading.id} {reading.says}" in said.words
    assert "Readings, the default first" in said.out
    assert "Reads acts: audit.reported" in said.words


def test_a_clause_that_is_not_scored_says_what_it_shapes(ask: Callable[..., Said]) -> None:
    assert "Shapes Z.17(c), Z.17(d), Z.19" in ask("law", "show", "Z.17").words


def test_law_as_json(ask: Callable[..., Said], pack: Pack) -> None:
    whole = ask("law", "show", "--format", "json").json
    assert (whole["format"], whole["digest"]) == ("meterward.law/1", pack.digest)
    assert [duty["id"] for duty in whole["duties"]] == [duty.id for duty in pack.duties]
    (duty,) = ask("law", "show", "Z.11", "--format", "json").json["duties"]
    assert duty["due"] == {"count": 30, "parameter": None, "source": "product", "unit": "days"}


@pytest.mark.parametrize("words", [["show", "Z.33"], ["cases", "--clause", "Z.33"]])
def test_a_clause_that_is_not_there_is_misuse(words: list[str], ask: Callable[..., Said]) -> None:
    said = ask("law", *words)
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert "[clause.unknown]" in said.complaint


def test_a_pack_that_is_not_there_is_misuse(ask: Callable[..., Said]) -> None:
    assert ask("law", "cases", "condition_q").exit == Exit.USAGE
    assert "[pack.unknown]" in ask("law", "show", "--law", "condition_q").complaint


def test_cases_run_and_say_what_they_show(ask: Callable[..., Said]) -> None:
    said = ask("law", "cases", "--clause", "Z.14")
    assert said.exit == Exit.IN_ORDER
    assert "z14-worked" in said.out
    assert "Three audits, and five ways to count years" in said.words
    assert "all came out as expected." in said.out
    as_json = ask("law", "cases", "--clause", "Z.14", "--format", "json").json
    assert {case["passed"] for case in as_json["cases"]} == {True}


def test_a_case_that_comes_out_otherwise_is_1(ask: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    source = copy.deepcopy(dict(wiring.load_cases(wiring.DEFAULT_PACK)))
    worked = next(case for case in source["case"] if case["id"] == "z14-worked")
    worked["expect"][0]["status"] = "ceased"
    monkeypatch.setattr(wiring, "load_cases", lambda _: source)
    said = ask("law", "cases", "--clause", "Z.14")
    assert said.exit == Exit.OPEN
    assert "✕  Z.14" in said.out
    assert "pending, not ceased" in said.words
    assert "1 came out otherwise." in said.out
    failed = [case for case in ask("law", "cases", "--format", "json").json["cases"] if not case["passed"]]
    assert [case["id"] for case in failed] == ["z14-worked"]
