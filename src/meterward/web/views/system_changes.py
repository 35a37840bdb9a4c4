"""What changed in the system between two moments: elements, links, populations, and cells of the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.base.problem import Problem
from meterward.present.system_changes import MOST_TOLD, compare
from meterward.present.system_words import ASPECT_WORDS
from meterward.web.comparing import in_full, presets
from meterward.web.moments import Moment, moment_of, typed_in
from meterward.web.shell import first_day, last_audit, shell
from meterward.web.waiting import show_underway
from meterward.wiring import today
from meterward.wiring.charting import chart_of
from meterward.wiring.gating import needs
from meterward.wiring.installed import Underway, installation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.draw_system import Chart


@needs(Action.READ)
@require_safe
def changes(request: HttpRequest, ledger: str) -> HttpResponse:
    """What came, went and is told otherwise between two days, as known at each."""
    head = installation().ledgers.head(ledger)
    offered = presets(today(), head.size if head else 0, last_audit(ledger, today()), first_day(ledger))
    start, end = offered[0].start, offered[0].end
    if any(name.startswith(("from_", "to_")) for name in request.GET):
        first, second = moment_of(request.GET, "from_"), moment_of(request.GET, "to_")
        if isinstance(first, Problem) or isinstance(second, Problem):
            wrong = [one for one in (first, second) if isinstance(one, Problem)]
            return _page(request, ledger, {"offered": offered, "problems": wrong, "typed": typed_in(request.GET)}, 400)
        start, end = first, second
    shown = {"offered": offered, "start": start, "end": end, "spoken": (in_full(start), in_full(end))}
    charts: list[Chart] = []
    for one in (start, end):
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
