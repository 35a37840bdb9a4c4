"""`meterward position`: the table on every width, the day and the time that it is of, and what the exit code says."""

from __future__ import annotations

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

    from tests.builders.terminal import Said

ELECTRICITY = ("--licence", "electricity")


def test_the_table_says_how_things_stand(stands: Callable[..., Said]) -> None:
    said = stands()
    assert said.exit == Exit.BREACH
    assert said.err == ""
    assert "brightwater · electricity" in said.out
    assert "One duty is breached, one is contested (breached or pending, as Z.14(b) is read) and" in said.out
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
    assert "Breached, unless years run from anniversaries of" in words
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


@pytest.mark.parametrize("output", ["table", "json", "html"])
def test_a_hypothesis_is_labelled_on_every_output(output: str, stands: Callable[..., Said]) -> None:
    said = stands("--param", "z8_strength=comply", "--format", output)
    if output == "json":
        assert said.json["hypothesis"] == {"z8_strength": "comply"}
        assert said.json["positions"][0]["receipt"]["hypothetical"] is True
    else:
        assert "A hypothesis: z8_strength = comply. Nobody adopted this" in said.words
        assert "--param z8_strength=comply" in said.out


def test_in_order_is_0(ask: Callable[..., Said], ledger: Path) -> None:
    before = ask("position", ledger, "--as-at", "2013-01-01")
    assert before.exit == Exit.IN_ORDER
    assert "The condition does not bind yet: it comes into force on 4 March 2013." in before.words
    assert "⌀ not in force" in before.out


def test_open_is_1(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("position", ledger, "--as-at", "2013-12-01")
    assert said.exit == Exit.OPEN
    assert "✕ breached" not in said.out
