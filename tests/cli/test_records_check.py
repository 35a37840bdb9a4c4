"""`meterward records check`: problems with their places, where reading stops, and roots to compare."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from tests.builders import brightwater
from tests.builders.brightwater import one

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said


def test_a_sound_ledger_is_summed_up(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("records", "check", ledger)
    count = len(brightwater.lines())
    assert (said.exit, said.err) == (Exit.IN_ORDER, "")
    assert f"{count} records read, no problem." in said.out
    assert "brightwater, electricity and gas; recorded from 1 December 2012 to 14 October 2014" in said.out


def test_every_problem_is_shown_with_line_and_field(ask: Callable[..., Said], tmp_path: Path) -> None:
    told = brightwater.lines()
    told[3]["facts"]["day"] = "4 March"
    del told[8]["facts"]["risk"]
    place = next(number for number, line in enumerate(told) if line["statement"]["kind"] == "policy.issued")
    told[place]["statement"]["actor"]["role"] = "auditor"
    path = brightwater.write(tmp_path / "bad.jsonl", told)
    said = ask("records", "check", path)
    assert said.exit == Exit.DATA
    for where in ("line 4, facts.day", "line 9, facts.risk", f"line {place + 1}, statement.actor.role"):
        assert where in said.out
    as_json = ask("records", "check", path, "--format", "json")
    assert as_json.exit == Exit.DATA
    assert as_json.json["format"] == "meterward.check/1"
    found = {(problem["line"], problem["field"], problem["code"]) for problem in as_json.json["problems"]}
    assert {(4, "facts.day", "field.value"), (9, "facts.risk", "field.missing")} <= found
    assert as_json.json["count"] == len(as_json.json["problems"])


def test_a_byte_order_mark_hides_no_line(ask: Callable[..., Said], ledger: Path) -> None:
    ledger.write_bytes(b"\xef\xbb\xbf" + ledger.read_bytes())
    said = ask("records", "check", ledger, "--format", "json")
    assert [(one["line"], one["code"]) for one in said.json["problems"]] == [(1, "line.not-utf8")]
    assert said.json["ledger"]["size"] == len(brightwater.lines())


def test_an_empty_pipe_says_how_a_ledger_begins(ask: Callable[..., Said]) -> None:
    said = ask("records", "check", "-", piped=b"")
    assert said.exit == Exit.DATA
    assert "[file.empty]" in said.words
    assert "What was piped in: 0 records read, 1 problem." in said.out


def test_a_missing_file_is_66(ask: Callable[..., Said], tmp_path: Path) -> None:
    said = ask("records", "check", tmp_path / "none")
    assert (said.exit, said.out) == (Exit.NO_FILE, "")
    assert "meterward example DIR" in said.complaint


def test_an_adopted_value_that_the_pack_has_not_is_a_problem(ask: Callable[..., Said], tmp_path: Path) -> None:
    parameters = [{"name": "z8_strength", "value": "perhaps"}, {"name": "fuel", "value": "gas"}]
    wrong = {"pack": "condition_z_2012", "pack_version": 1, "parameters": parameters}
    told = brightwater.tell([*brightwater.opening(), one("pack.adopted", "2013-02-01", "licensee", facts=wrong)])
    path = brightwater.write(tmp_path / "wrong.jsonl", told)
    for command in (("records", "check"), ("position",)):
        said = ask(*command, path, "--format", "json")
        assert said.exit == Exit.DATA
        assert [(problem["code"], problem["line"], problem["field"]) for problem in said.json["problems"]] == [
            ("parameter.value", 6, "facts.parameters[0]"),
            ("parameter.derived", 6, "facts.parameters[1]"),
        ]


def test_a_problem_beside_the_law_has_its_line_though_lines_above_it_are_refused(
    ask: Callable[..., Said], tmp_path: Path
) -> None:
    facts = {"fact": "element_secured", "outcome": "failed", "strength": "evidenced"}
    told = brightwater.tell([*brightwater.opening(), one("state.evidenced", "2013-02-01", "system", facts=facts)])
    path = brightwater.write(tmp_path / "slip.jsonl", told)
    assert [one["line"] for one in ask("position", path, "--format", "json").json["problems"]] == [6]
    path.write_bytes(
        b"".join(
            [
                path.read_bytes().splitlines(keepends=True)[0],
                b"x\n" * 3,
                *path.read_bytes().splitlines(keepends=True)[1:],
            ]
        )
    )
    said = ask("records", "check", path)
    assert said.exit == Exit.DATA
    assert "line 9, facts.fact" in said.out
    assert "Did you mean element_secure?" in said.words
    assert "4 problems" in said.out


def test_of_a_file_of_nonsense_the_beginning_is_shown(ask: Callable[..., Said]) -> None:
    said = ask("records", "check", "-", piped=b"x\n" * 5_000)
    assert said.exit == Exit.DATA
    assert "… and at least 1 more problem; reading stopped at line 1,001." in said.words
    assert said.words.endswith("What was piped in: 0 records read, at least 1,001 problems.")
    as_json = ask("records", "check", "-", "--format", "json", piped=b"x\n" * 5_000).json
    assert (as_json["count"], as_json["stopped_at_line"]) == (1_001, 1_001)


def test_the_whole_root_is_shown_to_compare(ask: Callable[..., Said], ledger: Path) -> None:
    as_json = ask("records", "check", ledger, "--format", "json").json
    assert as_json["compared"] is None
    root, size = as_json["ledger"]["root"], as_json["ledger"]["size"]
    (shown,) = [line for line in ask("records", "check", ledger).out.splitlines() if line.startswith("Root over ")]
    assert shown.partition(": ")[0] == f"Root over {size} entries"
    assert shown.partition(": ")[2].replace(" ", "") == root
    for given in (root, root[:16], shown.partition(": ")[2].upper(), root[:40]):
        said = ask("records", "check", ledger, "--root", given)
        assert (said.exit, "It matches: the root over" in said.words) == (Exit.IN_ORDER, True)


def test_another_root_is_a_mismatch(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("records", "check", ledger, "--root", "0" * 64)
    assert (said.exit, "It does not match" in said.words) == (Exit.OPEN, True)
    as_json = ask("records", "check", ledger, "--root", "0" * 64, "--format", "json")
    assert (as_json.exit, as_json.json["compared"]["match"]) == (Exit.OPEN, False)


def test_a_ledger_that_has_grown_is_compared_over_its_beginning(ask: Callable[..., Said], ledger: Path) -> None:
    root = ask("records", "check", ledger, "--format", "json").json["ledger"]["root"]
    size = len(brightwater.lines())
    more = dict(brightwater.lines()[-1])
    more.pop("id")
    more["statement"] = {
        **more["statement"],
        "kind": "action.completed",
        "subject": "action/1",
        "occurred": "2014-10-14",
    }
    more["statement"].pop("corrects")
    more |= {"facts": {}, "text": {}, "files": {"proof.pdf": "5" * 64}}
    with ledger.open("a", encoding="utf-8") as lines:
        lines.write(f"{json.dumps(more)}\n")
    said = ask("records", "check", ledger, "--root", root)
    assert (said.exit, "It does not match" in said.words) == (Exit.OPEN, True)
    said = ask("records", "check", ledger, "--root", root, "--size", str(size))
    assert (said.exit, f"over its first {size} entries" in said.words) == (Exit.IN_ORDER, True)
    said = ask("records", "check", ledger, "--root", root, "--size", str(size + 2))
    assert (said.exit, "no match" in said.words) == (Exit.OPEN, True)


def test_a_root_is_not_compared_where_lines_are_refused(ask: Callable[..., Said], ledger: Path) -> None:
    root = ask("records", "check", ledger, "--format", "json").json["ledger"]["root"]
    ledger.write_bytes(ledger.read_bytes() + b"x\n")
    said = ask("records", "check", ledger, "--root", root)
    assert (said.exit, "The root was not compared" in said.words) == (Exit.DATA, True)
    as_json = ask("records", "check", ledger, "--root", root, "--format", "json")
    assert as_json.json["compared"]["match"] is None


@pytest.mark.parametrize("options", [["--root", "123"], ["--root", "x" * 64], ["--root", "0" * 65], ["--size", "3"]])
def test_a_root_that_is_none_is_misuse(options: list[str], ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("records", "check", ledger, *options)
    assert (said.exit, said.out) == (Exit.USAGE, "")
