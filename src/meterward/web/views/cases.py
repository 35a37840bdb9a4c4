"""Enforcement cases: a regulator's own records about licensees, which no licensee sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.web.moments import Moment
from meterward.web.shell import shell
from meterward.wiring import today
from meterward.wiring.gating import needs
from meterward.wiring.glancing import cases_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs(Action.READ, REGULATOR_KEEPERS)
@require_safe
def cases(request: HttpRequest, ledger: str) -> HttpResponse:
    """Every case, the open ones first, each with what was noted."""
    shown = {"cases": cases_of(ledger, today())}
    return render(request, "cases.html", {**shell(request, ledger, Moment(today()), "position"), **shown})
