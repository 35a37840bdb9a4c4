"""The page of a risk: how it stands and how every number came about, what is done about it, and its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.catalogues.scenarios import by_name
from meterward.core.access import HIDDEN, Action
from meterward.core.base.days import NEVER
from meterward.core.base.problem import Problem
from meterward.core.records.roles import Role
from meterward.present import risk_story, risk_words
from meterward.web.moments import Moment, moment_of
from meterward.web.refusing import refuse, show_problems
from meterward.web.risked import Acts
from meterward.web.shell import shell
from meterward.web.waiting import show_underway
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.installed import Underway
from meterward.wiring.risk_charting import risk_of, texts_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.draw_risks import RiskTold, Row

MOST_LISTED = 50
"""So many elements are listed; the system's table has the others."""


@needs(Action.READ)
@require_safe
def risk(request: HttpRequest, ledger: str, risk: str) -> HttpResponse:
    """One risk at the moment that is shown; of one that is not in the register then, only its history."""
    moment = moment_of(request.GET)
    if isinstance(moment, Problem):
        return show_problems(request, [moment], 400)
    told = risk_of(moment.question(ledger), moment.licence, risk)
    if isinstance(told, Underway):
        return show_underway(request, told)
    if isinstance(told, list):
        return show_problems(request, told)
    if not told.past:
        return refuse(request, HIDDEN)
    shown = {
        **shell(request, ledger, moment, "risks"),
        "name": f"risk/{risk}",
        "told": told,
        "row": told.row,
        "called": (told.row.facts if told.row else told.past[-1][0].record.facts).label,
        "past": told.past[::-1],
        "never": NEVER,
        "say": risk_words,
        **(_there(request, ledger, moment, told, told.row) if told.row else {}),
    }
    return render(request, "risk.html", shown)


@needs(Action.READ)
@require_safe
def moved(request: HttpRequest, ledger: str, risk: str) -> HttpResponse:
    """Where a risk lay before, among the pages of the register: an address that somebody kept goes on working."""
    query = request.GET.urlencode()
    place = f"/{ledger}/risks/register/{quote(risk, safe='()')}"
    return HttpResponsePermanentRedirect(f"{place}?{query}" if query else place)


def _there(request: HttpRequest, ledger: str, moment: Moment, told: RiskTold, row: Row) -> dict[str, Any]:
    """What is shown of a risk that is in the register."""
    day, scales, found = moment.day, row.scales, row.risk
    estimates = risk_story.estimates(found, day, scales, told.contexts)
    return {
        "acts": Acts(ledger, row),
        "accepts": Role.SENIOR_MANAGER in caller_in(request).roles,
        "scenario": by_name().get(row.facts.scenario or ""),
        "elements": [(name, told.elements.get(name)) for name in row.facts.elements[:MOST_LISTED]],
        "most": MOST_LISTED,
        "estimates": estimates,
        "steps": risk_story.steps(found, day, scales),
        "appetites": risk_story.appetites(found, row.rated.residual, scales),
        "measures": risk_story.measures(found, day),
        "treatments": risk_story.treatments(found, day),
        "texts": texts_of(ledger, _ids(row, moment)),
    }


def _ids(row: Row, moment: Moment) -> Iterator[bytes]:
    """The records whose texts the page shows."""
    yield row.risk.record.id
    yield from (one.id for one in row.risk.estimates if one.occurred <= moment.day)
    yield from (one.id for one in row.risk.treated if one.occurred <= moment.day)
    for measure in row.risk.measures:
        yield measure.record.id
        if last := measure.last(moment.day):
            yield last.id
