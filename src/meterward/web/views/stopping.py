"""Stopping an answer that is on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_POST

from meterward.core.access import Action
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.web.moments import Moment
from meterward.web.shell import shell
from meterward.wiring import today
from meterward.wiring.gating import needs
from meterward.wiring.installed import answering

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs(Action.READ_POSITION, EVERY_KEEPER)
@require_POST
def stop(request: HttpRequest, ledger: str) -> HttpResponse:
    """Stop the work whose name the page of its progress holds; whoever still waits for it begins it anew."""
    stopped = answering().background.cancel(request.POST.get("job", ""))
    shown = {"stopped": stopped, "again": _within(request.POST.get("again", ""), ledger)}
    return render(request, "stopped.html", {**shell(request, ledger, Moment(today()), ""), **shown})


def _within(address: str, ledger: str) -> str:
    """An address of this ledger; its position for any other."""
    return address if address.startswith(f"/{ledger}/") else f"/{ledger}/"
