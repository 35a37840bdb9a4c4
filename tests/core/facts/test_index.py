"""The index of effective records: what it costs to take records out again does not grow with the ledger."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.facts.index import Index
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import action_planned
from meterward.core.records.record import NO_LINKS, Links, Record
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from types import FrameType

DAY = date(2014, 1, 1)
ACTOR = Actor("p-01", Role.SECURITY_MANAGER, "northlight")
FACTS = action_planned.KIND.read({"of": "audit/1", "due": "2014-03-31", "owner": "security_manager"})


def _planned(number: int, links: Links = NO_LINKS) -> Record[Any]:
    identity, subject = number.to_bytes(32), f"action/{number}"
    return Record(identity, action_planned.KIND, DAY, DAY, number, subject, ("electricity",), ACTOR, FACTS, 0, links)


def _calls_to_correct(count: int) -> int:
    """How many calls it takes to correct so many records, each of which replaces another."""
    first = [_planned(number) for number in range(count)]
    second = [_planned(count + one.index, Links(replaces=one.id)) for one in first]
    index = Index("electricity")
    for record in (*first, *second):
        index.append(record)
    corrections = [_planned(count + one.index, Links(corrects=one.id)) for one in second]
    calls = 0

    def hear(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(hear)
    try:
        for record in corrections:
            index.append(record)
    finally:
        sys.setprofile(None)
    assert index.ids() == b"".join(sorted(one.id for one in (*first, *corrections)))
    return calls


def test_many_corrections_cost_in_proportion() -> None:
    assert _calls_to_correct(800) < 5 * _calls_to_correct(200)
