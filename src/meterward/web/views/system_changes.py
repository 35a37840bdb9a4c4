"""What changed in the system between two moments: elements, links, populations, and cells of the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.present.system_changes import MOST_TOLD, compare
from meterward.present.system_words import ASPECT_WORDS
from meterward.web.moments import Moment
from meterward.web.shell import shell
from meterward.web.spanning import span_of
from meterward.web.waiting import show_underway
from meterward.wiring import today
from meterward.wiring.charting import chart_of
from meterward.wiring.gating import needs
from meterward.wiring.installed import Underway

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.draw_system import Chart


@needs(Action.READ)
@require_safe
def changes(request: HttpRequest, ledger: str) -> HttpResponse:
    """What came, went and is told otherwise between two days, as known at each."""
    span, shown = span_of(request.GET, ledger)
    if span is None:
        return _page(request, ledger, shown, 400)
    charts: list[Chart] = []
    for one in span:
        chart = chart_of(one.question(ledger), one.licence)
        if isinstance(chart, Underway):
            return show_underway(request, chart)
        if isinstance(chart, list):
            return _page(request, ledger, {**shown, "problems": chart[:1]}, 422)
        charts.append(chart)
    return _page(request, ledger, {**shown, "compared": compare(*charts)})


def _page(request: HttpRequest, ledger: str, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    nothing = {"problems": (), "compared": None, "start": None, "end": None, "most": MOST_TOLD, "tab": "changes"}
    frame = shell(request, ledger, Moment(today()), "system")
    page = {**frame, **nothing, "held": None, "aspect_words": ASPECT_WORDS, **shown}
    return render(request, "system_changes.html", page, status=status)
