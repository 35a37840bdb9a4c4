"""The solution design in force: every risk above appetite traced to what treats it, every measure to its risks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from meterward.core.access import Action
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import design_adopted, measure_planned, risk_treated
from meterward.core.risk.design import Design
from meterward.usecases.assess_risks import Told, assessments, designed, registered
from meterward.web.assessed import Held, around, assessed, begin_draft
from meterward.web.refusing import show_problems
from meterward.web.surveyed import appends
from meterward.wiring import today
from meterward.wiring.gating import needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.compose_line import Typed
    from meterward.usecases.draw_risks import RiskChart
    from meterward.usecases.evaluate_position import Dossier

MOST_LISTED = 300


class Adopted(NamedTuple):
    """The design of a day, and the assessments that one can follow from."""

    design: Design
    told: tuple[Told, ...]
    licences: tuple[str, ...]


@needs(Action.READ)
@require_safe
def design(request: HttpRequest, ledger: str) -> HttpResponse:
    """What treats what, and the gaps both ways."""
    held = assessed(request, ledger, _find)
    if not isinstance(held, Held):
        return held
    found = held.found.design
    shown: dict[str, Any] = {
        **around(request, held, "design"),
        "design": found,
        "told": held.found.told,
        "gaps": [one for one in found.traces if one.is_open],
        "labels": {one.rated.risk.name: one.rated.risk.record.facts.label for one in found.traces},
        "most": MOST_LISTED,
        "adopts": held.moment.is_now and appends(request, ledger, design_adopted.KIND),
        "plans": appends(request, ledger, measure_planned.KIND),
        "treats": appends(request, ledger, risk_treated.KIND),
    }
    return render(request, "risk_design.html", shown)


@needs(Action.APPEND)
@require_POST
def adopt(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:
    """A draft of a design, with every risk that a measure treats."""
    held = assessed(request, ledger, _find)
    if not isinstance(held, Held):
        return held
    if not held.found.told:
        hint = "Complete an assessment first, under Risks."
        return show_problems(request, [Problem(Code.FIELD_MISSING, "There is no assessment to follow from.", hint)])
    return begin_draft(request, ledger, kind, _adopting(held.found))


def _find(dossiers: Sequence[Dossier], chart: RiskChart) -> Adopted:
    register = registered(chart)
    return Adopted(designed(dossiers, register), assessments(dossiers, chart.day), chart.licences)


def _adopting(found: Adopted) -> dict[str, Typed]:
    """What the form has in it: each risk that is treated, with the measures in force that treat it."""
    traces: dict[str, Typed] = {
        str(place): {
            "risk": one.rated.risk.name,
            "measures": {str(number): measure.record.subject for number, measure in enumerate(one.measures)},
        }
        for place, one in enumerate(one for one in found.design.traces if one.measures)
    }
    facts: dict[str, Typed] = {
        "assessment": found.told[0].record.subject,
        "effective": today().isoformat(),
        "traces": traces,
    }
    header: dict[str, Typed] = {"occurred": today().isoformat(), "licences": [*found.licences]}
    header["subject"] = f"design/{today().isoformat()}"
    if found.design.record:
        header["replaces"] = found.design.record.id.hex()
    return {"statement": header, "facts": facts}
