"""A register for the example licensee, in place of its own: risks of every standing, with measures of every state."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from tests.builders.systems import HEAD_END, TOOL, line

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.base.canonical import Json

Line = dict[str, "Json"]
CONTEXT = "context/told"
_LEVELS: Json = [[1, 1, 2, 2, 3], [1, 2, 2, 3, 3], [2, 2, 3, 3, 4], [2, 3, 3, 4, 5], [3, 3, 4, 5, 5]]
_UNITS = {"supply": "customers off supply for an hour", "data_access": "customers' records", "money": "pounds"}


def context(day: date, name: str = CONTEXT, appetite: int = 2) -> Line:
    """The scales: five levels of likelihood, of three consequences and of risk."""
    least: Json = [0, 100, 10_000, 100_000, 1_000_000]
    criteria: Json = [
        {"consequence": one, "unit": unit, "least": least, "appetite": appetite} for one, unit in _UNITS.items()
    ]
    facts: Line = {"method": "Levels of likelihood and consequence", "version": "1", "criteria": criteria}
    facts |= {"likelihood": [0, 100, 1_000, 10_000, 100_000], "matrix": [{"levels": one} for one in _rows()]}
    return line("context.established", day, facts, name)


def risk(day: date, name: str, label: str, *elements: str, **more: Json) -> Line:
    """A risk to supply and to money."""
    facts: Line = {"label": label, "consequences": ["supply", "money"], "elements": [*elements], **more}
    return line("risk.identified", day, facts, f"risk/{name}", text={"story": f"How it comes about: {label.lower()}."})


def estimate(day: date, name: str, likelihood: int, supply: Json, state: str = "current", **more: Json) -> Line:
    """An estimate: of supply in levels or in three points, of money in levels."""
    come: Line = {"consequence": "supply", **({"level": supply} if isinstance(supply, int) else {"points": supply})}
    consequences: Json = [come, {"consequence": "money", "level": 1}]
    facts: Line = {"state": state, "context": CONTEXT, "likelihood": likelihood, "consequences": consequences, **more}
    return line("risk.estimated", day, facts, f"risk/{name}", text={"rationale": "As the last exercise showed."})


def measure(day: date, name: str, of: str, due: date, **lowers: int) -> Line:
    """A measure against one risk."""
    effects: Json = [{"risk": f"risk/{of}", **(lowers or {"likelihood": 1})}]
    facts: Line = {"label": f"Measure {name}", "option": "modify", "effects": effects, "due": due.isoformat()}
    return line("measure.planned", day, {**facts, "cost": 180_000}, f"measure/{name}", text={"description": "Done so."})


def progress(day: date, name: str, state: str, strength: str = "evidenced") -> Line:
    """How far a measure is."""
    files: Line = {} if strength == "claimed" else {"report.pdf": sha256(name.encode()).hexdigest()}
    return line("measure.progressed", day, {"state": state, "strength": strength}, f"measure/{name}", files=files)


def accepted(day: date, name: str, until: date) -> Line:
    """An acceptance by senior management."""
    facts: Line = {"risk": name, "option": "retain", "accepted_until": until.isoformat()}
    found = line("risk.treated", day, facts, f"risk/{name}", text={"measures": "The supplier delivers in autumn."})
    statement = found["statement"]
    assert isinstance(statement, dict)
    statement["actor"] = {"person": "p-02", "role": "senior_manager", "organisation": LEDGER}
    return found


def register(day: date) -> list[Line]:
    """Six risks, as they were told some days before a day."""
    then, later = day - timedelta(30), day - timedelta(10)
    points: Json = {"low": 1_000, "likely": 40_000, "high": 900_000}
    return [
        context(then),
        risk(then, "T-1", "Mass disconnection", HEAD_END, scenario="mass-disconnection", owner="p-07"),
        risk(then, "T-2", "Tampering through the optical port", TOOL, owner="p-03"),
        risk(then, "T-3", "The carrier is jammed"),
        risk(then, "T-4", "A bill is wrong", HEAD_END, TOOL, owner="p-03"),
        risk(then, "T-5", "Nobody has looked at this yet"),
        risk(then, "T-10", "Meters lose their time", HEAD_END),
        estimate(then, "T-1", 4, points, "inherent", sources=["The exercise of the spring"]),
        estimate(then, "T-1", 4, 5),
        estimate(then, "T-1", 1, 3, "target"),
        measure(then, "two-people", "T-1", day - timedelta(5), likelihood=1),
        measure(then, "limit", "T-1", day + timedelta(60), consequence=2),
        progress(later, "two-people", "operating"),
        progress(later, "limit", "started", "claimed"),
        estimate(then, "T-2", 4, 4),
        estimate(then, "T-3", 5, 3),
        accepted(later, "T-3", day + timedelta(40)),
        estimate(then, "T-4", 1, 2),
        estimate(then, "T-10", 4, 4),
        measure(then, "clock", "T-10", day - timedelta(2), likelihood=2),
    ]


def tell_risks(day: date) -> None:
    """Tell the register in the example's ledger."""
    done = append(LEDGER, register(day))
    assert not isinstance(done, list), done


def many(day: date, count: int, elements: list[str]) -> list[Line]:
    """Lines that identify and estimate so many further risks, each of some elements."""
    found: list[Line] = []
    for place in range(count):
        there = [elements[(place + step) % len(elements)] for step in range(2)] if elements else []
        found.append(risk(day, f"N-{place}", f"Risk number {place}", *dict.fromkeys(there), owner=f"p-{place % 40}"))
        found.append(estimate(day, f"N-{place}", 1 + place % 5, 1 + place // 5 % 5, "inherent"))
    return found


def _rows() -> list[Json]:
    return _LEVELS if isinstance(_LEVELS, list) else []
