"""Delivery receipts: the proof that a record is entered in the ledger of another party, to be taken along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from meterward.core.access import HIDDEN, Action
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.web.refusing import refuse, show_problems
from meterward.web.views.proving import to_keep
from meterward.web.waiting import show_underway
from meterward.wiring.gating import needs
from meterward.wiring.installed import Underway, installation
from meterward.wiring.proving import proof_of

if TYPE_CHECKING:
    from django.http import HttpRequest

_ID = re.compile("[0-9a-f]{64}", re.ASCII)
_TEXT = "text/plain; charset=utf-8"


@needs(Action.READ, EVERY_KEEPER)
@require_safe
def receipt(request: HttpRequest, ledger: str, identity: str, other: str) -> HttpResponse:
    """The proof that a record of this ledger is in another party's log, under the checkpoint that its log signed.

    Whoever may read the record learns of the other ledger only how many entries it has and which hashes lead to it.
    """
    places = {one.ledger: one for one in installation().ledgers.places([identity])} if _ID.fullmatch(identity) else {}
    if ledger not in places or other not in places:
        return refuse(request, HIDDEN)
    number = places[other].number
    found = proof_of(other, number - 1)
    if isinstance(found, Underway):
        return show_underway(request, found)
    if isinstance(found, Problem):
        return show_problems(request, [found])
    if found is None:
        return refuse(request, HIDDEN)
    if "HX-Request" in request.headers:
        # The page that waited is no place for a file: it becomes that of the record.
        return HttpResponse(headers={"HX-Redirect": f"/{ledger}/records/{places[ledger].number}"})
    return to_keep(str(found).encode(), f"{other}-{number}.tlog-proof", _TEXT)
