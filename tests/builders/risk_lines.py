"""Lines of risk work for the example licensee, and two registers: of every standing, and one that is worked on."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from tests.builders import risk_acts
from tests.builders.systems import HEAD_END, TOOL, line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from meterward.core.base.canonical import Json

Line = dict[str, "Json"]
CONTEXT, WORKED = "context/told", "context/2026"
"""The scales of the register of every standing, and of the one that is worked on."""
_LESS: Mapping[str, int] = {"likelihood": 2}
_LEVELS: Json = [[1, 1, 2, 2, 3], [1, 2, 2, 3, 3], [2, 2, 3, 3, 4], [2, 3, 3, 4, 5], [3, 3, 4, 5, 5]]
_UNITS = {"supply": "customers off supply for an hour", "data_access": "customers' records", "money": "pounds"}


def context(day: date, name: str = CONTEXT, appetite: int = 2) -> Line:
    """Scales of five levels of likelihood, of three consequences and of risk."""
    least: Json = [0, 100, 10_000, 100_000, 1_000_000]
    criteria: Json = [
        {"consequence": one, "unit": unit, "least": least, "appetite": appetite} for one, unit in _UNITS.items()
    ]
    facts: Line = {"method": "Levels of likelihood and consequence", "version": "1", "criteria": criteria}
    facts |= {"likelihood": [0, 100, 1_000, 10_000, 100_000], "matrix": [{"levels": one} for one in _rows()]}
    return line("context.established", day, facts, name)


def scales(day: date, name: str = WORKED, appetite: int = 2) -> Line:
    """Scales of three levels each."""
    text: Json = {"reasons": "Three levels tell enough apart."}
    return line("context.established", day, risk_acts.context(appetite), name, text=text)


def risk(day: date, name: str, *elements: str, label: str = "", **more: Json) -> Line:
    """A risk to supply and to money."""
    label = label or f"Risk called {name}"
    facts: Line = {"label": label, "consequences": ["supply", "money"], "elements": [*elements], **more}
    return line("risk.identified", day, facts, f"risk/{name}", text={"story": f"How it comes about: {label.lower()}."})


def estimate(day: date, name: str, likelihood: int = 3, supply: Json = 3, state: str = "current", **more: Json) -> Line:
    """An estimate: of supply in levels or in three points, of money in levels."""
    come: Line = {"consequence": "supply", **({"level": supply} if isinstance(supply, int) else {"points": supply})}
    consequences: Json = [come, {"consequence": "money", "level": 1}]
    facts: Line = {"state": state, "context": CONTEXT, "likelihood": likelihood, "consequences": consequences, **more}
    return line("risk.estimated", day, facts, f"risk/{name}", text={"rationale": "As the last exercise showed."})


def measure(day: date, name: str, *risks: str, due: date, lowers: Mapping[str, int] = _LESS, **more: Json) -> Line:
    """A measure against some risks."""
    effects: Json = [{"risk": f"risk/{one}", **lowers} for one in risks]
    facts: Line = {"label": f"Measure {name}", "option": "modify", "effects": effects, "due": due.isoformat(), **more}
    return line("measure.planned", day, facts, f"measure/{name}", text={"description": "Done so."})


def progress(day: date, name: str, state: str, strength: str = "evidenced") -> Line:
    """How far a measure is."""
    files: Line = {} if strength == "claimed" else {"report.pdf": sha256(name.encode()).hexdigest()}
    return line("measure.progressed", day, {"state": state, "strength": strength}, f"measure/{name}", files=files)


def assessed(day: date, name: str, *above: str, risks: int = 3) -> Line:
    """An assessment of the register that is worked on, which names some risks as above appetite."""
    facts: Line = {"scope": ["network"], "risks": risks, "above_appetite": [*above], "context": WORKED}
    return line("assessment.completed", day, facts, f"assessment/{name}", files={"report.pdf": "cd" * 32})


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
        risk(then, "T-1", HEAD_END, label="Mass disconnection", scenario="mass-disconnection", owner="p-07"),
        risk(then, "T-2", TOOL, label="Tampering through the optical port", owner="p-03"),
        risk(then, "T-3", label="The carrier is jammed"),
        risk(then, "T-4", HEAD_END, TOOL, label="A bill is wrong", owner="p-03"),
        risk(then, "T-5", label="Nobody has looked at this yet"),
        risk(then, "T-10", HEAD_END, label="Meters lose their time"),
        estimate(then, "T-1", 4, points, "inherent", sources=["The exercise of the spring"]),
        estimate(then, "T-1", 4, 5),
        estimate(then, "T-1", 1, 3, "target"),
        measure(then, "two-people", "T-1", due=day - timedelta(5), lowers={"likelihood": 1}, cost=180_000),
        measure(then, "limit", "T-1", due=day + timedelta(60), lowers={"consequence": 2}, cost=180_000),
        progress(later, "two-people", "operating"),
        progress(later, "limit", "started", "claimed"),
        estimate(then, "T-2", 4, 4),
        estimate(then, "T-3", 5, 3),
        accepted(later, "T-3", day + timedelta(40)),
        estimate(then, "T-4", 1, 2),
        estimate(then, "T-10", 4, 4),
        measure(then, "clock", "T-10", due=day - timedelta(2), cost=180_000),
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
        found.append(
            risk(day, f"N-{place}", *dict.fromkeys(there), label=f"Risk number {place}", owner=f"p-{place % 40}")
        )
        found.append(estimate(day, f"N-{place}", 1 + place % 5, 1 + place // 5 % 5, "inherent"))
    return found


def incidents(day: date, *names: str) -> list[Line]:
    """Incidents at the head end, which the queue has if they come after an assessment."""
    facts: Line = {"detected": day.isoformat(), "severity": "low", "affected": ["element/head-end"]}
    return [line("incident.recorded", day, facts, f"incident/{one}") for one in names]


def work_risks(day: date) -> None:
    """A register that was assessed two months ago, of which something is late, open, untraced and unrated by now."""
    before, since = day - timedelta(60), day - timedelta(30)
    lines = [
        scales(before - timedelta(5)),
        risk(before, "R-01", "element/head-end", scenario="mass-disconnection"),
        estimate(before, "R-01", context=WORKED),
        risk(before, "R-02", "element/mdm"),
        estimate(before, "R-02", 1, 1, context=WORKED),
        measure(before, "gate", "R-01", due=day - timedelta(9), cost=180_000, owner="p-07"),
        assessed(before + timedelta(1), "a", "R-01", risks=2),
        risk(since, "R-03", "element/head-end"),
        estimate(since, "R-03", context=WORKED),
        risk(since, "R-04"),
        measure(since, "vault", "R-02", due=day + timedelta(90), cost_yearly=20_000),
        progress(day - timedelta(20), "vault", "started"),
    ]
    done = append(LEDGER, lines)
    assert not isinstance(done, list), done


def _rows() -> list[Json]:
    return _LEVELS if isinstance(_LEVELS, list) else []
