"""`meterward deadlines`: what is due and overdue, as a table and for scripts."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from meterward import wiring
from meterward.cli.exits import Exit
from tests.builders.brightwater import AS_AT_OPTION

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said


def test_deadlines_come_in_order_of_day(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("deadlines", ledger, *AS_AT_OPTION, "--format", "json").json
    assert said["format"] == "meterward.deadlines/1"
    for licence in said["licences"]:
        days = [one["day"] for one in licence["deadlines"]]
        assert len(days) > 5
        assert days == sorted(days)
        assert {one["day"] < "2014-11-20" for one in licence["deadlines"] if one["overdue"]} == {True}


def test_a_deadline_says_whose_it_is(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("deadlines", ledger, *AS_AT_OPTION, "--licence", "gas", "--format", "json").json
    sources = {(one["duty"], one["source"]) for one in said["licences"][0]["deadlines"]}
    assert {("Z.19", "instrument"), ("Z.14(b)", "clause"), ("Z.11", "product")} <= sources
    out = ask("deadlines", ledger, *AS_AT_OPTION, "--licence", "gas").out
    assert "step-2 of direction/1\n" in out
    assert "review after incident/1 (our own limit)" in out


def test_a_deadline_says_which_reading_sets_it(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("deadlines", ledger, *AS_AT_OPTION, "--licence", "gas", "--format", "json").json
    by_day = {one["day"]: one["reading"] for one in said["licences"][0]["deadlines"] if one["duty"] == "Z.14(b)"}
    assert (
        by_day.items()
        >= {
            "2014-08-20": "since-last",
            "2014-09-04": None,
            "2014-12-31": "calendar-years",
            "2015-03-03": "anniversaries",
        }.items()
    )
    assert "(reading since-last)" in ask("deadlines", ledger, *AS_AT_OPTION, "--licence", "gas").words


def test_something_overdue_is_1(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("deadlines", ledger, *AS_AT_OPTION, "--licence", "gas")
    assert said.exit == Exit.OPEN
    assert re.search(r"\d+ deadlines, of which \d+ (is|are) overdue", said.out)


def test_nothing_due_is_0(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("deadlines", ledger, "--as-at", "2012-12-31")
    assert said.exit == Exit.IN_ORDER
    assert "Nothing is due." in said.out


def test_a_deadline_after_go_live_lapses(ask: Callable[..., Said], tmp_path: Path) -> None:
    from tests.builders import brightwater  # noqa: PLC0415 - only here

    go_live = {"event": "sec_go_live", "day": "2014-12-15", "instrument": "notice"}
    told = brightwater.tell(
        [
            *brightwater.opening(),
            *brightwater.policy(),
            *brightwater.audits(),
            *brightwater.instruments(),
            brightwater.one("date.determined", "2014-11-01", "licensee", facts=go_live),
        ]
    )
    path = brightwater.write(tmp_path / "live.jsonl", told)
    out = ask("deadlines", path, *AS_AT_OPTION, "--licence", "gas").out
    assert "report-1 of direction/1 (lapses with Go Live)" in out
    assert "step-2 of direction/1\n" in out


def test_problems_are_refused_here_too(ask: Callable[..., Said], tmp_path: Path) -> None:
    assert ask("deadlines", tmp_path / "none.jsonl").exit == Exit.NO_FILE


def test_the_end_of_a_proof_is_no_deadline(ask: Callable[..., Said], tmp_path: Path) -> None:
    ledger = tmp_path / "harbour.jsonl"
    ledger.write_text(wiring.example("harbour-2013", date(2016, 12, 31)), encoding="utf-8")
    said = ask("deadlines", ledger, "--as-at", "2013-03-04")
    assert "1 deadline; nothing is overdue; proofs end on 5 days." in said.out
