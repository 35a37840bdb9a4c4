"""The heat map of the register: as a page with its table, and as a picture of its own to take away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.present.risk_map import HeatMap, consequences_of, heat_map
from meterward.present.risk_table import fitting
from meterward.present.risk_words import LEVEL_STATES, STATES
from meterward.web.risked import Risked, around, risked
from meterward.wiring.gating import needs

if TYPE_CHECKING:
    from django.http import HttpRequest


@needs(Action.READ)
@require_safe
def page(request: HttpRequest, ledger: str) -> HttpResponse:
    """The map, the same as a table, and what can be chosen."""
    held = risked(request, ledger)
    if not isinstance(held, Risked):
        return held
    scales = held.chart.scales
    shown: dict[str, Any] = {
        **around(request, held, "map"),
        "drawn": _drawn(held),
        "file": _name(held),
        "states": {name: STATES[name] for name in LEVEL_STATES},
        "assessed": consequences_of(scales) if scales else {},
    }
    return render(request, "risk_map.html", shown)


@needs(Action.READ)
@require_safe
def picture(request: HttpRequest, ledger: str) -> HttpResponse:
    """The map as a file of SVG, in colours of its own; an empty one where there are no scales."""
    held = risked(request, ledger)
    if not isinstance(held, Risked):
        return held
    shown = {"drawn": _drawn(held), "moment": held.moment, "ledger": ledger}
    answer = HttpResponse(render_to_string("risk_map.svg", shown), content_type="image/svg+xml")
    answer.headers["Content-Disposition"] = f'inline; filename="{_name(held)}.svg"'
    return answer


def _name(held: Risked) -> str:
    """What the picture is called where it is taken away, without its ending."""
    return f"{held.ledger}-risks-{held.wish.of}-{held.moment.day.isoformat()}"


def _drawn(held: Risked) -> HeatMap | None:
    if held.chart.scales is None:
        return None
    wish = held.wish
    narrowed = wish._replace(consequence="", level=0, likelihood=0, severity=0)
    return heat_map(fitting(held.chart, narrowed), held.chart.scales, wish.of, wish.consequence)
