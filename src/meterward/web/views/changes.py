"""The changes page: what turned in the position between two moments, and because of which records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.base.problem import Problem
from meterward.web.comparing import compare, in_full, presets
from meterward.web.moments import Moment, moment_of, typed_in
from meterward.web.shell import first_day, last_audit, shell
from meterward.web.waiting import show_underway
from meterward.wiring import today
from meterward.wiring.gating import needs
from meterward.wiring.installed import Underway, answering, installation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse


@needs(Action.READ)
@require_safe
def changes(request: HttpRequest, ledger: str) -> HttpResponse:
    """What changed between two days, or two sizes of the ledger, as known at each."""
    ledgers = installation().ledgers
    head = ledgers.head(ledger)
    offered = presets(today(), head.size if head else 0, last_audit(ledger, today()), first_day(ledger))
    start, end = offered[0].start, offered[0].end
    if any(name.startswith(("from_", "to_")) for name in request.GET):
        first, second = moment_of(request.GET, "from_"), moment_of(request.GET, "to_")
        if isinstance(first, Problem) or isinstance(second, Problem):
            wrong = [one for one in (first, second) if isinstance(one, Problem)]
            return _page(request, ledger, {"offered": offered, "problems": wrong, "typed": typed_in(request.GET)}, 400)
        start, end = first, second
    shown = {"offered": offered, "start": start, "end": end, "words": (in_full(start), in_full(end))}
    found = [answering().positions(one.question(ledger)) for one in (start, end)]
    for one in found:
        if isinstance(one, Underway):
            return show_underway(request, one)
    problems = [problem for one in found if isinstance(one, list) for problem in one]
    if problems:
        return _page(request, ledger, {**shown, "problems": problems[:1]}, 422)
    before, after = (one for one in found if isinstance(one, dict))
    compared = compare(before, after, lambda ids: ledgers.hits(ledger, ids))
    return _page(request, ledger, {**shown, "compared": compared})


def _page(request: HttpRequest, ledger: str, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    nothing: dict[str, Sequence[object] | None] = {"problems": (), "compared": None, "start": None, "end": None}
    around = shell(request, ledger, Moment(today()), "changes")
    return render(request, "changes.html", {**around, **nothing, **shown}, status=status)
