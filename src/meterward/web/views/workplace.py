"""The first page of a workplace, by whose ledger it is: a licensee's position, or what others have to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.records.keeper import EVERY_KEEPER, Keeper
from meterward.usecases.ports import Wanted
from meterward.web.letting_in import licensees_of
from meterward.web.moments import Moment
from meterward.web.shell import shell
from meterward.web.views import auditing, licensees
from meterward.web.views.position import position
from meterward.wiring import today
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

_NEWEST = 12


@needs(Action.READ_POSITION, EVERY_KEEPER)
def first(request: HttpRequest, ledger: str) -> HttpResponse:
    """The first page of a ledger."""
    return _FIRST.get(caller_in(request).keeper, desk)(request, ledger)


@require_safe
def desk(request: HttpRequest, ledger: str) -> HttpResponse:
    """What reached an organisation last, and the licensees of this installation that let its people in."""
    store, caller = installation(), caller_in(request)
    head = store.ledgers.head(ledger)
    licensees = [] if caller.visitor else licensees_of(request)
    shown = {
        "newest": store.ledgers.search(ledger, Wanted(), head.size, limit=_NEWEST).hits if head else [],
        "licensees": licensees,
    }
    return render(request, "desk.html", {**shell(request, ledger, Moment(today()), "position"), **shown})


_FIRST: Mapping[Keeper, Callable[[HttpRequest, str], HttpResponse]] = {
    Keeper.LICENSEE: position,
    Keeper.AUDITOR: auditing.desk,
    Keeper.AUTHORITY: licensees.table,
    Keeper.DEPARTMENT: licensees.table,
}
