"""Delivery receipts: the proof that a record is entered in the ledger of another party, to be taken along."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from meterward.core.access import HIDDEN, Action
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.web.refusing import refuse
from meterward.web.views.proving import give_proof
from meterward.wiring.gating import needs
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_ID = re.compile("[0-9a-f]{64}", re.ASCII)


@needs(Action.READ, EVERY_KEEPER)
@require_safe
def receipt(request: HttpRequest, ledger: str, identity: str, other: str) -> HttpResponse:
    """The proof that a record of this ledger is in another party's log, under the checkpoint that its log signed.

    Whoever may read the record learns of the other ledger only how many entries it has and which hashes lead to it.
    """
    places = {one.ledger: one for one in installation().ledgers.places([identity])} if _ID.fullmatch(identity) else {}
    if ledger not in places or other not in places:
        return refuse(request, HIDDEN)
    number, page = places[other].number, f"/{ledger}/records/{places[ledger].number}"
    return give_proof(request, other, number, page, f"{other}-{number}")
