"""What is shown instead of a page: nothing here, not allowed, or a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import render

from meterward.core.access import Caller
from meterward.core.base.problem import Code
from meterward.web.moments import Moment, typed_in
from meterward.web.shell import shell
from meterward.wiring import today

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse

    from meterward.core.access import Decision
    from meterward.core.base.problem import Problem


def refuse(request: HttpRequest, decision: Decision) -> HttpResponse:
    """The page of a refusal. What is hidden looks as if it were not there."""
    title = "There is nothing here" if decision.hidden else "This is not yours to do"
    shown = {"title": title, "says": "" if decision.hidden else decision.why}
    return render(request, "refused.html", shown, status=404 if decision.hidden else 403)


def misdirect(request: HttpRequest, methods: Sequence[str]) -> HttpResponse:
    """The page for an address that was asked otherwise than it answers: one that takes forms, followed as a link."""
    shown = {
        "title": "There is nothing to look at here",
        "says": "This address takes what a form sends, and was opened as a page. Nothing was changed.",
    }
    answer = render(request, "refused.html", shown, status=405)
    answer["Allow"] = ", ".join(methods)
    return answer


def show_problems(request: HttpRequest, problems: Sequence[Problem], status: int = 422) -> HttpResponse:
    """The page of problems that no form can show beside a field. Of a ledger's page the frame stays, to go on from."""
    return render(request, "problems.html", {"problems": problems, **_frame(request)}, status=status)


def show_failure(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The page of a store that fails. It asks the store for nothing, not even who is there."""
    status = 507 if problem.code is Code.STORE_FULL else 503
    return render(request, "problems.html", {"problems": [problem], "frame": "plain.html"}, status=status)


def _frame(request: HttpRequest) -> dict[str, Any]:
    found, caller = request.resolver_match, getattr(request, "caller", None)
    ledger = found.kwargs.get("ledger") if found else None
    if not ledger or not isinstance(caller, Caller):
        return {"frame": "plain.html"}
    around = shell(request, ledger, Moment(today()), "")
    travelled = any(name.endswith(("as_at", "known_at")) for name in request.GET)
    back = ("Back to now", request.path) if travelled else ("To the position", f"/{ledger}/")
    return {**around, "frame": "base.html", "typed": typed_in(request.GET), "kept": [], "back": back}
