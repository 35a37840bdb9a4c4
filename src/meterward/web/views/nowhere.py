"""Addresses under a ledger at which there is nothing: they pass the gate as all do, so that nobody learns which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.access import HIDDEN, Action
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.web.refusing import refuse
from meterward.wiring.gating import needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs(Action.READ, EVERY_KEEPER)
def nowhere(request: HttpRequest, ledger: str, rest: str) -> HttpResponse:  # noqa: ARG001 - they stand in the address
    """Nothing is here."""
    return refuse(request, HIDDEN)
