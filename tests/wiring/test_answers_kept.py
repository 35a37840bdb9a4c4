"""Answers are never worked out twice for nothing: each is kept by all that it was computed from."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from meterward import wiring
from meterward.adapters.in_memory.work import MemoryComputed
from meterward.core.base.problem import Problem
from meterward.usecases.append_record import Appended, Order, append_records
from meterward.usecases.check_records import check_records
from meterward.wiring import answering as module
from meterward.wiring import load_pack
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
)
from tests.builders.ledgers import rich_ledger
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pytest

    from meterward.core.base.canonical import Json
    from meterward.core.facts.reader import Reader
    from meterward.core.obligations.law import Pack


def test_another_day_or_an_earlier_size_throws_nothing_away() -> None:
    store = grown()
    answering, following = Answering(store), store.followed.follow(LEDGER)
    asked = [question(), question(EARLIER), question(known_at=20), question(EARLIER, 20)]
    found = [asked_at_last(answering, one) for one in asked]
    assert found == [afresh(store, one) for one in asked]
    assert all(following.is_ready(one.known_at, one.as_at, one.hypothesis, 0) for one in asked)


def test_what_was_found_right_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store, looked = grown(), list[int]()

    def counting(pack: Pack, packs: Mapping[str, Pack], licences: Sequence[Reader]) -> Iterator[Problem]:
        looked.append(1)
        return check_records(pack, packs, licences)

    monkeypatch.setattr(module, "check_records", counting)
    answering = Answering(store)
    for as_at in (AS_AT, EARLIER, date(2015, 1, 1)):
        asked_at_last(answering, question(as_at))
    assert looked == [1]
    with in_use(store, answering):
        facts = {"detected": "2016-12-01", "severity": "low"}
        append(LEDGER, [unsaid(Draft("incident.recorded", AS_AT, AS_AT, facts, "incident/9").line("new"))])
    asked_at_last(answering, question())
    assert looked == [1]


class Noted(MemoryComputed):
    """Notes under which keys it is asked for something, and has nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []

    def get(self, key: str) -> Json:
        self.keys.append(key)
        return None


def test_an_answer_is_kept_by_all_that_it_was_computed_from(monkeypatch: pytest.MonkeyPatch) -> None:
    noted, (one, other) = Noted(), (kept(rich_ledger(seed, "policy")) for seed in (3, 8))
    asked = question(AS_AT, 7)
    for store in (one, other):
        store.computed = noted
        Answering(store).kept(asked)
    answering = Answering(one)
    one.ledgers.open("elsewhere")
    whole = Order(list(one.ledgers.lines(LEDGER)), keep_recorded=True)
    assert isinstance(append_records(one.ledgers, "elsewhere", whole, lambda _: ()), Appended)
    others: Sequence[dict[str, Any]] = (
        {"source": "elsewhere"},
        {"known_at": 8},
        {"known_at": None},
        {"known_at": size_of(one)},
        {"known_at": EARLIER},
        {"as_at": EARLIER},
        {"today": EARLIER},
        {"licence": "gas"},
        {"hypothesis": {"z8_strength": "comply"}},
    )
    for changed in others:
        answering.kept(replace(asked, **changed))
    pack = load_pack(asked.law)
    assert not isinstance(pack, Problem)
    with monkeypatch.context() as patch:
        patch.setattr(wiring, "load_pack", lambda _: replace(pack, digest="0" * 64))
        answering.kept(asked)
    with monkeypatch.context() as patch:
        patch.setattr(wiring, "answers", lambda: "another engine")
        answering.kept(asked)
    assert len(set(noted.keys)) == len(noted.keys) == len(others) + 4
    answering.kept(asked)
    assert noted.keys[-1] == noted.keys[0]


def test_an_answer_that_a_record_overtook_is_kept_for_what_it_was_made_from(monkeypatch: pytest.MonkeyPatch) -> None:
    lines, store, ask = list(grown().ledgers.lines(LEDGER)), Kept(), Answering.ask
    store.restore(lines[:-1])
    answering, line = Answering(store), unsaid(lines[-1])

    def late(self: Answering, *said: Any) -> Any:  # noqa: ANN401 - as it is handed on
        assert isinstance(append(LEDGER, [line]), Appended)
        return ask(self, *said)

    with in_use(store, answering), monkeypatch.context() as patch:
        patch.setattr(Answering, "ask", late)
        found = asked_at_last(answering, question())
    assert found["ledger"]["size"] == size_of(store)
    assert answering.kept(question()) == found
