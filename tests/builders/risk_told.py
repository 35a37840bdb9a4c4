"""A register as a story tells it: a context, risks, estimates and measures, each with what is usual."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.builders.risk_acts import context

if TYPE_CHECKING:
    from collections.abc import Mapping

MARCH, APRIL, MAY, JUNE = date(2013, 3, 4), date(2013, 4, 1), date(2013, 5, 1), date(2013, 6, 3)
PROOF = {"report.pdf": "ab" * 32}


def scales(on: date = MARCH, name: str = "1", appetite: int = 2, **more: object) -> dict[str, Any]:
    """A context of three levels each."""
    facts = {**context(appetite), **more}
    return {"kind": "context.established", "on": on, "subject": f"context/{name}", "facts": facts}


def risk(name: str = "R1", on: date = MARCH, **more: object) -> dict[str, Any]:
    """A risk to supply."""
    facts = {"label": "A risk", "consequences": ["supply"], **more}
    return {"kind": "risk.identified", "on": on, "subject": f"risk/{name}", "facts": facts, "label": name}


def estimate(
    likelihood: int | None = 3,
    supply: int | Mapping[str, int] = 3,
    on: date = MARCH,
    state: str = "current",
    name: str = "R1",
    **more: object,
) -> dict[str, Any]:
    """An estimate in levels, or in three points."""
    come = {"level": supply} if isinstance(supply, int) else {"points": dict(supply)}
    usual = {"state": state, "context": "context/1", "likelihood": likelihood}
    facts = {**usual, "consequences": [{"consequence": "supply", **come}], **more}
    text = {"rationale": "As it is."}
    kept = {key: value for key, value in facts.items() if value is not None}
    return {"kind": "risk.estimated", "on": on, "subject": f"risk/{name}", "facts": kept, "text": text}


def measure(on: date = MARCH, name: str = "1", of: str = "R1", due: date = MAY, **lowers: int) -> dict[str, Any]:
    """A measure that lowers one risk."""
    effect = {"risk": f"risk/{of}", **(lowers or {"likelihood": 1})}
    facts = {"label": "A measure", "option": "modify", "effects": [effect], "due": due}
    return {"kind": "measure.planned", "on": on, "subject": f"measure/{name}", "facts": facts}


def progress(state: str, on: date, strength: str = "evidenced", name: str = "1") -> dict[str, Any]:
    """How far a measure is."""
    facts = {"state": state, "strength": strength}
    files = {} if strength == "claimed" else PROOF
    return {"kind": "measure.progressed", "on": on, "subject": f"measure/{name}", "facts": facts, "files": files}


def accepted(on: date, until: date, name: str = "R1") -> dict[str, Any]:
    """An acceptance by senior management."""
    facts = {"risk": name, "option": "retain", "accepted_until": until}
    return {"kind": "risk.treated", "on": on, "subject": f"risk/{name}", "facts": facts, "role": "senior_manager"}
