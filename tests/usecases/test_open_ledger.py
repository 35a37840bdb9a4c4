"""The records that a ledger begins with are read as any others, and nothing is wrong with them."""

from __future__ import annotations

import json
from datetime import date
from itertools import count

from meterward.core.records.roles import Role
from meterward.usecases.open_ledger import Opening, opening_lines
from meterward.usecases.read_ledger import read_ledger

TODAY = date(2014, 11, 20)
OPENING = Opening("harbour", {"gas": date(2013, 3, 4), "electricity": date(2015, 1, 1)}, "p-07")


def test_an_opening_is_a_ledger() -> None:
    numbers = count()
    lines = list(opening_lines(OPENING, TODAY, lambda: f"{next(numbers):032x}"))
    stamped = [json.dumps({**line, "recorded": "2014-11-20T09:00:00Z"}).encode() for line in lines]
    loaded = read_ledger(stamped)
    assert loaded.problems == []
    opened, gas, electricity, appointed = loaded.records
    assert opened.licences == ("gas", "electricity")
    assert (gas.licences, gas.occurred) == (("gas",), date(2013, 3, 4))
    assert (electricity.licences, electricity.occurred) == (("electricity",), TODAY)
    assert electricity.facts.held_from == date(2015, 1, 1)
    assert (appointed.facts.person, appointed.facts.role) == ("p-07", "security_manager")
    assert {record.actor.role for record in loaded.records} == {Role.OPERATOR}
    assert len({line["salts"]["facts"] for line in lines}) == 4  # type: ignore[index,call-overload] # ours has them
