"""The treatment plan: every measure in time, with what it costs, who answers for it, and the risks it is there for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.records.kinds import measure_planned, measure_progressed
from meterward.present.treatment_plan import sums, timeline
from meterward.usecases.assess_risks import Planned, Registered, measures, registered
from meterward.web.assessed import Held, around, assessed
from meterward.web.surveyed import appends
from meterward.wiring.gating import needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from meterward.core.risk.measures import Measure
    from meterward.usecases.draw_risks import RiskChart
    from meterward.usecases.evaluate_position import Dossier

MOST_DRAWN = 120
MOST_LISTED = 500
SHOWN = {"": "In force", "late": "Late", "over": "Given up"}


class Plan(NamedTuple):
    """The measures of a day beside the register."""

    measures: tuple[Planned, ...]
    register: Registered

    def fitting(self, which: str) -> list[Measure]:
        """Those in force, those of them that are late, or those that were given up."""
        if which == "over":
            return [one.measure for one in self.measures if one.is_over]
        there = [one.measure for one in self.measures if not one.is_over]
        return [one for one in there if which != "late" or one.is_overdue(self.register.day)]


@needs(Action.READ)
@require_safe
def treatment(request: HttpRequest, ledger: str) -> HttpResponse:
    """The plan as a picture and as its table."""
    held = assessed(request, ledger, _find)
    if not isinstance(held, Held):
        return held
    which = request.GET.get("show", "")
    which = which if which in SHOWN else ""
    plan, day = held.found, held.moment.day
    there = plan.fitting(which)
    shown: dict[str, Any] = {
        **around(request, held, "treatment"),
        "plan": plan,
        "measures": there[:MOST_LISTED],
        "more": max(0, len(there) - MOST_LISTED),
        "choices": [(name, title, len(plan.fitting(name))) for name, title in SHOWN.items()],
        "which": which,
        "drawn": timeline(there[:MOST_DRAWN], day),
        "undrawn": max(0, len(there) - MOST_DRAWN),
        "sums": sums(there, day),
        "labels": {one.risk.name: one.risk.record.facts.label for one in plan.register.rated},
        "plans": appends(request, ledger, measure_planned.KIND),
        "progresses": appends(request, ledger, measure_progressed.KIND),
    }
    return render(request, "risk_treatment.html", shown)


@needs(Action.READ)
@require_safe
def picture(request: HttpRequest, ledger: str) -> HttpResponse:
    """The timeline by itself, to take away."""
    held = assessed(request, ledger, _find)
    if not isinstance(held, Held):
        return held
    drawn = timeline(held.found.fitting(request.GET.get("show", ""))[:MOST_DRAWN], held.moment.day)
    if drawn is None:
        return HttpResponse("There is no measure on that day.", status=404, content_type="text/plain")
    text = render_to_string("risk_timeline.svg", {"drawn": drawn, "day": held.moment.day, "ledger": ledger})
    response = HttpResponse(text, content_type="image/svg+xml")
    name = f"{ledger}-treatment-{held.moment.day.isoformat()}.svg"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _find(dossiers: Sequence[Dossier], chart: RiskChart) -> Plan:
    return Plan(measures(dossiers, chart.day), registered(chart))
