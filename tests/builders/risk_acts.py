"""What a licensee does about its risks, with few names, so that they collide."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.builders.act import Act
    from tests.builders.lines import Draft

RISKS = ("risk/R1", "risk/R2", "risk/R3")
MATRIX = [[1, 1, 2], [1, 2, 3], [2, 3, 4]]
_POINTS = ({"low": 1, "likely": 5, "high": 9}, {"low": 10, "likely": 200, "high": 3_000})


def context(appetite: int) -> dict[str, Any]:
    """A context of three levels each, in which so much risk is accepted of each consequence."""
    scale = {"unit": "of something", "least": [0, 10, 100], "appetite": appetite}
    return {
        "method": "Levels",
        "version": "1",
        "likelihood": [0, 100, 10_000],
        "criteria": [{"consequence": one, **scale} for one in ("supply", "money")],
        "matrix": [{"levels": levels} for levels in MATRIX],
    }


def _context(act: Act) -> Draft:
    return act.draft("context.established", act.new("context"), **context(act.dice.pick((1, 2, 2))))


def _risk(act: Act) -> Draft:
    there = act.scribe.admission.subjects
    name = next((one for one in RISKS if one not in there), RISKS[0])
    return act.draft("risk.identified", name, label="A risk", consequences=["supply"])


def _estimate(act: Act) -> Draft:
    come: Mapping[str, object] = act.dice.pick(({"level": 1}, {"level": 3}, *({"points": one} for one in _POINTS)))
    often: Mapping[str, Any] = act.dice.pick(({"likelihood": 1}, {"likelihood": 3}, {"often": _POINTS[1]}))
    state = act.dice.pick(("inherent", "current", "current", "target"))
    consequences = [{"consequence": act.dice.pick(("supply", "money", "bills")), **come}]
    known = act.known("context")
    return act.draft(
        "risk.estimated", act.known("risk"), state=state, context=known, consequences=consequences, **often
    )


def _dismissed(act: Act) -> Draft:
    return act.draft("scenario.dismissed", "system", scenario="mass-disconnection", until=act.day(40, 400))


def _measure(act: Act) -> Draft:
    effect = {"risk": act.known("risk"), "likelihood": act.dice.pick((1, 2)), "consequence": act.dice.pick((0, 1))}
    due = act.day(0, 90, -30)
    return act.draft(
        "measure.planned", act.new("measure"), label="A measure", option="modify", effects=[effect], due=due
    )


def _progress(act: Act) -> Draft:
    state = act.dice.pick(("started", "operating", "operating", "effective", "ineffective", "stopped"))
    strength = act.dice.pick(("claimed", "evidenced", "checked"))
    return act.draft("measure.progressed", act.known("measure"), state=state, strength=strength)


def _reviewed(act: Act) -> Draft:
    events = act.dice.pick(([], [act.known("incident", "audit", "element")]))
    return act.draft("assessment.reviewed", act.known("assessment"), decision="stands", events=events)


def _matched(act: Act) -> Draft:
    element = act.known("element")
    row = {"match": "match/a/1", "advisory": "a", "element": element, "component": "b 1", "why": "purl"}
    told: dict[str, Any] = {"source": "kev", "as_at": act.day(0, -10), "data": "ab" * 32, "entries": 1, "components": 1}
    made = {"engine": "meterward", "engine_version": "1", "matches": [{**row, "confidence": "certain"}]}
    return act.draft("threats.matched", "system", **{**told, **made})


def _settled(act: Act) -> Draft:
    return act.draft("match.settled", act.known("match"), outcome="not_affected")


def _design(act: Act) -> Draft:
    trace = {"risk": act.known("risk"), "measures": [act.known("measure")]}
    about = act.known("assessment")
    return act.draft("design.adopted", act.new("design"), assessment=about, effective=act.day(0, 10), traces=[trace])


RISK_ACTS: Mapping[str, Callable[[Act], Draft | list[Draft]]] = {
    "context.established": _context,
    "risk.identified": _risk,
    "risk.estimated": _estimate,
    "scenario.dismissed": _dismissed,
    "measure.planned": _measure,
    "measure.progressed": _progress,
    "assessment.reviewed": _reviewed,
    "threats.matched": _matched,
    "match.settled": _settled,
    "design.adopted": _design,
}
"""By kind."""
