"""Procurement: vendors and their contracts, what these ask for and how it was tested, and what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import acceptance_tested, contract_agreed
from meterward.core.records.unfit import short
from meterward.present.procured import LACKS, bare, beyond, fitting, rows_of, speaks
from meterward.web.charted import around
from meterward.web.refusing import show_problems
from meterward.web.surveyed import Held, appends, surveyed
from meterward.wiring.gating import needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.draw_system import Element

NEAR = 10
"""So many elements without a contract are seen at once; the others unfold."""
MOST_LISTED = 200
"""So many contracts, or elements, are listed; the filter finds the others."""


@needs(Action.READ)
@require_safe
def contracts(request: HttpRequest, ledger: str) -> HttpResponse:
    """The contracts that bind on the day that is shown, those asked for."""
    lacks = request.GET.get("lacks", "").strip()
    if lacks and lacks not in LACKS:
        hint = f"Choose one of: {', '.join(LACKS)}."
        return show_problems(
            request, [Problem(Code.FIELD_VALUE, f"{short(lacks)} is none of the choices.", hint, "lacks")], 400
        )
    held = surveyed(request, ledger)
    if not isinstance(held, Held):
        return held
    chart = held.charted.chart
    rows = rows_of(chart, held.surveyed)
    words = held.charted.wish.words
    found = fitting(rows, words, lacks)
    shown: dict[str, Any] = {
        **around(request, held.charted, "contracts"),
        "whole": rows,
        "found": found,
        "counts": {name: sum(name in one.lacks for one in rows) for name in LACKS if name != "any"},
        "lacks": lacks,
        "lacks_words": LACKS,
        "bare": [one for one in bare(chart, held.surveyed) if speaks(one.element, words)],
        "beyond": [one for one in beyond(chart) if speaks(one, words)],
        "near": NEAR,
        "most": MOST_LISTED,
        "agrees": appends(request, ledger, contract_agreed.KIND),
        "tests": appends(request, ledger, acceptance_tested.KIND),
        "agree": lambda one: _agree(ledger, one),
    }
    return render(request, "system_contracts.html", shown)


def _agree(ledger: str, element: Element) -> str:
    """The form of a contract about an element, with what is known of it filled in."""
    known = {"facts.elements": element.name, "facts.party": element.told.party}
    query = urlencode({name: value for name, value in known.items() if value})
    return f"/{ledger}/append/{contract_agreed.KIND.name}?{query}"
