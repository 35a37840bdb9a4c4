"""The words of the page are those of the terminal."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from meterward import wiring
from meterward.catalogues import examples
from meterward.cli.main import run
from meterward.core.base.timeline import Span
from meterward.core.obligations.status import Status
from meterward.present.ribbon import bars_of
from tests.builders.brightwater import AS_AT_OPTION

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_day_keeps_its_capital(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "harbour.jsonl"
    lines = examples.tell("harbour-2013", date(2016, 12, 31))
    ledger.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    run(["position", str(ledger), "--as-at", "2014-08-25", "--known-at", "2014-08-25", "--format", "html"])
    assert "Known at 25 August 2014" in capsys.readouterr().out


def test_a_page_tells_its_reader_no_options(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["position", str(ledger), *AS_AT_OPTION, "--known-at", "20", "--format", "html"])
    page = capsys.readouterr().out
    notices = page[page.index('class="notices"') : page.index("</header>")]
    assert "how things stood then. This page was made on" in notices
    assert "later entries and corrections are left out." in notices
    assert "--" not in notices
    run(["position", str(ledger), *AS_AT_OPTION, "--known-at", "20"])
    assert "Leave out --as-at" in capsys.readouterr().out


def test_a_page_of_a_day_ahead_says_when_it_was_made(ledger: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["position", str(ledger), "--as-at", "2190-01-01", "--format", "html"])
    page = capsys.readouterr().out
    assert "which lay ahead when this page was made, on" in page
    assert "known now" not in page.lower()


def test_the_right_end_of_a_history_is_the_status_of_the_day() -> None:
    first, missed, made_good = date(2013, 3, 4), date(2014, 11, 17), date(2014, 11, 18)
    history = [
        Span(first, missed, Status.PENDING),
        Span(missed, made_good, Status.BREACHED),
        Span(made_good, made_good + timedelta(3), Status.MET),
    ]
    ends = {bar.name: (float(bar.x), float(bar.x) + float(bar.width)) for bar in bars_of(history)}
    assert ends["met"][1] == max(end for _, end in ends.values())
    assert ends["breached"][1] < ends["met"][0]


def test_a_page_counts_the_deadlines_that_it_leaves_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "northlight.jsonl"
    ledger.write_text(wiring.example("northlight", date(2026, 11, 22)), encoding="utf-8")
    words = ["position", str(ledger), "--licence", "gas", "--as-at", "2026-11-22"]
    run([*words, "--format", "json"])
    (position,) = json.loads(capsys.readouterr().out)["positions"]
    things = {(one["day"], one["what"]) for one in position["deadlines"]}
    run([*words, "--format", "html"])
    assert f">and {len(things) - 12} more</p>" in capsys.readouterr().out
