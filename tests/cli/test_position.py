"""`meterward position`: the table on every width, the fields for scripts, and everything that is refused."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from meterward import wiring
from meterward.adapters.clock import today
from meterward.cli.exits import Exit
from meterward.core.obligations.status import Status
from meterward.present.marks import MARKS
from tests.builders import brightwater
from tests.builders.brightwater import AS_AT_OPTION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Said

ELECTRICITY = ("--licence", "electricity")


@pytest.fixture
def stands(ask: Callable[..., Said], ledger: Path) -> Callable[..., Said]:
    """The position of the electricity licence on the usual day."""
    return lambda *more: ask("position", ledger, *AS_AT_OPTION, *ELECTRICITY, *more)


def test_the_table_says_how_things_stand(stands: Callable[..., Said]) -> None:
    said = stands()
    assert said.exit == Exit.BREACH
    assert said.err == ""
    assert "brightwater · electricity" in said.out
    assert "One duty is breached, one is contested and eleven lack evidence or a judgement." in said.out
    assert "Draft licence condition Z of 2012 · in force since 4 March 2013" in said.out


def test_every_duty_has_its_line(stands: Callable[..., Said]) -> None:
    said = stands()
    pack = wiring.load_pack(wiring.DEFAULT_PACK)
    for duty in pack.duties:  # type: ignore[union-attr]  # the pack loads
        assert duty.title in said.words, duty.id
    for part in ("Part B", "Part C", "Part D"):
        assert part in said.out


def test_status_is_a_shape_and_a_word(stands: Callable[..., Said]) -> None:
    out = stands().out
    for seen in ("✕ breached", "⇄ contested", "? indeterminate", "○ pending", "◐ met late", "● met", "· not triggered"):
        assert seen in out
    assert len({mark.shape for mark in MARKS.values()}) == len(Status)


def test_the_one_fact_that_matters(stands: Callable[..., Said]) -> None:
    words = stands().words
    assert "First version was due 4 March 2013, and done 10 March 2013." in words
    assert "Was due 18 November 2014: step-2 of direction/1" in words
    assert "pending under anniversaries and calendar-years." in words
    assert "⚑ assessment/1 is more than 12 months old" in words
    assert "recorded 69 days later" in words


def test_due_next_begins_with_what_is_overdue(stands: Callable[..., Said]) -> None:
    out = stands().out
    listed = out[out.index("Overdue, and due next") :]
    assert "18 Nov 2014  2 days ago" in listed
    assert "12 Dec 2014  in 22 days" in listed
    assert "consideration of the report of audit/2013 (our own limit)" in listed


def test_the_footer_says_how_to_recompute(ask: Callable[..., Said], stands: Callable[..., Said]) -> None:
    out = stands().out
    command = re.search(r"Recompute  (meterward .*)", out)
    assert command
    words = command[1].split()[1:]
    again = ask(*words).out
    assert re.findall("Receipt .*", again) == re.findall("Receipt .*", out) != []


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140, 200])
def test_no_line_is_wider_than_asked_nor_padded(
    width: int, stands: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    lines = stands().out.splitlines()
    commands = ("Recompute", "Reasons", "Computed", "… and")
    assert [line for line in lines if len(line) > width and not line.startswith(commands)] == []
    assert [line for line in lines if line != line.rstrip()] == []


def test_a_pipe_gets_no_colour(stands: Callable[..., Said]) -> None:
    assert "\x1b" not in stands().out


def test_colour_can_be_forced_and_forbidden(stands: Callable[..., Said], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = stands().out
    assert "\x1b[" in coloured
    assert "━" in coloured
    monkeypatch.setenv("NO_COLOR", "1")
    plain = stands().out
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", plain)
    assert "━" not in plain
    assert "●●●" in plain


def test_before_anything_is_known_no_day_is_made_up(ask: Callable[..., Said], ledger: Path) -> None:
    early = (ledger, "--as-at", "1990-01-01", *ELECTRICITY)
    table, page = ask("position", *early), ask("position", *early, "--format", "html")
    explained = ask("explain", "Z.4", *early)
    assert "no record up to that day says when it comes into force" in table.words
    for said in (table.out, page.out, explained.out):
        assert "not in force" in said.lower()
        assert not re.search(r"1 Jan(uary)? 1\b", said)


def test_the_ribbon_ends_with_the_present_status(stands: Callable[..., Said]) -> None:
    lines = stands().out.splitlines()
    place = next(number for number, line in enumerate(lines) if line.startswith("Z.9 ") and "established" in line)
    ribbon = lines[place + 1].split()[-1]
    assert ribbon.startswith(("✕", "○"))
    assert ribbon.endswith("◐◐◐")
    assert len(ribbon) > 20


def test_a_terminal_without_utf8_gets_other_shapes(ledger: Path) -> None:
    words = ["position", str(ledger), *AS_AT_OPTION, *ELECTRICITY]
    code = f"from meterward.cli.main import main; main({words!r})"
    env = {"PYTHONIOENCODING": "ascii", "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, env=env)
    out = done.stdout.decode("ascii")
    assert done.returncode == Exit.BREACH, done.stderr
    for seen in ("x breached", "= contested", "? indeterminate", "o pending", "+ met late", "* met", "- not triggered"):
        assert seen in out


def test_both_licences_come_one_after_the_other(ask: Callable[..., Said], ledger: Path) -> None:
    out = ask("position", ledger, *AS_AT_OPTION).out
    assert out.index("brightwater · electricity") < out.index("brightwater · gas")
    assert len(re.findall("^Receipt", out, re.MULTILINE)) == 2


def test_another_day_is_said_plainly(stands: Callable[..., Said], ask: Callable[..., Said], ledger: Path) -> None:
    assert "As at 20 November 2014, not today." in stands().words
    assert "not today" not in ask("position", ledger).out
    ahead = ask("position", ledger, "--as-at", "2190-01-01").words
    assert "As at 1 January 2190, which lies ahead" in ahead


def test_today_is_the_usual_day(ask: Callable[..., Said], ledger: Path) -> None:
    before = today()
    said = ask("position", ledger, "--format", "json").json
    assert said["as_at"] in {before.isoformat(), today().isoformat()}
    assert said["as_at_is_today"]


def test_an_example_says_that_it_is_one(stands: Callable[..., Said]) -> None:
    assert "This is a test ledger; its clock is simulated." in stands().out


def test_known_at_by_day_and_by_size_are_the_same_prefix(stands: Callable[..., Said]) -> None:
    told = brightwater.lines()
    known = [line for line in told if line["recorded"] < "2013-11-20T24"]
    by_day, by_size = stands("--known-at", "2013-11-20"), stands("--known-at", str(len(known)))
    assert f"known at 20 November 2013 ({len(known)} entries)" in by_day.out
    assert f"known at {len(known)} entries" in by_size.out
    receipts = [re.findall("Receipt.*", said.out) for said in (by_day, by_size)]
    assert receipts[0] == receipts[1] != []
    assert "Only what was known" in by_day.words


def test_the_day_before_a_late_entry_knows_nothing_of_it(stands: Callable[..., Said]) -> None:
    before = stands("--known-at", "2013-11-19", "--format", "json").json
    after = stands("--known-at", "2013-11-20", "--format", "json").json
    assert after["ledger"]["size"] == before["ledger"]["size"] + 1
    z16 = [next(duty for duty in said["positions"][0]["duties"] if duty["id"] == "Z.16(b)") for said in (before, after)]
    assert "recorded 69 days later" not in str(z16[0]["attention"])
    assert "recorded 69 days later" in str(z16[1]["attention"])


@pytest.mark.parametrize(("known_at", "found"), [("0", "at size 0"), ("2010-01-01", "on 1 January 2010"), ("99", "35")])
def test_a_time_that_the_ledger_never_came_to_is_refused(
    known_at: str, found: str, stands: Callable[..., Said]
) -> None:
    said = stands("--known-at", known_at)
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert found in said.complaint
    assert "[day.invalid]" in said.complaint


@pytest.mark.parametrize("output", ["table", "json", "html"])
def test_a_hypothesis_is_labelled_on_every_output(output: str, stands: Callable[..., Said]) -> None:
    said = stands("--param", "z8_strength=comply", "--format", output)
    if output == "json":
        assert said.json["hypothesis"] == {"z8_strength": "comply"}
        assert said.json["positions"][0]["receipt"]["hypothetical"] is True
    else:
        assert "A hypothesis: z8_strength = comply. Nobody adopted this" in said.words
        assert "--param z8_strength=comply" in said.out


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


def test_json_has_the_fields_that_scripts_rely_on(stands: Callable[..., Said]) -> None:
    said = stands("--format", "json")
    whole = said.json
    assert said.exit == whole["exit_code"] == Exit.BREACH
    assert set(whole) == {
        "as_at", "as_at_is_today", "exit_code", "format", "hypothesis", "known_at", "law", "ledger", "licensee",
        "parts", "positions",
    }  # fmt: skip
    assert (whole["format"], whole["as_at"], whole["known_at"]) == ("meterward.position/1", "2014-11-20", None)
    (position,) = whole["positions"]
    assert set(position) == {
        "attention", "counts", "deadlines", "duties", "exit_code", "first_day", "flagged", "fuel", "group", "licence",
        "receipt", "regime", "sentence",
    }  # fmt: skip
    assert position["counts"]["breached"] == 1
    assert position["regime"]["commencement"] == "2013-03-04"
    assert {"digest", "engine", "pack", "records", "result", "hypothetical"} <= set(position["receipt"])


def test_json_of_a_duty(stands: Callable[..., Said]) -> None:
    duties = {duty["id"]: duty for duty in stands("--format", "json").json["positions"][0]["duties"]}
    assert len(duties) == len(wiring.load_pack(wiring.DEFAULT_PACK).duties)  # type: ignore[union-attr]  # it loads
    late = duties["Z.9"]
    assert (late["status"], late["group"], late["since"]) == ("met-late", "in order", "2013-03-10")
    assert late["missed"] == [
        {"day": "2013-03-05", "made_good": "2013-03-10", "source": "clause", "what": late["missed"][0]["what"]}
    ]
    assert [stretch["status"] for stretch in late["history"]] == ["pending", "breached", "met-late"]
    assert late["history"][-1]["last"] == "2014-11-20"
    readings = {reading["id"]: reading["status"] for reading in duties["Z.14(b)"]["readings"]}
    assert readings["deadline-windows"] == "breached"
    assert readings["calendar-years"] == "pending"


def test_json_is_sorted_and_in_utf8(ledger: Path) -> None:
    words = ["position", str(ledger), "--format", "json", *AS_AT_OPTION]
    code = f"from meterward.cli.main import main; main({words!r})"
    env = {"PYTHONIOENCODING": "ascii", "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, env=env)
    out = done.stdout.decode("utf-8")
    assert out == f"{json.dumps(json.loads(out), sort_keys=True, indent=2, ensure_ascii=False)}\n"


def receipts(said: Said) -> list[str]:
    """The digest of each receipt."""
    return [one["receipt"]["digest"] for one in said.json["positions"]]


def test_receipts_are_equal_between_runs_and_orders_of_entry(ask: Callable[..., Said], tmp_path: Path) -> None:
    told = brightwater.lines()
    same_day = [place for place, line in enumerate(told) if line["recorded"].startswith("2013-03-02")]
    first, last = same_day[0], same_day[-1]
    swapped = list(told)
    swapped[first], swapped[last] = swapped[last], swapped[first]
    words = ("--format", "json", *AS_AT_OPTION)
    one = ask("position", brightwater.write(tmp_path / "one.jsonl", told), *words)
    again = ask("position", tmp_path / "one.jsonl", *words)
    other = ask("position", brightwater.write(tmp_path / "other.jsonl", swapped), *words)
    assert one.json == again.json
    assert one.json["ledger"]["root"] != other.json["ledger"]["root"]
    assert receipts(one) == receipts(other)
    assert len(receipts(one)) == 2


def test_a_change_of_one_fact_changes_the_receipt(ask: Callable[..., Said], ledger: Path, tmp_path: Path) -> None:
    less = brightwater.write(tmp_path / "less.jsonl", brightwater.lines()[:-1])
    words = ("--format", "json", *AS_AT_OPTION)
    assert receipts(ask("position", ledger, *words)) != receipts(ask("position", less, *words))


def test_in_order_is_0(ask: Callable[..., Said], ledger: Path) -> None:
    before = ask("position", ledger, "--as-at", "2013-01-01")
    assert before.exit == Exit.IN_ORDER
    assert "The condition does not bind yet: it comes into force on 4 March 2013." in before.words
    assert "⌀ not in force" in before.out


def test_open_is_1(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("position", ledger, "--as-at", "2013-12-01")
    assert said.exit == Exit.OPEN
    assert "✕ breached" not in said.out


def test_what_never_stood_otherwise_has_no_day_in_json(ask: Callable[..., Said], ledger: Path) -> None:
    found = ask("position", ledger, "--as-at", "2013-01-01", "--format", "json").json
    duties = [duty for one in found["positions"] for duty in one["duties"]]
    assert {(duty["status"], duty["since"]) for duty in duties} == {("not-in-force", None)}
    assert all(reading["since"] is None for duty in duties for reading in duty["readings"])
