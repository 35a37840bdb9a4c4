"""The first page: straight to the only ledger that somebody may read, or a choice of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.wiring.gating import caller_in, needs, person_in
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from django.http import HttpRequest


@needs(Action.CHOOSE)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Every ledger in which the person has a role."""
    store = installation()
    visitor = caller_in(request).visitor
    ledgers = [name for name in store.ledgers.names() if visitor or store.roles(name, person_in(request))]
    if len(ledgers) == 1:
        return HttpResponseRedirect(f"/{ledgers[0]}/")
    return render(request, "choose.html", {"ledgers": ledgers})
