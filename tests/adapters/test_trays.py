"""Trays: one at a time for each person and sort, whole or not there, and gone after an hour."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from meterward.adapters import trays
from meterward.adapters.trays import LASTS, Trays

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MINE, THEIRS = ("threats", "northlight", "org", "p-01"), ("threats", "northlight", "org", "p-02")


def test_what_somebody_begins_takes_the_place_of_what_they_had_and_of_nothing_else(tmp_path: Path) -> None:
    there = Trays(tmp_path / "trays")
    first, theirs = there.begin(MINE), there.begin(THEIRS)
    for tray in (first, theirs):
        trays.keep(tray, {"name": tray.name})
    again = there.begin(MINE)
    assert (first.exists(), again.exists(), there.of(MINE), there.of(THEIRS)) == (False, True, None, theirs)


def test_a_tray_without_anything_that_came_out_is_left_and_gives_nothing(tmp_path: Path) -> None:
    there = Trays(tmp_path / "trays")
    tray = there.begin(MINE)
    trays.put(tray, "0000/feed.csv", [b"a", b"b"])
    assert (there.is_left(MINE), there.is_left(THEIRS), there.of(MINE)) == (True, False, None)
    trays.keep(tray, {"found": [1]})
    assert (there.is_left(MINE), there.of(MINE), trays.found_in(tray)) == (False, tray, {"found": [1]})
    assert (tray / "0000/feed.csv").read_bytes() == b"ab"
    there.drop(MINE)
    assert (there.of(MINE), trays.found_in(tray)) == (None, None)


def test_after_an_hour_nothing_is_given_and_it_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    there = Trays(tmp_path / "trays")
    tray = there.begin(MINE)
    trays.keep(tray, {})
    there.clear()
    assert there.of(MINE) == tray
    later = time.time() + LASTS + 1
    monkeypatch.setattr(time, "time", lambda: later)
    assert there.of(MINE) is None
    there.clear()
    assert not tray.exists()
