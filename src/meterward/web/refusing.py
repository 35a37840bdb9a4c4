"""What is shown instead of a page: nothing here, not allowed, or a problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import render

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


def show_problems(request: HttpRequest, problems: Sequence[Problem], status: int = 422) -> HttpResponse:
    """The page of problems that no form can show beside a field."""
    return render(request, "problems.html", {"problems": problems}, status=status)
