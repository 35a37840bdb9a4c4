"""The clause page: what a clause asks, how it stands, why, and what would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.base.problem import Problem
from meterward.web.clauses import clause_page
from meterward.web.refusing import show_problems
from meterward.web.shell import shell
from meterward.web.trying import moment_in, what_if
from meterward.web.waiting import show_underway
from meterward.wiring.gating import needs
from meterward.wiring.installed import Underway, answering

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@needs(Action.READ_POSITION)
@require_safe
def clause(request: HttpRequest, ledger: str, clause: str) -> HttpResponse:
    """A clause with its duties, or one duty by its id with the reasons."""
    moment = moment_in(request)
    if isinstance(moment, Problem):
        return show_problems(request, [moment], 400)
    question = moment.question(ledger)
    found = answering().ask(question, lambda answer: clause_page(answer, clause, moment.licence))
    if isinstance(found, Underway):
        return show_underway(request, found)
    if isinstance(found, list):
        return show_problems(request, found)
    if isinstance(found, Problem):
        return show_problems(request, [found], 404)
    around = {**shell(request, ledger, moment, "position"), **what_if(request, moment, found.parameters, found.open)}
    return render(request, "clause.html", {**around, "page": found})
