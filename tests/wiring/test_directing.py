"""What a regulator's desk knows of a licensee that let nobody in: what its licence says, and nothing that it did."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.adapters import clock
from meterward.core.access import Action, Subject, may
from meterward.core.records.keeper import Keeper
from meterward.usecases.ports import PersonKept
from meterward.wiring.appending import append
from meterward.wiring.directing import reachable
from meterward.wiring.gating import Who, caller_of
from meterward.wiring.installed import installation
from tests.builders.parties import PEOPLE, direction, entered, last_of, line, open_for

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from meterward.core.assurance.issuing import Addressee
    from meterward.core.base.canonical import Json


@pytest.fixture(autouse=True)
def parties(empty_home: Path) -> None:  # noqa: ARG001 - it is in use
    """A licensee, and the Authority, which it did not let in."""
    open_for("northlight")
    open_for("authority", Keeper.AUTHORITY)


def said(kind: str, facts: Mapping[str, Json], **more: str) -> None:
    """The licensee says something."""
    entered(append("northlight", [line(kind, Keeper.LICENSEE, "northlight", facts, **more)]))


def known() -> Addressee:
    """What is known of it at the Authority's desk."""
    head = installation().ledgers.head("authority")
    assert head
    return reachable(head, clock.today(), frozenset())["northlight"]


def test_its_brackets_and_the_days_of_other_instruments_are_known() -> None:
    assert known().parameters["z17_authority"] == "sos_and_authority"
    option: Any = [{"name": "z17_authority", "value": "sos_only"}]
    said("pack.adopted", {"pack": "condition_z_2012", "pack_version": 1, "parameters": option}, subject="licensee")
    day: Mapping[str, Json] = {"event": "sec_go_live", "day": "2030-01-02", "instrument": "notice"}
    said("date.determined", day, subject="licensee")
    assert known().parameters["z17_authority"] == "sos_only"
    assert known().go_live == date(2030, 1, 2)


def test_whatever_else_it_records_is_not() -> None:
    before = known()
    said("incident.recorded", {"detected": clock.today().isoformat(), "severity": "high"}, subject="incident/1")
    assert known() == before
    head = installation().ledgers.head("northlight")
    assert head
    person, _ = PEOPLE[Keeper.AUTHORITY]
    caller = caller_of(installation(), Who(PersonKept("", person, "authority"), strong=True), head)
    assert not may(caller, Action.READ_POSITION, Subject("northlight")).allowed


def corrected(identity: str, due: str) -> list[str]:
    """Where something is wrong with a correction of a direction; nothing, if it is entered."""
    line = direction("authority", ["northlight"], "direction/authority-1", corrects=identity)
    facts: Any = line["facts"]
    requirements: Any = [{"name": "step-1", "act": "do", "due": due}]
    done = append("authority", [{**line, "facts": {**facts, "requirements": requirements}}])
    return [one.field for one in done] if isinstance(done, list) else []


def test_a_direction_is_corrected_as_it_is_amended_while_it_binds_and_never_into_the_past() -> None:
    entered(append("authority", [direction("authority", ["northlight"], "direction/authority-1")]))
    assert corrected(last_of("authority"), "2014-06-30") == ["facts.requirements[0].due"]
    assert corrected(last_of("authority"), "2098-12-31") == []
    binding = last_of("authority")
    ended = line("record.ended", Keeper.AUTHORITY, "authority", {"because": "revoked"}, subject="direction/authority-1")
    statement: Any = ended["statement"]
    entered(append("authority", [{**ended, "statement": {**statement, "ends": binding}}]))
    assert corrected(binding, "2098-12-30") == ["statement.corrects"]
