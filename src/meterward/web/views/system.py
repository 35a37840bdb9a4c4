"""The system's table: every element on a day, searched, filtered and sorted, with how its row of the matrix stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.present.system_table import devices_of, found_in, page_of
from meterward.web.charted import Charted, around, charted
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
    listed = page_of(found_in(held.chart, held.wish), held.wish.page)
    devices = devices_of(held.chart, (one.name for one in listed.rows))
    return render(request, "system.html", {**around(request, held, "table"), "listed": listed, "devices": devices})
