"""The changes page: what turned in the position between two moments, and because of which records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.web.comparing import compare
from meterward.web.moments import Moment
from meterward.web.shell import shell
from meterward.web.spanning import span_of
from meterward.web.waiting import show_underway
from meterward.wiring import today
from meterward.wiring.gating import needs
from meterward.wiring.installed import Underway, answering, installation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse


@needs(Action.READ_POSITION)
@require_safe
def changes(request: HttpRequest, ledger: str) -> HttpResponse:
    """What changed between two days, or two sizes of the ledger, as known at each."""
    span, shown = span_of(request.GET, ledger)
    if span is None:
        return _page(request, ledger, shown, 400)
    found = [answering().positions(one.question(ledger)) for one in span]
    for one in found:
        if isinstance(one, Underway):
            return show_underway(request, one)
    problems = [problem for one in found if isinstance(one, list) for problem in one]
    if problems:
        return _page(request, ledger, {**shown, "problems": problems[:1]}, 422)
    before, after = (one for one in found if isinstance(one, dict))
    compared = compare(before, after, lambda ids: installation().ledgers.hits(ledger, ids))
    return _page(request, ledger, {**shown, "compared": compared})


def _page(request: HttpRequest, ledger: str, shown: dict[str, Any], status: int = 200) -> HttpResponse:
    nothing: dict[str, Sequence[object] | None] = {"problems": (), "compared": None, "start": None, "end": None}
    around = shell(request, ledger, Moment(today()), "changes")
    return render(request, "changes.html", {**around, **nothing, **shown}, status=status)
