"""`meterward position`: the fields that scripts rely on, and receipts that are equal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import TYPE_CHECKING

from meterward import wiring
from meterward.cli.exits import Exit
from tests.builders import brightwater
from tests.builders.brightwater import AS_AT_OPTION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said

ELECTRICITY = ("--licence", "electricity")


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


def test_what_never_stood_otherwise_has_no_day_in_json(ask: Callable[..., Said], ledger: Path) -> None:
    found = ask("position", ledger, "--as-at", "2013-01-01", "--format", "json").json
    duties = [duty for one in found["positions"] for duty in one["duties"]]
    assert {(duty["status"], duty["since"]) for duty in duties} == {("not-in-force", None)}
    assert all(reading["since"] is None for duty in duties for reading in duty["readings"])
