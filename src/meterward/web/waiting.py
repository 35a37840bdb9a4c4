"""What is shown while an answer is on the way: how far it has come, and a way to stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.shortcuts import render

from meterward.core.base.problem import Problem
from meterward.web.moments import Moment, moment_of
from meterward.web.refusing import show_problems
from meterward.web.shell import shell
from meterward.wiring import today
from meterward.wiring.installed import Underway

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest, HttpResponse


class Doing(NamedTuple):
    """What is being done, where it is not that the ledger is read."""

    title: str
    says: str
    can_stop: bool = True


def show_underway(request: HttpRequest, job: Underway, doing: Doing | None = None) -> HttpResponse:
    """The page of an answer that is on the way. It asks again by itself, and becomes the answer."""
    ledger = request.resolver_match.kwargs["ledger"] if request.resolver_match else ""
    moment = moment_of(request.GET)
    around = shell(request, ledger, Moment(today()) if isinstance(moment, Problem) else moment, "")
    percent = min(100, 100 * job.done // job.total) if job.total else 0
    shown = {"job": job, "percent": percent, "again": request.get_full_path(), "doing": doing}
    response = render(request, "underway.html", {**around, **shown}, status=202)
    response["Cache-Control"] = "no-store"
    return response


def show_instead(request: HttpRequest, found: Sequence[Problem] | Underway) -> HttpResponse:
    """The page in place of an answer: that it is on the way, or why there is none."""
    return show_underway(request, found) if isinstance(found, Underway) else show_problems(request, found)
