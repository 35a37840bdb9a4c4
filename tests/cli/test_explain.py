"""`meterward explain`: five questions in their order, readings in full or in brief, the tree down to the records."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward import wiring
from meterward.cli.exits import Exit
from tests.builders import brightwater
from tests.builders.brightwater import AS_AT_OPTION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.builders.terminal import Said

QUESTIONS = (
    "What does the law ask?",
    "What was found?",
    "What follows?",
    "What is missing?",
    "What would change it?",
)


@pytest.fixture
def why(ask: Callable[..., Said], ledger: Path) -> Callable[..., Said]:
    """The explanation of a clause for the gas licence on the usual day."""
    return lambda clause, *more: ask("explain", clause, ledger, *AS_AT_OPTION, "--licence", "gas", *more)


def reading(said: Said, duty: str, identity: str) -> Any:  # noqa: ANN401 - whatever the JSON holds
    """One reading of one duty in an answer."""
    (explanation,) = said.json["explanations"]
    (found,) = [one for one in explanation["duties"] if one["id"] == duty]
    return next(one for one in found["readings"] if one["id"] == identity)


def nodes(tree: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every step of a tree."""
    for node in tree:
        yield node
        yield from nodes(node["children"])


def test_the_five_questions_come_in_their_order(why: Callable[..., Said]) -> None:
    out = why("Z.9(a)").out
    places = [out.index(question) for question in QUESTIONS]
    assert places == sorted(places)
    assert [out.count(question) for question in QUESTIONS] == [1] * 5


def test_the_tree_goes_down_to_the_records(why: Callable[..., Said]) -> None:
    said = why("Z.14(a)")
    by_id = {line["id"][:12]: line["statement"] for line in brightwater.lines()}
    report = next(short for short, one in by_id.items() if one["kind"] == "audit.reported")
    assert f"{report}  audit.reported audit/2013, 20 August 2013" in said.out
    assert "✓ auditor-a is independent" in said.out


def test_a_late_entry_is_said_beside_its_record(why: Callable[..., Said]) -> None:
    assert "action.planned action/1, 12 September 2013, entered 69 days later" in why("Z.16(b)").words


def test_a_clause_takes_in_its_parts(why: Callable[..., Said]) -> None:
    said = why("Z.14")
    assert "Z.14(a)  First independent security audit" in said.out
    assert "Z.14(b)  An independent security audit each year" in said.out
    assert "Z.1  " not in said.out


def test_a_number_is_not_taken_for_the_beginning_of_another(why: Callable[..., Said]) -> None:
    out = why("Z.1").out
    assert "What the condition is for" in out
    assert "Z.10" not in out


@pytest.mark.parametrize("written", ["Z.9/effect", "z.9/EFFECT"])
def test_a_duty_can_be_named_by_its_id(written: str, why: Callable[..., Said]) -> None:
    said = why(written)
    assert "The policy is given effect to" in said.out
    assert "An information security policy is established" not in said.out


def test_readings_that_agree_are_given_in_brief(why: Callable[..., Said]) -> None:
    said = why("Z.14(a)")
    assert said.out.count("What was found?") == 1
    assert "Other readings, which agree" in said.out
    assert "fieldwork-ended" in said.out


def test_every_reading_is_given_in_full_when_asked(why: Callable[..., Said]) -> None:
    out = why("Z.14(a)", "--all-readings").out
    assert out.count("What was found?") == 3
    assert "Other readings" not in out


def test_readings_that_disagree_are_given_in_full(why: Callable[..., Said]) -> None:
    said = why("Z.14(b)")
    assert said.out.count("What was found?") == 7
    assert "Breached, unless years run from anniversaries of commencement or" in said.words


def test_the_default_is_called_our_interpretation(why: Callable[..., Said]) -> None:
    assert "the default; our interpretation, not the law" in why("Z.14(a)").out


def test_parameters_say_where_they_come_from(why: Callable[..., Said]) -> None:
    assert "z14_first_months = 6 (default)" in why("Z.14(a)").out
    tried = why("Z.14(a)", "--param", "z14_first_months=3")
    assert "z14_first_months = 3 (tried out)" in tried.out
    assert "A hypothesis" in tried.out


def test_a_parameter_says_what_it_does(why: Callable[..., Said]) -> None:
    said = why("Z.8", "--param", "z8_strength=comply")
    assert "z8_strength = comply (tried out). Z.8: reasonable_steps asks for" in said.words
    assert "comply asks for conformity itself, and any gap is a breach." in said.words


def test_the_end_of_a_proof_is_not_called_due(ask: Callable[..., Said], tmp_path: Path) -> None:
    ledger = tmp_path / "northlight.jsonl"
    ledger.write_text(wiring.example("northlight", date(2026, 11, 22)), encoding="utf-8")
    out = ask("explain", "Z.4", ledger, "--licence", "gas", "--as-at", "2026-11-22").out
    assert re.search(r"^    On  +\d.* proofs end, such as", out, re.MULTILINE)
    assert re.search(r"^    Later  +\d+ more days on which proofs end$", out, re.MULTILINE)
    assert not re.search(r"^    Due .*proofs? end", out, re.MULTILINE)


def test_what_is_said_twice_is_said_once(ask: Callable[..., Said], tmp_path: Path) -> None:
    ledger = tmp_path / "harbour.jsonl"
    ledger.write_text(wiring.example("harbour-2013", date(2016, 12, 31)), encoding="utf-8")
    out = ask("explain", "Z.15(b)", ledger, "--as-at", "2014-08-25").out
    losing = [line for line in out.splitlines() if line.startswith("    Without")]
    assert losing
    assert len(losing) == len(set(losing))


def test_a_title_that_needs_two_lines_indents_the_second(
    why: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    assert "\n  since 21 August 2014\n" in why("Z.14(b)").out


def test_an_adopted_parameter_says_so(ask: Callable[..., Said], tmp_path: Path) -> None:
    settings = {"pack": "condition_z_2012", "pack_version": 1}
    adopted = {**settings, "parameters": [{"name": "z14_first_months", "value": "9"}]}
    story = [*brightwater.opening(), brightwater.one("pack.adopted", "2013-02-01", "licensee", facts=adopted)]
    path = brightwater.write(tmp_path / "adopted.jsonl", brightwater.tell(story))
    assert "z14_first_months = 9 (adopted)" in ask("explain", "Z.14(a)", path, *AS_AT_OPTION).out


def test_a_clause_that_is_not_scored_is_explained(why: Callable[..., Said]) -> None:
    said = why("Z.5")
    assert said.exit == Exit.IN_ORDER
    assert said.out.count("not scored") == 3
    assert "Shapes      Z.4, Z.8, Z.9(a), Z.9(b)" in said.out


def test_the_window_says_when_the_rules_bind(why: Callable[..., Said]) -> None:
    words = why("Z.2").words
    assert "every duty" in words
    assert "from 4 March 2013, without an end so far" in words
    assert "date.determined of 20 December 2012" in words


def test_a_roll_up_shows_what_it_rolls_up(why: Callable[..., Said]) -> None:
    words = why("Z.7(a)").words
    assert "⇄ Z.14(b) An independent security audit each year" in words
    assert "lack, as explained there" in words


def test_what_is_missing_names_the_record(why: Callable[..., Said]) -> None:
    words = why("Z.4").words
    assert (
        "state.evidenced: “secure to the Appropriate Standard” of element/wan, designed, against loss, theft or"
        in words
    )
    assert "judgement.made: “every step within the licensee's power was taken” of incident/1" in words


def test_the_day_on_which_it_turns_by_itself(why: Callable[..., Said]) -> None:
    assert (
        "By itself the duty becomes indeterminate on 13 December 2014, if nothing is recorded" in why("Z.16(b)").words
    )


def test_what_holds_says_on_which_record_it_rests(why: Callable[..., Said]) -> None:
    said = reading(why("Z.14(a)", "--format", "json"), "Z.14(a)", "report-issued")
    assert {loss["becomes"] for loss in said["changes"]["losing"]} == {"unknown"}
    assert "Without" in why("Z.14(a)").out
    assert "Without" not in why("Z.4").out


def test_long_trees_fold_what_holds(ask: Callable[..., Said], tmp_path: Path) -> None:
    element = {"categories": ["network"], "operator": "licensee", "power": "within", "in_service": "2013-03-04"}
    shown = {"fact": "element_secure", "outcome": "held", "strength": "evidenced"}
    cells = [f"{side}/{harm}" for side in ("designed", "operated") for harm in brightwater.HARMS]
    story = brightwater.opening()
    for number in range(20):
        name = f"element/e-{number}"
        story.append(brightwater.one("element.declared", "2013-03-01", name, facts=element))
        story += [
            brightwater.one("state.evidenced", "2013-03-02", name, facts={**shown, "aspect": cell})
            for cell in (cells if number else cells[1:])
        ]
    path = brightwater.write(tmp_path / "many.jsonl", brightwater.tell(story))
    words = ("explain", "Z.4", path, "--licence", "gas", *AS_AT_OPTION)
    brief, full = ask(*words).out, ask(*words, "--full").out
    assert "… and 16 more that hold (--full shows all)" in brief
    assert len(re.findall("✓ element/e-[0-9]+, in 6 points \\(--full shows all\\)", brief)) == 3
    assert "? designed, against loss, theft or corruption of data" in brief
    assert [full.count(f"✓ element/e-{number}\n") for number in range(1, 20)] == [1] * 19
    assert "--full" not in full


def test_json_has_the_whole_tree(why: Callable[..., Said]) -> None:
    said = why("Z.4", "--format", "json")
    assert said.json["format"] == "meterward.explanation/1"
    one = reading(said, "Z.4", "union")
    assert set(one) == {"asked", "changes", "default", "follows", "found", "id", "lacking", "missing"}
    assert one["follows"]["status"] == "indeterminate"
    assert {"says", "reading", "parameters", "provisions", "limit"} <= set(one["asked"])
    found = list(nodes(one["found"]["nodes"]))
    assert {node["outcome"] for node in found} >= {"held", "unknown"}
    cited = {identity for node in found for identity in node["records"]}
    assert cited == {record["id"] for record in one["found"]["records"]}
    assert cited <= {line["id"] for line in brightwater.lines()}
    assert said.json["explanations"][0]["receipt"]["digest"]


def test_every_clause_can_be_explained(why: Callable[..., Said]) -> None:
    pack = wiring.load_pack(wiring.DEFAULT_PACK)
    names = {one.clause for one in (*pack.provisions, *pack.duties)}  # type: ignore[union-attr]  # the pack loads
    assert len(names) > 30
    for name in names:
        said = why(name)
        assert said.exit in (Exit.IN_ORDER, Exit.OPEN, Exit.BREACH), name
        assert name.split("(")[0] in said.out


@pytest.mark.parametrize(
    ("clause", "code"), [("Z.5", Exit.IN_ORDER), ("Z.15", Exit.IN_ORDER), ("Z.14", Exit.OPEN), ("Z.19", Exit.BREACH)]
)
def test_the_exit_code_is_that_of_the_clause(clause: str, code: Exit, why: Callable[..., Said]) -> None:
    assert why(clause).exit == code


def test_a_clause_that_is_not_there_is_misuse(why: Callable[..., Said]) -> None:
    said = why("Z.21")
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert "[clause.unknown]" in said.complaint
    assert "Z.9, Z.9(a), Z.9(b), Z.10(a)" in said.complaint


@pytest.mark.parametrize("width", [50, 80, 100, 140])
def test_no_line_is_wider_than_asked(width: int, why: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    for clause in ("Z.4", "Z.14", "Z.11"):
        assert [line for line in why(clause).out.splitlines() if len(line) > width or line != line.rstrip()] == []
