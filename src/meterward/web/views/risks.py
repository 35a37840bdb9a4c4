"""The register of risks: every risk on a day, searched, filtered and sorted, with how it stands and what comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.present.paged import paged
from meterward.present.risk_table import ABOVE, PAGE, counted, found_in
from meterward.web.risked import Risked, around, risked
from meterward.web.saved import saved_views
from meterward.wiring.gating import needs

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

VIEWS: tuple[tuple[str, dict[str, str]], ...] = (
    ("All", {}),
    ("Above appetite", {"standing": ABOVE}),
    ("Open", {"standing": "open"}),
    ("Not rated", {"standing": "unrated"}),
    ("Accepted", {"standing": "accepted", "sort": "next"}),
    ("Late", {"turns": "late", "sort": "next"}),
    ("Due soon", {"turns": "soon", "sort": "next"}),
)
"""What people often ask of a register, each with an address of its own."""


@needs(Action.READ)
@require_safe
def table(request: HttpRequest, ledger: str) -> HttpResponse:
    """The risks that fit what is looked for, a hundred at a time."""
    held = risked(request, ledger)
    if not isinstance(held, Risked):
        return held
    views = [(title, held.bare("", **asked), _is(held, asked)) for title, asked in VIEWS]
    found = found_in(held.chart, held.wish)
    own = saved_views(request, ledger, "risks", held.moment.real, held.wish.params(page=""))
    shown = {**own, "listed": paged(found, held.wish.page, PAGE), "tally": counted(found), "views": views}
    return render(request, "risks.html", {**around(request, held, "table"), **shown})


def _is(held: Risked, asked: dict[str, str]) -> bool:
    return held.wish.params(page="") == asked
