"""What is kept stands until a cell that it read changes, whether in itself or in what it was made of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from meterward.core.records.kinds import incident_recorded, policy_reviewed
from tests.builders.stories import reader, told

if TYPE_CHECKING:
    from meterward.core.facts.reader import Reader

DETECTED = {"detected": "2014-01-01", "severity": "low"}
FIRST = {"kind": "incident.recorded", "on": date(2014, 1, 1), "subject": "incident/1", "facts": DETECTED}
SECOND = {**FIRST, "on": date(2014, 2, 1), "subject": "incident/2"}
OTHER = {"kind": "need.determined", "on": date(2014, 3, 1), "subject": "need/1", "facts": {"concern": "site"}}


def _counts(read: Reader) -> tuple[int, int]:
    """How many incidents are known, kept inside something that is kept; and of how many the second is one."""

    def inner() -> int:
        return len(read.all(incident_recorded.KIND))

    def outer() -> tuple[int, int]:
        return read.keep("inner", inner), len(read.of(incident_recorded.KIND, "incident/2"))

    return read.keep("outer", outer)


def test_a_further_record_is_seen_through_what_was_kept() -> None:
    read = reader(FIRST)
    assert _counts(read) == (1, 0)
    for record in told(FIRST, SECOND):
        read.index.append(record)
    assert _counts(read) == (2, 1)


def test_what_read_nothing_of_it_is_not_made_again_after_many_records() -> None:
    read, made = reader(FIRST), []
    for _ in range(3):
        read.keep("reviews", lambda: made.append(read.all(policy_reviewed.KIND)))
        for record in told(FIRST, *(OTHER | {"subject": f"need/{number}"} for number in range(len(made) + 1))):
            read.index.append(record)
        _counts(read)
    assert len(made) == 1


def test_the_same_parts_make_the_same() -> None:
    read = reader(FIRST)
    assert read.same("key", (1, 2), list) is read.same("key", (1, 2), list)
    assert read.same("key", (1, 3), list) == [1, 3]
    assert read.same("other key", (1, 3), list) is not read.same("key", (1, 3), list)
