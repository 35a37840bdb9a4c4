"""Answers about ledgers that grow while they are asked about: each of one size, never worked out twice for nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from meterward import wiring
from meterward.adapters.background import CancelledError, Job
from meterward.adapters.in_memory.work import MemoryComputed
from meterward.core.base.problem import Problem
from meterward.present.position_json import position_json
from meterward.usecases.append_record import Appended, Order, append_records
from meterward.usecases.check_records import check_records
from meterward.wiring import answering as module
from meterward.wiring import load_pack
from meterward.wiring.answering import Answering
from meterward.wiring.appending import append
from tests.builders.answers import AS_AT, LEDGER, Kept, afresh, in_use, kept, question, unsaid
from tests.builders.ledgers import opened, rich_ledger
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.facts.reader import Reader
    from meterward.core.obligations.law import Pack
    from meterward.present.answer import Answer, Question

T = TypeVar("T")
EARLIER = date(2014, 6, 1)


def _grown() -> Kept:
    """A ledger in which nothing is wrong."""
    store = Kept()
    with in_use(store, Answering(store)):
        for line in rich_ledger(3, "policy").lines:
            store.clock.instant = str(line["recorded"])
            append(LEDGER, [unsaid(line)])
    return store


def _asked(answering: Answering, asked: Question) -> dict[str, Any]:
    found = _at_last(lambda: answering.positions(asked))
    assert isinstance(found, dict), found
    return found


def _size(store: Kept) -> int:
    head = store.ledgers.head(LEDGER)
    return head.size if head else 0


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
            known_at = None if number % 2 else max(1, _size(store) - number)
            found.append(_asked(answering, question((AS_AT, EARLIER)[number % 3 == 0], known_at)))
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


def test_another_day_or_an_earlier_size_throws_nothing_away() -> None:
    store = _grown()
    answering, following = Answering(store), store.followed.follow(LEDGER)
    asked = [question(), question(EARLIER), question(known_at=20), question(EARLIER, 20)]
    found = [_asked(answering, one) for one in asked]
    assert found == [afresh(store, one) for one in asked]
    assert all(following.is_ready(one.known_at, one.as_at, one.hypothesis, 0) for one in asked)


def test_what_is_known_at_a_size_stays_when_more_comes() -> None:
    store = _grown()
    answering, size = Answering(store), _size(store)
    before = _asked(answering, question(known_at=size))
    with in_use(store, answering):
        facts = {"detected": "2016-12-01", "severity": "low"}
        line = Draft("incident.recorded", AS_AT, AS_AT, facts, "incident/9").line("new")
        assert isinstance(append(LEDGER, [unsaid(line)]), Appended)
    assert _asked(answering, question())["ledger"]["size"] == size + 1
    assert _asked(Answering(replace_computed(store)), question(known_at=size)) == before


def replace_computed(store: Kept) -> Kept:
    """The same ledgers and what was read of them, with no answer kept."""
    other = Kept(store.clock)
    other.ledgers, other.followed = store.ledgers, store.followed
    return other


def test_what_was_found_right_is_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    store, looked = _grown(), list[int]()

    def counting(pack: Pack, packs: Mapping[str, Pack], licences: Sequence[Reader]) -> Iterator[Problem]:
        looked.append(1)
        return check_records(pack, packs, licences)

    monkeypatch.setattr(module, "check_records", counting)
    answering = Answering(store)
    for as_at in (AS_AT, EARLIER, date(2015, 1, 1)):
        _asked(answering, question(as_at))
    assert looked == [1]
    with in_use(store, answering):
        facts = {"detected": "2016-12-01", "severity": "low"}
        append(LEDGER, [unsaid(Draft("incident.recorded", AS_AT, AS_AT, facts, "incident/9").line("new"))])
    _asked(answering, question())
    assert looked == [1]


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
    assert _asked(answering, question())
    later.restore(scribe.lines[-1:])
    assert answering.positions(question()) == found


def test_a_licence_that_is_not_there_is_a_problem() -> None:
    found = Answering(_grown()).positions(replace(question(), licence="water"))
    assert isinstance(found, list)
    assert "water" in found[0].message


def test_an_answer_known_now_says_so_though_one_of_the_same_size_is_kept() -> None:
    store = _grown()
    answering = Answering(store)
    found = [_asked(answering, question(known_at=known)) for known in (None, _size(store), AS_AT)]
    assert [one["known_at"] for one in found] == [None, _size(store), AS_AT.isoformat()]


@pytest.fixture
def _slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that was not read yet be work for the background, for which nobody waits."""
    monkeypatch.setattr(module, "_INLINE", 0)
    monkeypatch.setattr(module, "PATIENCE", 0.0)


def _at_last(ask: Callable[[], T | list[Problem] | Job]) -> T | list[Problem] | Job:
    """What comes after a job, or after several."""
    while isinstance(found := ask(), Job):
        assert found.ended.wait(20)
    return found


@pytest.mark.usefixtures("_slowly")
def test_what_takes_long_is_on_the_way_first() -> None:
    store = _grown()
    answering = Answering(store)
    assert isinstance(answering.positions(question()), Job)
    found = _at_last(lambda: answering.positions(question()))
    assert found == afresh_inline(store)
    later = _at_last(lambda: answering.ask(question(EARLIER), position_json))
    assert isinstance(later, dict)
    assert later["as_at"] == "2014-06-01"


def afresh_inline(store: Kept) -> dict[str, Any]:
    """The answer of a process that works it out at once."""
    found = Answering(replace_computed(store)).ask(question(), position_json)
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("_slowly")
def test_what_fails_on_the_way_fails_for_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    store = _grown()
    answering = Answering(store)

    def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr(type(store.ledgers), "records", fail)
    with pytest.raises(OSError, match="the disk is gone"):
        _at_last(lambda: answering.positions(question()))


@pytest.mark.usefixtures("_slowly")
def test_a_job_that_was_stopped_is_begun_anew() -> None:
    store, go = _grown(), threading.Event()
    answering, records = Answering(store), type(store.ledgers).records
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(store.ledgers), "records", lambda *given: (go.wait(20), records(*given))[1])
        job = answering.positions(question())
        assert isinstance(job, Job)
        assert answering.background.cancel(job.name)
        go.set()
        assert job.ended.wait(20)
        assert isinstance(job.fault, CancelledError)
    assert _at_last(lambda: answering.positions(question())) == afresh_inline(store)


def test_a_show_that_fails_leaves_the_ledger_free_for_others() -> None:
    store = _grown()
    answering = Answering(store)

    def fail(_: Answer) -> None:
        raise ValueError("shown wrongly")

    with pytest.raises(ValueError, match="shown wrongly"):
        answering.ask(question(), fail)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: _asked(answering, question())).result(20)


class Noted(MemoryComputed):
    """Notes under which keys it is asked for something, and has nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[str] = []

    def get(self, key: str) -> Json:
        self.keys.append(key)
        return None


def test_an_answer_is_kept_by_all_that_it_was_computed_from(monkeypatch: pytest.MonkeyPatch) -> None:
    noted, (one, other) = Noted(), (_restored(seed) for seed in (3, 8))
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
        {"known_at": _size(one)},
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
    lines, store, ask = list(_grown().ledgers.lines(LEDGER)), Kept(), Answering.ask
    store.restore(lines[:-1])
    answering, line = Answering(store), unsaid(lines[-1])

    def late(self: Answering, *said: Any) -> Any:  # noqa: ANN401 - as it is handed on
        assert isinstance(append(LEDGER, [line]), Appended)
        return ask(self, *said)

    with in_use(store, answering), monkeypatch.context() as patch:
        patch.setattr(Answering, "ask", late)
        found = _asked(answering, question())
    assert found["ledger"]["size"] == _size(store)
    assert answering.kept(question()) == found


def _restored(seed: int) -> Kept:
    store = Kept()
    store.restore(rich_ledger(seed, "policy").lines)
    return store
