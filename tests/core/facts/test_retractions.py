"""What was taken back is kept where it lay, whatever the order of arrival, and only if something else counts now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations
from typing import TYPE_CHECKING, Any

from meterward.core.records.kind import Actor
from meterward.core.records.kinds import incident_recorded, record_ended, record_withdrawn
from meterward.core.records.record import NO_LINKS, Links, Record
from meterward.core.records.roles import Role
from tests.builders.evaluations import index_of

if TYPE_CHECKING:
    from meterward.core.facts.index import Index

SPRING, SUMMER, AUTUMN = date(2014, 3, 1), date(2014, 6, 1), date(2014, 9, 1)
MANAGER = Actor("p-01", Role.SECURITY_MANAGER, "northlight")
LOW = incident_recorded.KIND.read({"detected": "2014-03-01", "severity": "low"})
HIGH = incident_recorded.KIND.read({"detected": "2014-03-01", "severity": "high"})
GONE = record_ended.KIND.read({"because": "gone"})
ERROR = record_withdrawn.KIND.read({"because": "never-happened"})
KINDS: dict[object, Any] = {GONE: record_ended.KIND, ERROR: record_withdrawn.KIND}
CELL = ("incident.recorded", "incident/1")


def _record(
    name: str, recorded: date, facts: object = LOW, links: Links = NO_LINKS, actor: Actor = MANAGER
) -> Record[Any]:
    kind = KINDS.get(facts, incident_recorded.KIND)
    subject = "" if kind is record_withdrawn.KIND else CELL[1]
    return Record(name.encode(), kind, SPRING, recorded, 0, subject, ("electricity",), actor, facts, 0, links)


FIRST = _record("a", SPRING)


def _told(index: Index, cell: tuple[str, ...] = CELL) -> list[tuple[bytes, bytes]]:
    return [(one.taken.id, one.by.id) for one in index.retractions.within([{cell}])]


def _always(records: list[Record[Any]], wanted: list[tuple[bytes, bytes]]) -> None:
    for order in permutations(records):
        assert _told(index_of(order)) == wanted, [record.id for record in order]


def test_a_withdrawal_is_told_where_the_record_lay() -> None:
    withdrawn = _record("w", SUMMER, ERROR, Links(withdraws=b"a"))
    _always([FIRST, withdrawn], [(b"a", b"w")])
    index = index_of([FIRST, withdrawn])
    assert _told(index, ("incident.recorded",)) == [(b"a", b"w")]
    assert _told(index, ("incident.recorded", "incident/2")) == []
    assert index.retractions.within([{CELL}])[0].days == (SUMMER - SPRING).days


def test_a_correction_is_told_if_it_says_something_else() -> None:
    _always([FIRST, _record("b", SUMMER, HIGH, Links(corrects=b"a"))], [(b"a", b"b")])
    _always([FIRST, _record("b", SUMMER, LOW, Links(corrects=b"a"))], [])


def test_a_correction_of_the_role_in_which_it_was_said_is_told() -> None:
    senior = Actor("p-01", Role.SENIOR_MANAGER, "northlight")
    _always([FIRST, _record("b", SUMMER, LOW, Links(corrects=b"a"), senior)], [(b"a", b"b")])


def test_a_correction_that_repeats_does_not_start_the_clock_anew() -> None:
    repeated = _record("b", SUMMER, LOW, Links(corrects=b"a"))
    changed = _record("c", AUTUMN, HIGH, Links(corrects=b"b"))
    _always([FIRST, repeated, changed], [(b"a", b"c")])


def test_a_withdrawn_correction_gives_back_what_it_corrected() -> None:
    corrected = _record("b", SUMMER, HIGH, Links(corrects=b"a"))
    withdrawn = _record("w", AUTUMN, ERROR, Links(withdraws=b"b"))
    _always([FIRST, corrected, withdrawn], [(b"b", b"w")])
    repeated = _record("b", SUMMER, LOW, Links(corrects=b"a"))
    _always([FIRST, repeated, withdrawn], [])


def test_an_end_that_was_withdrawn_is_told_where_the_ended_record_lies() -> None:
    ended = _record("e", SPRING, GONE, Links(ends=b"a"))
    withdrawn = _record("w", AUTUMN, ERROR, Links(withdraws=b"e"))
    _always([FIRST, ended, withdrawn], [(b"e", b"w")])


def test_an_end_that_was_withdrawn_is_told_where_the_correction_of_the_ended_record_lies() -> None:
    again = replace(_record("b", SUMMER, HIGH, Links(corrects=b"a")), subject="incident/2")
    ended = _record("e", SPRING, GONE, Links(ends=b"a"))
    withdrawn = _record("w", AUTUMN, ERROR, Links(withdraws=b"e"))
    for order in permutations([FIRST, again, ended, withdrawn]):
        assert (b"e", b"w") in _told(index_of(order), ("incident.recorded", "incident/2"))


def test_every_cell_whose_retractions_change_has_a_new_version() -> None:
    withdrawn = _record("w", SUMMER, ERROR, Links(withdraws=b"a"))
    index = index_of([withdrawn])
    before = index.changes
    index.append(FIRST)
    assert index.cells[CELL].version > before


def test_an_end_recorded_after_its_day_is_told_where_the_ended_record_lies() -> None:
    ended = _record("e", SUMMER, GONE, Links(ends=b"a"))
    _always([FIRST, ended], [(b"a", b"e")])
    found = index_of([FIRST, ended]).retractions.within([{("incident.recorded", "incident/1")}])
    assert [(one.retroactive, one.days) for one in found] == [(False, (SUMMER - SPRING).days)]
    _always([FIRST, _record("e", SPRING, GONE, Links(ends=b"a"))], [])


def test_an_end_recorded_late_and_repeated_by_a_correction_is_told_once() -> None:
    ended = _record("e", SUMMER, GONE, Links(ends=b"a"))
    _always([FIRST, ended, _record("f", AUTUMN, GONE, Links(corrects=b"e"))], [(b"a", b"e")])


def test_an_end_recorded_late_and_withdrawn_is_told_as_withdrawn() -> None:
    ended, withdrawn = _record("e", SUMMER, GONE, Links(ends=b"a")), _record("w", AUTUMN, ERROR, Links(withdraws=b"e"))
    _always([FIRST, ended, withdrawn], [(b"e", b"w")])
