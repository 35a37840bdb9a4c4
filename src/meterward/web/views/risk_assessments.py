"""Assessments: whether one can be completed, those that were, and the registers of two days side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from meterward.core.access import Action
from meterward.core.records.kinds import assessment_completed, assessment_reviewed, management_considered
from meterward.core.risk.comparison import above, compare
from meterward.core.risk.coverage import Covered, covered
from meterward.core.system.elements import scope_of
from meterward.present.system_words import CATEGORIES
from meterward.usecases.assess_risks import Registered, Told, dismissed, registered
from meterward.usecases.assess_risks import assessments as told_assessments
from meterward.usecases.draw_system import Chart
from meterward.web.assessed import Held, around, assessed, begin_draft
from meterward.web.charted import Charted, charted
from meterward.web.moments import Moment
from meterward.web.refusing import show_problems
from meterward.web.spanning import span_of
from meterward.web.surveyed import appends
from meterward.web.waiting import show_underway
from meterward.wiring import today
from meterward.wiring.gating import needs
from meterward.wiring.installed import Underway
from meterward.wiring.risk_charting import risks_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.compose_line import Typed
    from meterward.usecases.draw_risks import RiskChart
    from meterward.usecases.evaluate_position import Dossier

READINGS = {"union": "With the business processes of Z.1", "equipment": "What Z.5 names"}
HOW = {
    "risk": ("By a risk", "A risk of the register names it."),
    "dismissed": ("Dismissed", "No risk names it; what was suggested of it was dismissed for a reason."),
    "whole": ("As a part of the whole", "Only risks of the system as a whole speak of it."),
    "none": ("By nothing", "Neither a risk nor what was dismissed speaks of it."),
}
NEAR, MOST_LISTED = 30, 400


class Ready(NamedTuple):
    """What an assessment would say if it were completed on a day, and those that were."""

    chart: Chart
    register: Registered
    covered: Covered
    told: tuple[Told, ...]

    @property
    def unrated(self) -> list[str]:
        """The risks that nobody rated, by name."""
        return [one.risk.name for one in self.register.rated if one.residual is None]

    @property
    def above(self) -> tuple[str, ...]:
        """The risks above appetite, by short name."""
        return above(self.register.rated)


@needs(Action.READ)
@require_safe
def assessments(request: HttpRequest, ledger: str) -> HttpResponse:
    """What is covered and what is missing, and every assessment with what was said of it."""
    held = _ready(request, ledger, _reading(request.GET.get("scope", "")))
    if not isinstance(held, Held):
        return held
    found = held.found
    shown: dict[str, Any] = {
        **around(request, held, "assessments"),
        "ready": found,
        "chart": found.chart,
        "labels": found.register.named(),
        "how": HOW,
        "categories": CATEGORIES,
        "readings": READINGS,
        "scope": _reading(request.GET.get("scope", "")),
        "near": NEAR,
        "most": MOST_LISTED,
        "completes": held.moment.is_now and appends(request, ledger, assessment_completed.KIND),
        "reviews": appends(request, ledger, assessment_reviewed.KIND),
        "considers": appends(request, ledger, management_considered.KIND),
    }
    return render(request, "risk_assessments.html", shown)


@needs(Action.APPEND)
@require_POST
def complete(request: HttpRequest, ledger: str, kind: str) -> HttpResponse:
    """A draft of an assessment, with what the register says on the day."""
    scope = _reading(request.POST.get("scope", ""))
    held = _ready(request, ledger, scope)
    return begin_draft(request, ledger, kind, _completing(held.found, scope)) if isinstance(held, Held) else held


@needs(Action.READ)
@require_safe
def compared(request: HttpRequest, ledger: str) -> HttpResponse:
    """The registers of two moments: what came and went, what is more or less of a risk, and what is above appetite."""
    span, shown = span_of(request.GET, ledger)
    found: list[RiskChart] = []
    for moment in span or ():
        chart = risks_of(moment.question(ledger), moment.licence)
        if isinstance(chart, Underway):
            return show_underway(request, chart)
        if isinstance(chart, list):
            return show_problems(request, chart)
        found.append(chart)
    sides = compare(*([row.rated for row in one.rows.values()] for one in found)) if found else None
    frame = around(request, Held(ledger, Moment(today()), None), "assessments")
    nothing = {"problems": (), "start": None, "end": None, "most": MOST_LISTED}
    page = {**frame, **nothing, **shown, "compared": sides, "sides": found}
    return render(request, "risk_compared.html", page, status=200 if span else 400)


def _reading(said: str) -> str:
    return said if said in READINGS else next(iter(READINGS))


def _ready(request: HttpRequest, ledger: str, reading: str) -> Held[Ready] | HttpResponse:
    chart = charted(request, ledger)
    if not isinstance(chart, Charted):
        return chart
    drawn = chart.chart
    elements = {name: one.told for name, one in drawn.elements.items()}

    def find(dossiers: Sequence[Dossier], there: RiskChart) -> Ready:
        register, aside = registered(there), (one.facts for one in dismissed(dossiers, there.day))
        cover = covered(elements, scope_of(reading), (one.risk for one in register.rated), aside)
        return Ready(drawn, register, cover, told_assessments(dossiers, there.day))

    return assessed(request, ledger, find, chart.moment)


def _completing(ready: Ready, reading: str) -> dict[str, Typed]:
    """What the form has in it: scope, counts and names as the register has them."""
    facts: dict[str, Typed] = {
        "scope": [*scope_of(reading)],
        "risks": str(len(ready.register.rated)),
        "above_appetite": [*ready.above] or {"none": "true"},
    }
    if ready.register.scales:
        facts["context"] = ready.register.scales.record.subject
    header: dict[str, Typed] = {"occurred": today().isoformat(), "licences": [*ready.chart.licences]}
    header["subject"] = _next_name(ready)
    return {"statement": header, "facts": facts}


def _next_name(ready: Ready) -> str:
    """A name of the year, as assessments often have; with a number, if there is one already."""
    year = f"assessment/{today().year}"
    taken = {one.record.subject for one in ready.told}
    number = next(
        count for count in range(1, len(taken) + 2) if (year if count == 1 else f"{year}-{count}") not in taken
    )
    return year if number == 1 else f"{year}-{number}"
