"""`meterward example`, `doctor` and `completion`: the first steps, and whether the installation is sound."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import BashComplete

from meterward import wiring
from meterward.catalogues import examples
from meterward.cli.exits import Exit
from meterward.cli.main import cli
from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said

NAMES = {"northlight.jsonl", "harbour-2013.jsonl"}


def test_an_example_is_written_and_is_sound(ask: Callable[..., Said], tmp_path: Path) -> None:
    said = ask("example", tmp_path / "new" / "demo")
    assert said.exit == Exit.IN_ORDER
    written = {path.name for path in (tmp_path / "new" / "demo").iterdir()}
    assert written == NAMES
    for name in NAMES:
        assert ask("records", "check", tmp_path / "new" / "demo" / name).exit == Exit.IN_ORDER
    assert "Now try: meterward position" in said.out
    assert "This is an example ledger" in ask("position", tmp_path / "new" / "demo" / "northlight.jsonl").out


def test_what_is_said_to_be_missing_turns_the_verdict_once_it_is_supplied(
    ask: Callable[..., Said], tmp_path: Path
) -> None:
    ask("example", tmp_path)
    ledger = tmp_path / "northlight.jsonl"
    words = ("explain", "Z.12", ledger, "--licence", "gas", "--format", "json")
    (before,) = ask(*words).json["explanations"][0]["duties"]
    assert before["status"] == "indeterminate"
    (missing,) = before["readings"][0]["missing"]
    assert missing == {
        "facts": {},
        "kind": "management.considered",
        "links": {},
        "subject": "policy/3",
        "words": "of policy/3, the whole document, by members of senior management",
    }
    line = ask("records", "template", missing["kind"]).json
    line["statement"] |= {"licensee": "northlight", "licences": ["electricity", "gas"], "subject": missing["subject"]}
    line["statement"]["actor"] = {"person": "p-01", "role": "senior_manager", "organisation": "northlight"}
    line |= {"facts": {"members": ["p-04"], "whole": True}, "text": {}}
    line["files"] = {"minute.pdf": "5" * 64}
    with ledger.open("a", encoding="utf-8") as lines:
        lines.write(f"{json.dumps(line)}\n")
    (after,) = ask(*words).json["explanations"][0]["duties"]
    assert (after["status"], after["readings"][0]["missing"]) == ("met-late", [])
    losing = [loss["what"].partition(" on ")[0] for loss in after["readings"][0]["changes"]["losing"]]
    assert losing == ["informed", "considered"]


def test_an_example_is_never_overwritten_unasked(ask: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "northlight.jsonl").write_text("mine", encoding="utf-8")
    said = ask("example", tmp_path)
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert "--force" in said.err
    assert {path.name for path in tmp_path.iterdir()} == {"northlight.jsonl"}
    assert (tmp_path / "northlight.jsonl").read_text(encoding="utf-8") == "mine"
    assert ask("example", tmp_path, "--force").exit == Exit.IN_ORDER
    assert (tmp_path / "northlight.jsonl").read_text(encoding="utf-8") != "mine"


def test_an_example_can_be_told_as_of_any_day(ask: Callable[..., Said], tmp_path: Path) -> None:
    for name, day in (("one", "2026-03-01"), ("again", "2026-03-01"), ("other", "2027-03-01")):
        ask("example", tmp_path / name, "--today", day)
    one, again, other = ((tmp_path / name / "northlight.jsonl").read_bytes() for name in ("one", "again", "other"))
    assert one == again != other


def test_a_place_that_cannot_be_written_is_73(ask: Callable[..., Said], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    said = ask("example", tmp_path / "file" / "demo")
    assert said.exit == Exit.CANNOT_WRITE
    assert "demo cannot be made: Not a directory." in said.complaint


def test_the_doctor_finds_all_well(ask: Callable[..., Said]) -> None:
    said = ask("doctor")
    assert said.exit == Exit.IN_ORDER, said.out
    for what in ("Python", "Versions", "Law packs", "Kinds", "Engine", "Time zone", "Terminal", "Self-test"):
        assert f"✓  {what}" in said.out
    assert "All is well." in said.out
    assert wiring.engine()[:16] in said.out


def test_the_doctor_finds_what_is_wrong(ask: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "self_test", lambda _: "northlight: the same records give another receipt")
    monkeypatch.setattr(wiring, "versions", lambda: {"rich": "15", "click": ""})
    said = ask("doctor")
    assert said.exit == Exit.OPEN
    assert "✕  Self-test" in said.out
    assert "Not installed: click." in said.out
    assert "2 things to mend." in said.out


def test_the_doctor_says_which_pack_does_not_load(ask: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wiring, "load_pack", lambda _: Problem(Code.PACK_INVALID, "It does not read.", "Mend it."))
    said = ask("doctor")
    assert said.exit == Exit.OPEN
    assert "✕  Law packs" in said.out
    assert "It does not read." in said.out


def test_the_self_test_compares_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    pack = wiring.load_pack(wiring.DEFAULT_PACK)
    assert not isinstance(pack, Problem)
    assert wiring.self_test(pack) == ""
    monkeypatch.setattr(examples, "tell", lambda *_: [{"no": "record"}])
    assert "does not read" in wiring.self_test(pack)


@pytest.mark.parametrize(
    ("shell", "mark"), [("bash", "complete -o"), ("zsh", "#compdef meterward"), ("fish", "complete")]
)
def test_a_completion_script_is_printed(shell: str, mark: str, ask: Callable[..., Said]) -> None:
    said = ask("completion", shell)
    assert said.exit == Exit.IN_ORDER
    assert mark in said.out
    assert "_METERWARD_COMPLETE" in said.out


def completed(*words: str) -> list[str]:
    """What the shell is offered after some words, the last of them unfinished."""
    *before, unfinished = words
    shell = BashComplete(cli, {}, "meterward", "_METERWARD_COMPLETE")
    return [item.value for item in shell.get_completions(before, unfinished)]


def test_a_shell_asks_through_the_environment() -> None:
    asked = {"_METERWARD_COMPLETE": "bash_complete", "COMP_WORDS": "meterward po", "COMP_CWORD": "1"}
    code = "from meterward.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, capture_output=True, text=True, env={**os.environ, **asked}
    )
    assert done.stdout == "plain,position\n"


def test_commands_complete() -> None:
    assert completed("po") == ["position"]
    assert completed("records", "") == ["check", "kinds", "show", "template"]


def test_clauses_and_kinds_complete() -> None:
    assert completed("explain", "Z.14") == ["Z.14", "Z.14(a)", "Z.14(b)"]
    assert "Z.9/effect" in completed("explain", "Z.9")
    assert completed("records", "kinds", "audit.") == [
        *("audit.answered", "audit.asked", "audit.engaged", "audit.reported", "audit.scoped"),
    ]
    assert completed("records", "template", "policy.r") == ["policy.reviewed"]
    assert completed("law", "show", "cond") == ["condition_z_2012"]


def test_licences_complete_from_the_file(ledger: Path) -> None:
    assert completed("position", str(ledger), "--licence", "") == ["electricity", "gas"]
    assert completed("position", str(ledger), "--licence", "g") == ["gas"]
    assert completed("explain", "Z.4", str(ledger), "--licence", "el") == ["electricity"]
    assert completed("position", "--licence", "") == []
    assert completed("position", "/no/such/file", "--licence", "") == []


def test_parameters_complete_with_their_values(ledger: Path) -> None:
    assert completed("position", str(ledger), "--param", "z8") == ["z8_strength=reasonable_steps", "z8_strength=comply"]
