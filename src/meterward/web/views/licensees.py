"""A regulator's desk: all licensees at a glance, and one of them with all that is known of it there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from meterward.core.access import HIDDEN, Action
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import REGULATOR_KEEPERS
from meterward.present import desk_table
from meterward.present.at_a_glance import GROUPS
from meterward.present.desk_table import PAGE, counted, found_in, late_of, months_of, state_of, wish_in
from meterward.present.paged import paged
from meterward.web.moments import Moment
from meterward.web.refusing import refuse, show_problems
from meterward.web.shell import shell
from meterward.wiring import today
from meterward.wiring.gating import needs, who_in
from meterward.wiring.glancing import glance, glances

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from meterward.present.desk_table import Wish


@require_safe
def table(request: HttpRequest, ledger: str) -> HttpResponse:
    """Every licensee that the desk knows of, fifty at a time."""
    wish = wish_in(request.GET.dict())
    if isinstance(wish, Problem):
        return show_problems(request, [wish])
    all_of_them = glances(ledger, who_in(request), today())
    found = found_in(all_of_them.rows, wish)
    shown = {
        **words(),
        "rows": paged(found, wish.page, PAGE),
        "all": all_of_them,
        "tally": counted(all_of_them.rows),
        "months": months_of(all_of_them.rows),
        "wish": wish,
        "at": lambda **other: _at(ledger, wish, **other),
        "again": request.get_full_path(),
    }
    return render(request, "licensees.html", {**shell(request, ledger, Moment(today()), "position"), **shown})


@needs(Action.READ, REGULATOR_KEEPERS)
@require_safe
def licensee(request: HttpRequest, ledger: str, name: str) -> HttpResponse:
    """One licensee: where it stands as far as that is known, what it claimed, and what lies between it and the desk."""
    row = glance(ledger, who_in(request), name, today())
    if row is None:
        return refuse(request, HIDDEN)
    shown = {**words(), "row": row, "months": months_of([row])}
    return render(request, "licensee.html", {**shell(request, ledger, Moment(today()), "position"), **shown})


def words() -> dict[str, Any]:
    """The words of a desk, for its templates."""
    return {"say": desk_table, "groups": GROUPS, "state_of": state_of, "late_of": late_of}


def _at(ledger: str, wish: Wish, **other: str) -> str:
    said = wish.params(**{"page": "", **other})
    return f"/{quote(ledger)}/{f'?{urlencode(said)}' if said else ''}"
