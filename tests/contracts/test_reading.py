"""What every store gives back of a ledger is what went in, entry for entry."""

from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from meterward.catalogues import examples
from meterward.core.base.days import london_day
from meterward.core.ledger.tree import Frontier, leaf_hash
from meterward.core.records.admission import Admission
from meterward.core.records.holding import GRANTING
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.record import Record
from meterward.usecases.append_record import Appended, Order, append_records
from tests.builders.kept import fresh, restore, roots, said, told
from tests.builders.ledgers import ledgers, rich_ledger

if TYPE_CHECKING:
    from typing import Any

    from meterward.core.base.canonical import Json
    from tests.builders.scribe import Scribe
    from tests.builders.stores import Store

DAY = date(2026, 6, 30)
few = settings(
    max_examples=12,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@cache
def example() -> tuple[list[dict[str, Json]], list[Record[Any]]]:
    """The lines of the example, with their ids, and the records that admission makes of them."""
    admission, lines, records = Admission(), [], []
    for line in examples.tell("northlight", DAY):
        sealed = read_object(line)
        assert isinstance(sealed, Sealed)
        record = admission.admit(sealed)
        assert isinstance(record, Record)
        records.append(record)
        lines.append({**line, "id": record.id.hex()})
    return lines, records


def test_there_is_nothing_at_first(store: Store) -> None:
    assert store.ledgers.names() == []
    assert store.ledgers.head("northlight") is None
    assert list(store.ledgers.lines("northlight")) == []
    assert store.ledgers.size_on("northlight", DAY) == 0


def test_a_ledger_is_opened_once(store: Store) -> None:
    for name in ("northlight", "brightwater", "northlight"):
        store.ledgers.open(name)
    assert store.ledgers.names() == ["brightwater", "northlight"]
    head = store.ledgers.head("northlight")
    assert head
    assert (head.size, head.keeper, head.last_recorded, head.peaks) == (0, "", "", ())


def test_the_example_comes_back_as_it_was_admitted(store: Store) -> None:
    lines, records = example()
    ledger = fresh(store)
    assert restore(store.ledgers, ledger, lines) == Appended(0, len(lines))
    assert told(store.ledgers.records(ledger)) == told(records)
    assert said(store.ledgers.lines(ledger)) == said(lines)


def test_every_prefix_has_the_root_of_a_file_of_its_lines(store: Store) -> None:
    lines, _ = example()
    ledger = fresh(store)
    restore(store.ledgers, ledger, lines)
    expected = roots(lines)
    assert [store.ledgers.root(ledger, size) for size in range(1, len(lines) + 1)] == expected
    head = store.ledgers.head(ledger)
    assert head
    assert (head.size, head.keeper, head.last_recorded) == (len(lines), "northlight", lines[-1]["recorded"])


def test_a_part_of_a_ledger_is_read_by_index(store: Store) -> None:
    lines, records = example()
    ledger = fresh(store)
    restore(store.ledgers, ledger, lines)
    assert told(store.ledgers.records(ledger, 10, 20)) == told(records[10:20])
    assert told(store.ledgers.records(ledger, len(records) - 3)) == told(records[-3:])
    assert said(store.ledgers.lines(ledger, 7, 9)) == said(lines[7:9])
    assert list(store.ledgers.records(ledger, 20, 10)) == []
    assert list(store.ledgers.records(ledger, len(records))) == []


def test_one_line_is_read_by_index(store: Store) -> None:
    lines, _ = example()
    ledger = fresh(store)
    restore(store.ledgers, ledger, lines)
    line = store.ledgers.line(ledger, 5)
    assert line
    assert said([line]) == said([lines[5]])
    assert store.ledgers.line(ledger, len(lines)) is None


def test_a_ledger_had_a_size_at_the_end_of_every_day(store: Store) -> None:
    lines, _ = example()
    ledger = fresh(store)
    restore(store.ledgers, ledger, lines)
    days = [london_day(str(line["recorded"])) for line in lines]
    for shift in (-1, 0, 1):
        for day in {day + timedelta(shift) for day in days[::25] if day}:
            assert store.ledgers.size_on(ledger, day) == sum(one <= day for one in days if one)


def test_the_records_of_some_kinds_come_with_what_acts_on_them(store: Store) -> None:
    scribe = rich_ledger(5, "people", 120)
    ledger = fresh(store)
    restore(store.ledgers, ledger, scribe.lines)
    for kinds in (GRANTING, ("state.evidenced",), ("need.determined", "judgement.made"), ()):
        wanted = {one.id for one in scribe.records if one.kind.name in kinds}
        expected = [one for one in scribe.records if one.id in wanted or wanted & {*one.links}]
        assert told(store.ledgers.records_of(ledger, kinds)) == told(expected)
        later = [one for one in expected if one.index >= 60]
        assert told(store.ledgers.records_of(ledger, kinds, start=60)) == told(later)


def test_the_records_of_some_kinds_can_be_narrowed_to_subjects(store: Store) -> None:
    lines, records = example()
    ledger = fresh(store)
    restore(store.ledgers, ledger, lines)
    found = list(store.ledgers.records_of(ledger, ("policy.reviewed",), ("policy/1",)))
    wanted = {one.id for one in records if (one.kind.name, one.subject) == ("policy.reviewed", "policy/1")}
    assert wanted
    assert told(found) == told([one for one in records if one.id in wanted or wanted & {*one.links}])


@few
@given(scribe=ledgers(most=30))
def test_any_ledger_comes_back_as_it_was_admitted(store: Store, scribe: Scribe) -> None:
    ledger = fresh(store)
    assert restore(store.ledgers, ledger, scribe.lines) == Appended(0, len(scribe.lines))
    assert told(store.ledgers.records(ledger)) == told(scribe.records)
    assert said(store.ledgers.lines(ledger)) == said(scribe.lines)
    assert store.ledgers.root(ledger, len(scribe.lines)) == scribe.admission.tree.root().hex()


@pytest.mark.parametrize("text", ["a\u0000b", "“quoted” and 'so'", "ünïcode ✓ 😀\u2028", '%s {} \\ "', "é" * 30_000])
def test_any_text_comes_back_as_it_was_written(store: Store, text: str) -> None:
    line = dict(example()[0][0])
    line = {**line, "text": {"note": text}, "salts": {"facts": "0" * 32, "text": "1" * 32}}
    ledger = fresh(store)
    bare = {name: part for name, part in line.items() if name != "id"}
    assert restore(store.ledgers, ledger, [bare]) == Appended(0, 1)
    (kept,) = store.ledgers.lines(ledger)
    assert kept["text"] == {"note": text}
    assert json.dumps(kept["statement"]) == json.dumps(line["statement"])


def test_the_leaves_come_to_the_root_from_wherever_they_are_asked_for(store: Store) -> None:
    lines, _ = example()
    ledger = fresh(store)
    restore(store.ledgers, ledger, lines)
    size = len(lines)
    leaves = store.ledgers.leaves(ledger, 0, size + 5)
    assert len(leaves) == size
    frontier = Frontier()
    for leaf in leaves:
        frontier.append(leaf_hash(leaf))
    assert frontier.root().hex() == store.ledgers.root(ledger, size)
    assert store.ledgers.leaves(ledger, 300, 310) == leaves[300:310]
    assert store.ledgers.leaves(ledger, size, size + 1) == []


def test_by_whom_entries_are_signed_is_told_for_each(store: Store) -> None:
    lines, _ = example()
    ledger = fresh(store)
    signed: list[dict[str, Any]] = [
        {**line, "signatures": {"0" * 63 + str(place): "AAAA"}} for place, line in enumerate(lines[:3])
    ]
    done = append_records(
        store.ledgers,
        ledger,
        Order([signed[0], lines[1], signed[2]], keep_recorded=True),
        lambda _: (),
        lambda _head, _known, sealed: sealed.signatures,
    )
    assert done == Appended(0, 3)
    assert store.ledgers.signers(ledger, 0, 9) == [("0" * 64,), (), ("0" * 63 + "2",)]
    assert store.ledgers.signers(ledger, 1, 2) == [()]


def test_ledgers_are_looked_across_and_a_record_is_found_wherever_it_is_entered(store: Store) -> None:
    lines, _ = example()
    for name in ("northlight", "copy"):
        store.ledgers.open(name)
        order = Order(
            [{key: part for key, part in line.items() if key != "id"} for line in lines[:40]], "", keep_recorded=True
        )
        assert isinstance(append_records(store.ledgers, name, order, lambda _: ()), Appended)
    store.ledgers.open("empty")
    assert [(one.ledger, one.size) for one in store.ledgers.heads()] == [("copy", 40), ("empty", 0), ("northlight", 40)]
    found = list(store.ledgers.across(GRANTING))
    assert [name for name, _ in found] == sorted(name for name, _ in found)
    for name in ("northlight", "copy"):
        assert [one.id for there, one in found if there == name] == [
            one.id for one in store.ledgers.records_of(name, GRANTING)
        ]
    wanted = str(lines[3]["id"])
    places = store.ledgers.places([wanted, "ab" * 32])
    assert [(one.ledger, one.number, one.id) for one in places] == [("copy", 4, wanted), ("northlight", 4, wanted)]
    assert {one.recorded for one in places} == {lines[3]["recorded"]}
