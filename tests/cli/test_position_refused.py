"""`meterward position`: what is refused, what is piped in, and where the answer goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from tests.builders import brightwater
from tests.builders.brightwater import AS_AT_OPTION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said

ELECTRICITY = ("--licence", "electricity")


@pytest.mark.parametrize(("known_at", "found"), [("0", "at size 0"), ("2010-01-01", "on 1 January 2010"), ("99", "35")])
def test_a_time_that_the_ledger_never_came_to_is_refused(
    known_at: str, found: str, stands: Callable[..., Said]
) -> None:
    said = stands("--known-at", known_at)
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert found in said.complaint
    assert "[day.invalid]" in said.complaint


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--param", "z8_strengh=comply"], "parameter.unknown"),
        (["--param", "z8_strength=perhaps"], "parameter.value"),
        (["--law", "condition_z_2099"], "pack.unknown"),
        (["--licence", "water"], "licence.unknown"),
    ],
)
def test_what_is_asked_for_and_not_there_is_misuse(
    words: list[str], code: str, ask: Callable[..., Said], ledger: Path
) -> None:
    said = ask("position", ledger, *words)
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert f"[{code}]" in said.complaint
    as_json = ask("position", ledger, *words, "--format", "json")
    assert [one["code"] for one in as_json.json["problems"]] == [code]


def test_several_wrong_parameters_are_said_at_once(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("position", ledger, "--param", "a=1", "--param", "b=2", "--format", "json")
    assert [one["code"] for one in said.json["problems"]] == ["parameter.unknown", "parameter.unknown"]


def test_a_file_with_problems_is_refused(ask: Callable[..., Said], tmp_path: Path) -> None:
    told = brightwater.lines()
    told[5]["statement"]["occurred"] = "2030-01-01"
    told[7]["facts"]["surplus"] = 1
    said = ask("position", brightwater.write(tmp_path / "bad.jsonl", told))
    assert (said.exit, said.out) == (Exit.DATA, "")
    assert "line 6, statement.occurred" in said.err
    assert "line 8, facts.surplus" in said.err
    assert "[time.occurred-later]" in said.err


def test_problems_are_shown_up_to_fifty_and_counted_beyond(ask: Callable[..., Said], tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(b"x\n" * 1200)
    said = ask("position", path)
    assert said.exit == Exit.DATA
    assert said.err.startswith("lines 1 to 50\n")
    assert said.err.count("[line.not-json]") == 1
    assert "… and at least 951 more problems; reading stopped at line 1,001." in said.complaint
    as_json = ask("position", path, "--format", "json").json
    assert (as_json["count"], as_json["stopped_at_line"], len(as_json["problems"])) == (1001, 1001, 50)
    assert as_json["problems"][1] == {
        "code": "line.not-json",
        "field": "",
        "hint": "Write one object a line; whole numbers only.",
        "line": 2,
        "message": as_json["problems"][1]["message"],
    }


@pytest.mark.parametrize(("name", "code"), [("nothing.jsonl", "file.missing"), (".", "file.unreadable")])
def test_a_file_that_is_not_there_is_66(name: str, code: str, ask: Callable[..., Said], tmp_path: Path) -> None:
    said = ask("position", tmp_path / name, "--format", "json")
    assert said.exit == Exit.NO_FILE
    assert [one["code"] for one in said.json["problems"]] == [code]


def test_an_adopted_parameter_that_is_not_there_is_refused(ask: Callable[..., Said], tmp_path: Path) -> None:
    wrong = {"pack": "condition_z_2012", "pack_version": 1, "parameters": [{"name": "z8_strengh", "value": "comply"}]}
    story = [
        *brightwater.opening(),
        brightwater.one("pack.adopted", "2013-02-01", "licensee", facts=wrong, label="slip"),
    ]
    said = ask("position", brightwater.write(tmp_path / "one.jsonl", brightwater.tell(story)))
    assert said.exit == Exit.DATA
    assert "[parameter.unknown]" in said.complaint
    reason = {"reason": "A slip of the pen."}
    because = {"because": "never-happened"}
    withdrawn = brightwater.one("record.withdrawn", "2013-02-02", withdraws="slip", text=reason, facts=because)
    mended = [*story, withdrawn]
    assert ask("position", brightwater.write(tmp_path / "two.jsonl", brightwater.tell(mended))).exit != Exit.DATA


def test_what_is_piped_in_is_read(ask: Callable[..., Said], ledger: Path) -> None:
    piped = ask("position", "-", *AS_AT_OPTION, piped=ledger.read_bytes())
    assert piped.exit == Exit.BREACH
    assert (
        piped.out.replace("position -", f"position {ledger}").split("Receipt")[0].splitlines()[0]
        == (ask("position", ledger, *AS_AT_OPTION).out.splitlines()[0])
    )


def test_output_goes_to_a_file(stands: Callable[..., Said], tmp_path: Path) -> None:
    path = tmp_path / "position.txt"
    said = stands("--output", str(path))
    assert (said.exit, said.out) == (Exit.BREACH, "")
    assert str(path) in said.err
    assert path.read_text(encoding="utf-8") == stands().out


def test_no_folder_is_made_for_the_output(stands: Callable[..., Said], tmp_path: Path) -> None:
    said = stands("--output", str(tmp_path / "deep" / "position.txt"))
    assert (said.exit, list(tmp_path.glob("deep"))) == (Exit.CANNOT_WRITE, [])
    assert f"there is no folder “{tmp_path / 'deep'}”" in said.complaint


def test_output_that_cannot_be_written_is_73(stands: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = stands("--output", str(tmp_path / "file" / "position.txt"))
    assert said.exit == Exit.CANNOT_WRITE
    assert "cannot be written" in said.complaint
