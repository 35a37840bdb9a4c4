"""Lines of risk work for the example licensee: scales, risks, estimates, measures, an assessment."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from tests.builders.risk_acts import context
from tests.builders.systems import line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from meterward.core.base.canonical import Json

CONTEXT = "context/2026"


def scales(day: date, appetite: int = 2) -> dict[str, Json]:
    """A context of three levels each."""
    text: Mapping[str, Json] = {"reasons": "Three levels tell enough apart."}
    return line("context.established", day, context(appetite), CONTEXT, text={**text})


def risk(day: date, name: str, *elements: str, **more: Json) -> dict[str, Json]:
    """A risk to supply."""
    facts: dict[str, Json] = {"label": f"Risk called {name}", "consequences": ["supply"], "elements": [*elements]}
    return line("risk.identified", day, {**facts, **more}, f"risk/{name}")


def estimate(day: date, name: str, likelihood: int = 3, supply: int = 3) -> dict[str, Json]:
    """An estimate of the present, in levels."""
    come: list[Json] = [{"consequence": "supply", "level": supply}]
    facts: dict[str, Json] = {"state": "current", "context": CONTEXT, "likelihood": likelihood, "consequences": come}
    return line("risk.estimated", day, facts, f"risk/{name}", text={"rationale": "As it is."})


def measure(day: date, name: str, *risks: str, due: date, **more: Json) -> dict[str, Json]:
    """A measure that makes some risks less likely."""
    effects: list[Json] = [{"risk": f"risk/{one}", "likelihood": 2} for one in risks]
    facts: dict[str, Json] = {"label": f"Measure {name}", "option": "modify", "effects": effects}
    return line("measure.planned", day, {**facts, "due": due.isoformat(), **more}, f"measure/{name}")


def progress(day: date, name: str, state: str) -> dict[str, Json]:
    """How far a measure is, shown by a document."""
    return line(
        "measure.progressed",
        day,
        {"state": state, "strength": "evidenced"},
        f"measure/{name}",
        files={"report.pdf": "ab" * 32},
    )


def assessed(day: date, name: str, *above: str, risks: int = 3) -> dict[str, Json]:
    """An assessment that names some risks as above appetite."""
    facts: dict[str, Json] = {"scope": ["network"], "risks": risks, "above_appetite": [*above], "context": CONTEXT}
    return line("assessment.completed", day, facts, f"assessment/{name}", files={"report.pdf": "cd" * 32})


def work_risks(day: date) -> None:
    """A register that was assessed two months ago, of which something is late, open, untraced and unrated by now."""
    before, since = day - timedelta(60), day - timedelta(30)
    lines = [
        scales(before - timedelta(5)),
        risk(before, "R-01", "element/head-end", scenario="mass-disconnection"),
        estimate(before, "R-01"),
        risk(before, "R-02", "element/mdm"),
        estimate(before, "R-02", 1, 1),
        measure(before, "gate", "R-01", due=day - timedelta(9), cost=180_000, owner="p-07"),
        assessed(before + timedelta(1), "a", "R-01", risks=2),
        risk(since, "R-03", "element/head-end"),
        estimate(since, "R-03"),
        risk(since, "R-04"),
        measure(since, "vault", "R-02", due=day + timedelta(90), cost_yearly=20_000),
        progress(day - timedelta(20), "vault", "started"),
    ]
    done = append(LEDGER, lines)
    assert not isinstance(done, list), done
