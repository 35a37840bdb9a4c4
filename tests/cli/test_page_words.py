"""The words of the page are those of the terminal."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from meterward.catalogues import examples
from meterward.cli.main import run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_day_keeps_its_capital(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ledger = tmp_path / "harbour.jsonl"
    lines = examples.tell("harbour-2013", date(2016, 12, 31))
    ledger.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
    run(["position", str(ledger), "--as-at", "2014-08-25", "--known-at", "2014-08-25", "--format", "html"])
    assert "Known at 25 August 2014" in capsys.readouterr().out
