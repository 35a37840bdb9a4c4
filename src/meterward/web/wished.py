"""The moment that an address asks about, and what somebody wants to see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from meterward.core.base.problem import Problem
from meterward.web.moments import Moment, moment_of
from meterward.web.refusing import show_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest, HttpResponse

W = TypeVar("W")


def wished(
    request: HttpRequest, wish_in: Callable[[Mapping[str, str]], W | Problem]
) -> tuple[Moment, W] | HttpResponse:
    """Both, or the page of all that is wrong with the address."""
    moment, wish = moment_of(request.GET), wish_in(request.GET)
    if isinstance(moment, Problem) or isinstance(wish, Problem):
        return show_problems(request, [one for one in (moment, wish) if isinstance(one, Problem)], 400)
    return moment, wish
