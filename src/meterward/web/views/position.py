"""The position page: how a licensee stands, duty by duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_GET

from meterward.core.access import Action
from meterward.core.base.problem import Problem
from meterward.web.gate import needs
from meterward.web.moments import moment_of
from meterward.web.refusing import show_problems
from meterward.web.shell import shell
from meterward.web.waiting import Underway, show_underway
from meterward.wiring.installed import answering

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs(Action.READ)
@require_GET
def position(request: HttpRequest, ledger: str) -> HttpResponse:
    """Every duty of each licence."""
    moment = moment_of(request.GET)
    if isinstance(moment, Problem):
        return show_problems(request, [moment], 400)
    found = answering().positions(moment.question(ledger))
    if isinstance(found, list):
        return show_problems(request, found)
    if isinstance(found, Underway):
        return show_underway(request, found)
    return render(request, "position.html", {**shell(request, ledger, moment, "position"), "page": found})
