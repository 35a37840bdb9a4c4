"""The moment that an address asks about, and what somebody wants to see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.http import HttpResponse

from meterward.core.base.problem import Problem
from meterward.web.moments import Moment, moment_of
from meterward.web.refusing import show_problems
from meterward.web.waiting import show_instead
from meterward.wiring.installed import Underway

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest

    from meterward.present.answer import Question

W = TypeVar("W")
C = TypeVar("C")


def wished(
    request: HttpRequest, wish_in: Callable[[Mapping[str, str]], W | Problem]
) -> tuple[Moment, W] | HttpResponse:
    """Both, or the page of all that is wrong with the address."""
    moment, wish = moment_of(request.GET), wish_in(request.GET)
    if isinstance(moment, Problem) or isinstance(wish, Problem):
        return show_problems(request, [one for one in (moment, wish) if isinstance(one, Problem)], 400)
    return moment, wish


def drawn(
    request: HttpRequest,
    ledger: str,
    wish_in: Callable[[Mapping[str, str]], W | Problem],
    draw: Callable[[Question, str], C | Underway | list[Problem]],
) -> tuple[Moment, W, C] | HttpResponse:
    """Both, and what is drawn of a ledger at that moment; or the page of why there is none yet."""
    asked = wished(request, wish_in)
    if isinstance(asked, HttpResponse):
        return asked
    moment, wish = asked
    chart = draw(moment.question(ledger), moment.licence)
    if isinstance(chart, list | Underway):
        return show_instead(request, chart)
    return moment, wish, chart
