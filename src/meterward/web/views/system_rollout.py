"""The roll-out: devices planned and in service, day by day, and where those are that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.records.kinds import rollout_planned
from meterward.present.rolled_out import STATES, groups, milestones, offered, picture
from meterward.web.charted import around
from meterward.web.surveyed import Held, appends, surveyed
from meterward.wiring.gating import needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MOST_LISTED = 60
"""So many changes, or groups, are listed."""


@needs(Action.READ)
@require_safe
def rollout(request: HttpRequest, ledger: str) -> HttpResponse:
    """Plan and devices up to the day that is shown."""
    held = surveyed(request, ledger)
    if not isinstance(held, Held):
        return held
    found, chart = held.surveyed.rollout, held.charted.chart
    choices = offered(chart)
    by = request.GET.get("by", "")
    by = by if by in choices else next(iter(choices), "")
    shown: dict[str, Any] = {
        **around(request, held.charted, "rollout"),
        "found": found,
        "wanted": found.wanted(chart.day),
        "next": next((one for one in found.plan.facts.milestones if one.by > chart.day), None) if found.plan else None,
        "drawn": picture(found, chart.day),
        "milestones": milestones(found, chart.day),
        "choices": choices,
        "by": by,
        "groups": groups(chart, by) if by else [],
        "states": STATES,
        "most": MOST_LISTED,
        "plans": appends(request, ledger, rollout_planned.KIND),
    }
    return render(request, "system_rollout.html", shown)
