"""What says late when the condition binds, or no longer says so, stands above the duties: once, in every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from tests.builders import brightwater

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said

LATE = "date.determined licensee of 1 March 2013 was recorded 92 days later, on 1 June 2013"
TITLED = LATE.replace("date.determined", "“Day on which the law depends”")
GO_LIVE = {"event": "sec_go_live", "day": "2013-03-06", "instrument": "notice"}
OPTIONS = ("--as-at", "2013-06-01", "--licence", "gas")


@pytest.fixture
def ceased(tmp_path: Path) -> Path:
    """A ledger that says three months late that the condition ceased."""
    known = brightwater.one("date.determined", "2013-03-01", "licensee", facts=GO_LIVE, recorded="2013-06-01")
    return brightwater.write(tmp_path / "ceased.jsonl", brightwater.tell([*brightwater.opening(), known]))


def test_the_table_says_it_once_above_the_duties(ask: Callable[..., Said], ceased: Path) -> None:
    said = ask("position", ceased, *OPTIONS)
    assert said.exit == Exit.OPEN
    assert said.words.count(LATE) == 1
    assert said.words.index("binds no more") < said.words.index(LATE)
    assert said.words.index(LATE) < said.words.index("Part B")


def test_json_has_it_beside_the_duties(ask: Callable[..., Said], ceased: Path) -> None:
    (position,) = ask("position", ceased, *OPTIONS, "--format", "json").json["positions"]
    assert position["attention"] == [LATE]
    assert [duty["attention"] for duty in position["duties"] if duty["attention"]] == []
    assert (position["exit_code"], position["flagged"]) == (1, 0)


def test_the_page_has_it_in_the_summary(ask: Callable[..., Said], ceased: Path) -> None:
    page = ask("position", ceased, *OPTIONS, "--format", "html").out
    assert page.count(TITLED) == 1
    summary = page[page.index('<div class="sum">') : page.index('<div class="cols">')]
    assert TITLED in summary


def test_before_the_late_record_nothing_is_said(ask: Callable[..., Said], ceased: Path) -> None:
    assert ask("position", ceased, "--as-at", "2013-02-28", "--licence", "gas").exit == Exit.IN_ORDER


def test_the_end_of_the_licence_is_named(ask: Callable[..., Said], tmp_path: Path) -> None:
    ended = brightwater.one("record.ended", "2013-06-01", "licence/gas", facts={"because": "revoked"}, ends="gas")
    told = [{**one, "label": "gas"} if one.get("subject") == "licence/gas" else one for one in brightwater.opening()]
    path = brightwater.write(tmp_path / "ended.jsonl", brightwater.tell([*told, ended]))
    gas = ask("position", path, *OPTIONS)
    assert "The condition binds no more: it ended with the licence on 1 June 2013." in gas.words
    assert "Ended with the licence on 1 June 2013." in gas.words
    assert ask("position", path, "--as-at", "2013-06-01", "--licence", "electricity").exit == Exit.BREACH
    regime = ask("position", path, *OPTIONS, "--format", "json").json["positions"][0]["regime"]
    assert (regime["licence_held_from"], regime["licence_ended"]) == ("2010-01-01", "2013-06-01")
    window = ask("explain", "Z.2", path, *OPTIONS).words
    assert "from 4 March 2013, to 31 May 2013, the day before the end of the licence" in window


def test_a_licence_that_nobody_recorded_is_asked_for(ask: Callable[..., Said], tmp_path: Path) -> None:
    story = [one for one in brightwater.opening() if one["kind"] != "licence.held"]
    said = ask("position", brightwater.write(tmp_path / "none.jsonl", brightwater.tell(story)), *OPTIONS)
    assert said.exit == Exit.OPEN
    assert "The condition does not bind: no record up to that day says that the licence is held." in said.words
    assert "until one does, nothing binds it" in said.words


def test_what_is_held_only_later_binds_later(ask: Callable[..., Said], tmp_path: Path) -> None:
    story = brightwater.opening()
    later = {"fuel": "gas", "held_from": "2013-07-01"}
    story = [{**one, "facts": later} if one.get("subject") == "licence/gas" else one for one in story]
    said = ask("position", brightwater.write(tmp_path / "later.jsonl", brightwater.tell(story)), *OPTIONS)
    assert "The condition does not bind yet: it binds once the licence is held, on 1 July 2013." in said.words
    assert "Binds from 1 July 2013." in said.words
