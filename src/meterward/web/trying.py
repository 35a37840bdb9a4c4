"""What if the law were read with another value of a parameter: tried out on a page, in its address, never adopted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils.http import urlencode

from meterward.core.base.problem import Code, Problem
from meterward.core.obligations.law import Parameter
from meterward.core.records.unfit import short
from meterward.law.pack import DEFAULT
from meterward.present.answer import assignment_in, tried_out
from meterward.usecases.check_records import FUEL
from meterward.web.moments import Moment, moment_of
from meterward.web.shell import kept_of
from meterward.wiring import load_pack

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from django.http import HttpRequest

PARAM = "param"


class Choice(NamedTuple):
    """A parameter that can be tried out: its values with how each is said, and the one that is tried out now."""

    parameter: Parameter
    adopted: str
    """How the value that counts where nothing is tried out is said; empty while another is tried out."""
    tried: str

    def value(self, one: str) -> str:
        """A value as an address has it."""
        return f"{self.parameter.name}={one}"


def moment_in(request: HttpRequest) -> Moment | Problem:
    """The moment that an address names, with the parameters that it tries out."""
    moment = moment_of(request.GET)
    if isinstance(moment, Problem):
        return moment
    found = [(said, assignment_in(said)) for said in filter(None, request.GET.getlist(PARAM))]
    if wrong := next((said for said, one in found if one is None), None):
        hint = "Write NAME=VALUE, such as z8_strength=comply."
        return Problem(Code.PARAMETER_VALUE, f"It is {short(wrong)}.", hint, PARAM)
    tried = tried_out(one for _, one in found if one)
    return tried if isinstance(tried, Problem) else replace(moment, tried=tuple(sorted(tried.items())))


def what_if(
    request: HttpRequest, moment: Moment, regime: Mapping[str, str], names: Collection[str] | None = None
) -> dict[str, Any]:
    """What a page needs to ask what if: what can be tried out, what is, and the way back.

    `regime` holds the parameters that the page was computed under; `names`, those that the page depends on.
    """
    tried, known = dict(moment.tried), _parameters()
    offered = [one for one in known if one.name in tried or names is None or one.name in names]
    found = [Choice(one, _adopted(one, regime, tried), tried.get(one.name, "")) for one in offered if one.name != FUEL]
    kept = [(name, value) for name, value in kept_of(request) if name != PARAM]
    back = [*kept, *((name, request.GET[name]) for name in ("as_at", "known_at") if request.GET.get(name))]
    return {
        "choices": found,
        "trying": [f"{one.title}: {one.words.get(tried[one.name], '')}" for one in known if one.name in tried],
        "kept_trying": back,
        "adopted": f"{request.path}{f'?{urlencode(back)}' if back else ''}",
    }


def _adopted(one: Parameter, regime: Mapping[str, str], tried: Mapping[str, str]) -> str:
    return "" if one.name in tried else one.words[regime[one.name]]


def _parameters() -> Sequence[Parameter]:
    pack = load_pack(DEFAULT)
    return () if isinstance(pack, Problem) else pack.parameters
