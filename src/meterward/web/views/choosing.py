"""The first page: straight to one's own workplace, or to the only ledger that one may read, or a choice of several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action, Subject, may
from meterward.wiring.gating import caller_in, callers_of, needs, who_in
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from django.http import HttpRequest


@needs(Action.CHOOSE)
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """To the workplace of one's own organisation; without one, every ledger in which the person has a role.

    That are those to read, and those to which programs send records alone.
    """
    store = installation()
    visitor, who = caller_in(request).visitor, who_in(request)
    callers = [(head.ledger, caller) for head, caller in callers_of(store, who, store.ledgers.heads())]
    here = [name for name, caller in callers if visitor or caller.roles]
    ledgers = [name for name, caller in callers if visitor or may(caller, Action.READ_POSITION, Subject(name)).offered]
    if not visitor and who.person.organisation in ledgers:
        return HttpResponseRedirect(f"/{who.person.organisation}/")
    if len(ledgers) == 1 and here == ledgers:
        return HttpResponseRedirect(f"/{ledgers[0]}/")
    sends = [name for name in here if name not in ledgers]
    return render(request, "choose.html", {"ledgers": ledgers, "sends": sends})
