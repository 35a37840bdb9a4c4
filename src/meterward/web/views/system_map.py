"""The map of the system: drawn in the browser from JSON; the table says the same to those who do not see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.system.cells import Standing
from meterward.present.system_graph import MOST_DRAWN, graph_of, zone_of
from meterward.present.system_table import found_in
from meterward.present.system_words import CATEGORIES, OPERATORS, STANDINGS, standing
from meterward.web.charted import Charted, around, charted
from meterward.web.linking import Linking
from meterward.wiring.gating import caller_in, needs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.draw_system import Element

_CATEGORY_MARKS = dict(zip(CATEGORIES, "▲◆●■", strict=True))
_OPERATOR_MARKS = dict(zip(OPERATORS, "●◐○", strict=True))
LEGENDS = {
    "category": [(one, _CATEGORY_MARKS[one], says) for one, says in CATEGORIES.items()],
    "operator": [(one, _OPERATOR_MARKS[one], says) for one, says in OPERATORS.items()],
    "state": [(one.value, STANDINGS[one].shape, standing(one).word) for one in Standing],
}
"""What a colour and a mark stand for, by what is asked."""
COLOURED = {"category": "What it is", "operator": "Who operates it", "state": "Proof"}
PICTURES = ("png", "svg")
"""As what the map is taken away."""


@needs(Action.READ)
@require_safe
def drawn(request: HttpRequest, ledger: str) -> HttpResponse:
    """The page with the map, its legend, and its elements by zone."""
    held = charted(request, ledger)
    if not isinstance(held, Charted):
        return held
    found = found_in(held.chart, held.wish)
    few = len(found) <= MOST_DRAWN
    shown = {
        "found": found,
        "zones": _by_zone(found) if few else [],
        "few": few,
        "most": MOST_DRAWN,
        "legends": LEGENDS,
        "coloured": COLOURED,
        "file": _called(held),
    }
    return render(request, "system_map.html", {**around(request, held, "map"), **shown})


@needs(Action.READ)
@require_safe
def graph(request: HttpRequest, ledger: str) -> HttpResponse:
    """What the map draws; under the name of a picture, where the browser makes one of it to be taken away."""
    held = charted(request, ledger)
    if not isinstance(held, Charted):
        return held
    found = graph_of(held.chart, found_in(held.chart, held.wish))
    linked = Linking(ledger, held.moment, caller_in(request))
    for node in found["nodes"]:
        zone = node["id"].partition(":")[2]
        node["address"] = held.at("/map", zone=zone) if node["id"].startswith("zone:") else linked.element(node["id"])
    response = JsonResponse(found)
    if (form := request.GET.get("take", "")) in PICTURES:
        response.headers["Content-Disposition"] = f'attachment; filename="{_called(held)}.{form}"'
    return response


def _called(held: Charted) -> str:
    """What a picture of the map is called, without its ending."""
    return f"{held.ledger}-system-{held.moment.day.isoformat()}"


def _by_zone(found: Sequence[Element]) -> list[tuple[str, list[Element]]]:
    zones: dict[str, list[Element]] = {}
    for one in found:
        zones.setdefault(zone_of(one), []).append(one)
    return sorted(zones.items())
