"""Answers about ledgers that grow while they are asked about: each of one size, with all that is wrong in it."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.usecases.append_record import Appended
from meterward.wiring.answering import Answering
from meterward.wiring.appending import append
from tests.builders.answers import (
    AS_AT,
    EARLIER,
    LEDGER,
    Kept,
    afresh,
    asked_at_last,
    grown,
    in_use,
    kept,
    question,
    size_of,
    unsaid,
    without_answers,
)
from tests.builders.ledgers import opened, rich_ledger
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from meterward.present.answer import Answer


def test_answers_while_others_append_are_each_of_one_size() -> None:
    store, lines = Kept(), rich_ledger(3, "policy", 60).lines
    answering, done = Answering(store), threading.Event()

    def tell() -> None:
        try:
            for line in lines[3:]:
                store.clock.instant = str(line["recorded"])
                append(LEDGER, [unsaid(line)])
                done.wait(0.003)
        finally:
            done.set()

    def look(number: int) -> list[dict[str, Any]]:
        found = []
        while not done.is_set():
            known_at = None if number % 2 else max(1, size_of(store) - number)
            found.append(asked_at_last(answering, question((AS_AT, EARLIER)[number % 3 == 0], known_at)))
        return found

    with in_use(store, answering), ThreadPoolExecutor(5) as pool:
        for line in lines[:3]:
            store.clock.instant = str(line["recorded"])
            assert isinstance(append(LEDGER, [unsaid(line)]), Appended)
        telling = pool.submit(tell)
        looking = [pool.submit(look, number) for number in range(4)]
        telling.result()
        found = [one for looked in looking for one in looked.result()]
    assert len({one["ledger"]["size"] for one in found}) > 2
    worked_out: dict[tuple[int, str], dict[str, Any]] = {}
    for one in found[:: max(1, len(found) // 40)]:
        key = one["ledger"]["size"], one["as_at"]
        if key not in worked_out:
            worked_out[key] = afresh(store, question(date.fromisoformat(key[1]), key[0]))
        assert (one["positions"], one["ledger"]) == (worked_out[key]["positions"], worked_out[key]["ledger"])


def test_what_is_known_at_a_size_stays_when_more_comes() -> None:
    store = grown()
    answering, size = Answering(store), size_of(store)
    before = asked_at_last(answering, question(known_at=size))
    with in_use(store, answering):
        facts = {"detected": "2016-12-01", "severity": "low"}
        line = Draft("incident.recorded", AS_AT, AS_AT, facts, "incident/9").line("new")
        assert isinstance(append(LEDGER, [unsaid(line)]), Appended)
    assert asked_at_last(answering, question())["ledger"]["size"] == size + 1
    assert asked_at_last(Answering(without_answers(store)), question(known_at=size)) == before


def test_what_is_wrong_in_a_ledger_that_was_brought_back_is_said() -> None:
    scribe = opened()
    facts = {"fact": "no_such_state", "outcome": "held", "strength": "checked"}
    assert scribe.write(Draft("state.evidenced", EARLIER, EARLIER, facts, "system"))
    store = kept(scribe)
    found = Answering(store).positions(question())
    assert isinstance(found, list)
    assert [(one.field, one.line) for one in found] == [("facts.fact", len(scribe.lines))]
    later = kept(scribe, -1)
    answering = Answering(later)
    assert asked_at_last(answering, question())
    later.restore(scribe.lines[-1:])
    assert answering.positions(question()) == found


def test_a_licence_that_is_not_there_is_a_problem() -> None:
    found = Answering(grown()).positions(replace(question(), licence="water"))
    assert isinstance(found, list)
    assert "water" in found[0].message


def test_an_answer_known_now_says_so_though_one_of_the_same_size_is_kept() -> None:
    store = grown()
    answering = Answering(store)
    found = [asked_at_last(answering, question(known_at=known)) for known in (None, size_of(store), AS_AT)]
    assert [one["known_at"] for one in found] == [None, size_of(store), AS_AT.isoformat()]


def test_a_show_that_fails_leaves_the_ledger_free_for_others() -> None:
    store = grown()
    answering = Answering(store)

    def fail(_: Answer) -> None:
        raise ValueError("shown wrongly")

    with pytest.raises(ValueError, match="shown wrongly"):
        answering.ask(question(), fail)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: asked_at_last(answering, question())).result(20)
