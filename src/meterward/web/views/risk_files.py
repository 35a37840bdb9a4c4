"""The register of risks as a file: of the day and of the risks that its page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from meterward.core.access import HIDDEN, Action
from meterward.present.risk_table import fitting
from meterward.web.refusing import refuse, show_problems
from meterward.web.risked import Risked, risked
from meterward.web.waiting import show_underway
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.installed import Underway
from meterward.wiring.noting import Read, note_read
from meterward.wiring.register_files import FORMS, TITLES, register_file

if TYPE_CHECKING:
    from django.http import HttpRequest

_TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@needs(Action.READ)
@require_safe
def give(request: HttpRequest, ledger: str, form: str) -> HttpResponse:
    """A spreadsheet of the risks that fit, or one of its tables."""
    held = risked(request, ledger)
    if not isinstance(held, Risked):
        return held
    table = request.GET.get("table", "risk")
    if form not in FORMS or table not in TITLES:
        return refuse(request, HIDDEN)
    risks = {one.risk.name for one in fitting(held.chart, held.wish)}
    found = register_file(held.moment.question(ledger), held.moment.licence, risks, form, table)
    if isinstance(found, Underway):
        return show_underway(request, found)
    if isinstance(found, list):
        return show_problems(request, found, 404)
    name, content = found
    if problems := note_read(caller_in(request), ledger, Read("register", name)):
        return show_problems(request, problems, 503)
    answer = HttpResponse(content, content_type=_TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
