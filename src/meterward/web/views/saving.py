"""Save what is asked of a list under a name, call it otherwise, or forget it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from meterward.core.access import Action
from meterward.present import risk_table, system_table
from meterward.web.refusing import show_problems
from meterward.web.wished import wished
from meterward.wiring import saving
from meterward.wiring.gating import needs, person_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest

    from meterward.core.base.problem import Problem

LISTS: Mapping[str, Callable[[Mapping[str, str]], Any | Problem]] = {
    "risks": risk_table.wish_in,
    "system": system_table.wish_in,
}
"""What an address asks of each list."""


@needs(Action.KEEP_VIEWS)
@require_POST
def change(request: HttpRequest, ledger: str, listed: str) -> HttpResponse:
    """One of them, by the button that was pressed; then back to the list as it was asked for."""
    asked = wished(request, LISTS[listed])
    if isinstance(asked, HttpResponse):
        return asked
    moment, wish = asked
    said = wish.params(page="")
    wrong, done = _done(request, ledger, listed, urlencode(said))
    if wrong:
        return show_problems(request, [wrong])
    return HttpResponseRedirect(f"/{ledger}/{listed}{moment.also(**said, view=done)}")


def _done(request: HttpRequest, ledger: str, listed: str, query: str) -> tuple[Problem | None, str]:
    """What stood against it, and what is to be said of it."""
    place = (person_in(request), ledger, listed)
    view, name = request.POST.get("view", ""), request.POST.get("name", "")
    match request.POST.get("do"):
        case "delete":
            return saving.discard(*place, view), "deleted"
        case "rename":
            return saving.rename(*place, view, name), "renamed"
        case _:
            return saving.save(*place, view or name, query), "saved"
