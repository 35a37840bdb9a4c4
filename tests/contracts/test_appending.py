"""Appending to any store: in order, at instants that never run backwards, once for each key, all or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from operator import methodcaller
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from meterward.core.base.problem import Code, Problem
from meterward.core.records.admission import Admission
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.record import Record
from meterward.usecases.append_record import Appended, Order, append_records, asked_of
from meterward.usecases.ports import Asked, Book, Known
from tests.builders.kept import LEDGER, append, fresh, incident, opening, restore, told
from tests.builders.ledgers import THEMES, rich_ledger
from tests.builders.lines import Draft

if TYPE_CHECKING:
    from meterward.usecases.check_appended import Further
    from tests.builders.stores import Store

DAY = date(2013, 4, 8)


@pytest.fixture
def opened(store: Store) -> Store:
    """A store with a ledger that has been opened."""
    store.ledgers.open(LEDGER)
    assert append(store.ledgers, LEDGER, opening(DAY)) == Appended(0, 1)
    return store


def stamps(store: Store) -> list[str]:
    """When the entries were recorded."""
    return [str(line["recorded"]) for line in store.ledgers.lines(LEDGER)]


def test_only_the_store_says_when_something_was_recorded(opened: Store) -> None:
    opened.clock.now = "2013-05-02T10:00:00Z"
    line = {**incident(1, DAY), "recorded": "2013-04-30T00:00:00Z"}
    assert append_records(opened.ledgers, LEDGER, Order([line]), lambda _: ()) == Appended(1, 1)
    assert stamps(opened) == ["2013-05-01T09:00:00Z", "2013-05-02T10:00:00Z"]


def test_a_correction_that_was_withdrawn_gives_way_to_another_and_that_stands(opened: Store) -> None:
    """Of two acts on one record by the same verb, the store knows the last, and what became of each."""

    def say(draft: Draft, seed: str) -> Appended | list[Problem]:
        return append(opened.ledgers, LEDGER, replace(draft, occurred=DAY, recorded=DAY, files=False).line(seed))

    def correct(severity: str) -> Appended | list[Problem]:
        facts = {"detected": DAY, "severity": severity}
        return say(Draft("incident.recorded", DAY, DAY, facts, "incident/1", links={"corrects": first}), severity)

    def last() -> bytes:
        return list(opened.ledgers.records(LEDGER))[-1].id

    assert append(opened.ledgers, LEDGER, incident(1, DAY)) == Appended(1, 1)
    first = last()
    assert correct("high") == Appended(2, 1)
    withdrawal = Draft(
        "record.withdrawn", DAY, DAY, {"because": "duplicate"}, role="security_manager", links={"withdraws": last()}
    )
    assert say(withdrawal, "withdrawn") == Appended(3, 1)
    assert correct("medium") == Appended(4, 1)
    refused = correct("low")
    assert isinstance(refused, list)
    assert [one.code for one in refused] == [Code.LINK_TWICE]
    assert last().hex() in refused[0].hint


def test_the_time_of_recording_never_runs_backwards_though_the_clock_does(opened: Store) -> None:
    opened.clock.now = "2013-04-29T10:00:00Z"
    assert append(opened.ledgers, LEDGER, incident(1, DAY)) == Appended(1, 1)
    opened.clock.now = "2013-05-01T09:00:01Z"
    assert append(opened.ledgers, LEDGER, incident(2, DAY)) == Appended(2, 1)
    assert stamps(opened) == ["2013-05-01T09:00:00Z"] * 2 + ["2013-05-01T09:00:01Z"]


def test_all_of_an_order_is_recorded_at_one_instant(opened: Store) -> None:
    assert append(opened.ledgers, LEDGER, *(incident(number, DAY) for number in range(5))) == Appended(1, 5)
    assert len(set(stamps(opened))) == 1


def test_a_second_click_appends_nothing(opened: Store) -> None:
    line = incident(1, DAY)
    assert append(opened.ledgers, LEDGER, line, key="draft-1") == Appended(1, 1)
    resealed = {**line, "salts": {"facts": "a" * 32, "text": "b" * 32}}
    assert append(opened.ledgers, LEDGER, resealed, key="draft-1") == Appended(1, 1, again=True)
    head = opened.ledgers.head(LEDGER)
    assert head
    assert head.size == 2


def test_a_key_stands_for_one_act(opened: Store) -> None:
    append(opened.ledgers, LEDGER, incident(1, DAY), key="draft-1")
    found = append(opened.ledgers, LEDGER, incident(2, DAY), key="draft-1")
    assert isinstance(found, list)
    assert [one.code for one in found] == [Code.KEY_USED]
    assert len(stamps(opened)) == 2


def test_a_key_counts_in_its_own_ledger_only(opened: Store) -> None:
    other = fresh(opened)
    append(opened.ledgers, LEDGER, incident(1, DAY), key="draft-1")
    assert append(opened.ledgers, other, opening(DAY), key="draft-1") == Appended(0, 1)


def test_a_key_whose_order_was_refused_is_free_again(opened: Store) -> None:
    assert isinstance(append(opened.ledgers, LEDGER, {**incident(1, DAY), "facts": {}}, key="draft-1"), list)
    assert append(opened.ledgers, LEDGER, incident(1, DAY), key="draft-1") == Appended(1, 1)


def test_an_order_is_carried_out_whole_or_not_at_all(opened: Store) -> None:
    before = opened.ledgers.head(LEDGER)
    twice = (incident(1, DAY), incident(2, DAY), incident(1, DAY), {**incident(3, DAY), "facts": {"severity": 1}})
    found = append(opened.ledgers, LEDGER, *twice, key="draft-1")
    assert isinstance(found, list)
    assert {one.line for one in found} == {4}, "what does not read is told before anything is admitted"
    found = append(opened.ledgers, LEDGER, *twice[:3])
    assert isinstance(found, list)
    assert {(one.line, one.code) for one in found} >= {(3, Code.RECORD_DUPLICATE)}
    assert opened.ledgers.head(LEDGER) == before
    assert len(list(opened.ledgers.records(LEDGER))) == 1


def test_what_the_law_has_against_a_record_keeps_the_whole_order_out(opened: Store) -> None:
    said = Problem(Code.KIND_CONSTRAINT, "No.", "Something else.")
    lines = [{**incident(number, DAY), "recorded": ""} for number in (1, 2)]
    found = append_records(opened.ledgers, LEDGER, Order(lines), lambda _: [(1, said)])
    assert found == [replace(said, line=2)]
    assert len(stamps(opened)) == 1


def test_what_fails_half_way_leaves_nothing(opened: Store) -> None:
    order = Order([incident(1, DAY)])

    def fail(further: Further) -> list[tuple[int, Problem]]:
        raise KeyError(further.records[0].subject)

    before = opened.ledgers.head(LEDGER)
    with pytest.raises(KeyError):
        append_records(opened.ledgers, LEDGER, order, fail)
    assert opened.ledgers.head(LEDGER) == before
    assert append(opened.ledgers, LEDGER, incident(1, DAY)) == Appended(1, 1)


def test_nothing_is_appended_to_a_ledger_that_is_not_there(store: Store) -> None:
    found = append(store.ledgers, "nowhere", opening(DAY))
    assert isinstance(found, list)
    assert [one.code for one in found] == [Code.LEDGER_UNKNOWN]
    assert store.ledgers.names() == []


def test_ledgers_do_not_meet(store: Store) -> None:
    for name in ("a", "b"):
        store.ledgers.open(name)
        assert append(store.ledgers, name, opening(DAY), incident(1, DAY)) == Appended(0, 2)
    append(store.ledgers, "a", incident(2, DAY))
    heads = [store.ledgers.head(name) for name in ("a", "b")]
    assert [head.size for head in heads if head] == [3, 2]
    assert told(store.ledgers.records("a", 0, 2)) == told(store.ledgers.records("b"))


def test_nobody_else_moves_a_ledger_that_is_locked(opened: Store) -> None:
    def look(book: Book) -> tuple[int, str]:
        return book.head.size, book.stamp()

    opened.clock.now = "2000-01-01T00:00:00Z"
    assert opened.ledgers.write(LEDGER, look) == (1, "2013-05-01T09:00:00Z")


@settings(
    max_examples=8,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(seeds=st.tuples(st.integers(0, 50), st.integers(51, 99)), theme=st.sampled_from(THEMES))
def test_a_store_refuses_what_a_file_refuses_in_the_same_words(
    store: Store, seeds: tuple[int, int], theme: str
) -> None:
    """Two histories dealt into each other, line by line: much is refused, for a store that knows a part of it only."""
    one, other = (rich_ledger(seed, theme, 15).lines for seed in seeds)
    lines = [line for pair in zip(one, other, strict=False) for line in pair] + one[:5]
    whole, ledger, refused = Admission(), fresh(store), 0
    for line in lines:
        sealed = read_object(line)
        assert isinstance(sealed, Sealed)
        admitted = whole.admit(sealed)
        kept = restore(store.ledgers, ledger, [line])
        if isinstance(admitted, Record):
            assert kept == Appended(admitted.index, 1)
        else:
            refused += 1
            assert kept == admitted
    assert refused >= 5
    assert store.ledgers.root(ledger, whole.tree.size) == whole.tree.root().hex()


def test_what_is_known_is_what_was_asked_and_no_more(store: Store) -> None:
    scribe = rich_ledger(3, "policy", 60)
    ledger = fresh(store)
    restore(store.ledgers, ledger, scribe.lines)
    nothing = store.ledgers.write(ledger, lambda book: book.known(Asked(frozenset(), frozenset(), frozenset())))
    assert nothing == Known(licences=frozenset(("electricity", "gas")))
    for line, record in zip(scribe.lines, scribe.records, strict=True):
        sealed = read_object(line)
        assert isinstance(sealed, Sealed)
        asked = asked_of([sealed])
        known = store.ledgers.write(ledger, methodcaller("known", asked))
        assert isinstance(known, Known)
        assert {one.id for one in known.records} == asked.ids & {one.id for one in scribe.records}
        assert known.subjects == {name: by for name, by in scribe.admission.subjects.items() if name in asked.names}
        assert known.counters == {f"northlight/{record.kind.family}": _family(scribe.records, record.kind.family)}
        there = scribe.admission.acts.by
        assert {one: by for one, by in known.acts.items() if one[1] in asked.ids} == {
            one: by for one, by in there.items() if one[1] in asked.ids
        }


def _family(records: list[Record[Any]], family: str) -> int:
    return sum(one.kind.family == family for one in records)
