"""The position page: how a licensee stands, duty by duty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.base.problem import Problem
from meterward.core.facts.request import request as request_for
from meterward.core.records.kinds import date_determined
from meterward.core.records.terms import LICENSEE
from meterward.usecases.evaluate_position import unknown_licence
from meterward.web.refusing import show_problems
from meterward.web.shell import shell
from meterward.web.standing import SORTS, standing, wish_of
from meterward.web.trying import moment_in, what_if
from meterward.web.waiting import show_underway
from meterward.wiring.gating import needs
from meterward.wiring.installed import Underway, answering

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpRequest, HttpResponse


_BEGINNING = request_for(
    date_determined.KIND, "the day on which the condition comes into force", LICENSEE, {"event": "commencement"}
)
"""What is asked of a new ledger."""


@needs(Action.READ_POSITION)
@require_safe
def position(request: HttpRequest, ledger: str) -> HttpResponse:
    """Every duty of each licence, or those that are asked for."""
    moment, wish = moment_in(request), wish_of(request.GET)
    problems = [one for one in (moment, wish) if isinstance(one, Problem)]
    if isinstance(moment, Problem) or isinstance(wish, Problem):
        return show_problems(request, problems, 400)
    found = answering().positions(moment.question(ledger))
    if isinstance(found, list):
        return show_problems(request, found)
    if isinstance(found, Underway):
        return show_underway(request, found)
    names = [one["licence"] for one in found["positions"]]
    if unknown := unknown_licence(moment.licence or None, names):
        return show_problems(request, [unknown], 404)
    page = {**found, "positions": chosen(found["positions"], moment.licence)}
    shown = {"page": page, "stands": standing(page, wish, names), "wish": wish, "sorts": SORTS}
    if moment.is_now and any(one["regime"]["commencement"] is None for one in page["positions"]):
        shown["beginning"] = _BEGINNING
    shown |= what_if(request, moment, found["positions"][0]["regime"]["parameters"] if names else {})
    return render(request, "position.html", {**shell(request, ledger, moment, "position"), **shown})


def chosen(positions: Sequence[Mapping[str, Any]], licence: str) -> list[Mapping[str, Any]]:
    """The positions that are shown: of one licence, or of all."""
    return [one for one in positions if licence in ("", one["licence"])]
