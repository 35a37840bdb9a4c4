"""The first page: straight to one's own workplace, or to the only ledger that one may read, or a choice of several."""

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
    """To the workplace of one's own organisation; without one, every ledger in which the person has a role."""
    store = installation()
    visitor, own = caller_in(request).visitor, person_in(request).organisation
    if not visitor and store.roles(own, person_in(request)):
        return HttpResponseRedirect(f"/{own}/")
    ledgers = [name for name in store.ledgers.names() if visitor or store.roles(name, person_in(request))]
    if len(ledgers) == 1:
        return HttpResponseRedirect(f"/{ledgers[0]}/")
    return render(request, "choose.html", {"ledgers": ledgers})
