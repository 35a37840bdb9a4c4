"""The system's table: every element on a day, searched, filtered and sorted, with how its row of the matrix stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.present.paged import paged
from meterward.present.system_table import PAGE, counted, devices_of, found_in
from meterward.web.charted import Charted, around, charted
from meterward.web.saved import saved_views
from meterward.wiring.gating import needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs(Action.READ)
@require_safe
def table(request: HttpRequest, ledger: str) -> HttpResponse:
    """The elements that fit what is looked for, fifty at a time."""
    held = charted(request, ledger)
    if not isinstance(held, Charted):
        return held
    found = found_in(held.chart, held.wish)
    listed = paged(found, held.wish.page, PAGE)
    devices = devices_of(held.chart, (one.name for one in listed.rows))
    own = saved_views(request, ledger, "system", held.moment, held.wish.params(page=""))
    shown = {**own, "listed": listed, "tally": counted(found), "devices": devices}
    return render(request, "system.html", {**around(request, held, "table"), **shown})
