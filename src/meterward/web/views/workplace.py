"""The first page of a workplace, by whose ledger it is: a licensee's position, an auditor's or a regulator's desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.access import Action
from meterward.core.records.keeper import EVERY_KEEPER, Keeper
from meterward.web.views import auditing, licensees
from meterward.web.views.position import position
from meterward.wiring.gating import caller_in, needs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

_FIRST: Mapping[Keeper, Callable[[HttpRequest, str], HttpResponse]] = {
    Keeper.LICENSEE: position,
    Keeper.AUDITOR: auditing.desk,
    Keeper.AUTHORITY: licensees.table,
    Keeper.DEPARTMENT: licensees.table,
}


@needs(Action.READ_POSITION, EVERY_KEEPER)
def first(request: HttpRequest, ledger: str) -> HttpResponse:
    """The first page of a ledger."""
    return _FIRST[caller_in(request).keeper](request, ledger)
