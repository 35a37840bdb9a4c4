"""What every page of the system begins with: the moment, the chart, what is asked for, and what stands around it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.http import HttpResponse

from meterward.core.facts.request import request as request_for
from meterward.core.records.kinds import state_evidenced
from meterward.core.records.terms import SYSTEM
from meterward.core.system.cells import INSTEAD, SECURE
from meterward.present import system_table
from meterward.present.system_table import Wish
from meterward.present.system_words import (
    ASPECT_WORDS,
    CATEGORIES,
    HARM_WORDS,
    NO_ZONE,
    OPERATORS,
    POWERS,
    SIDE_WORDS,
    zone_called,
)
from meterward.usecases.draw_system import ASPECTS, Chart
from meterward.web.moments import Moment
from meterward.web.shell import shell
from meterward.web.wished import drawn
from meterward.wiring.charting import chart_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.core.facts.request import Request

DUTY = "Z.4"
"""The duty that the matrix is proof for."""


class Charted(NamedTuple):
    """A chart, the moment that it shows, and what somebody wants to see of it."""

    ledger: str
    moment: Moment
    wish: Wish
    chart: Chart

    def at(self, place: str = "", **other: str) -> str:
        """A page of the system at the same moment, with the same or another wish."""
        return f"/{self.ledger}/system{place}{self.moment.also(**self.wish.params(**other))}"

    def bare(self, place: str = "") -> str:
        """A page of the system at the same moment, with nothing left out."""
        return f"/{self.ledger}/system{place}{self.moment.query}"


def charted(request: HttpRequest, ledger: str) -> Charted | HttpResponse:
    """The chart that an address asks for, or the page of why there is none yet."""
    found = drawn(request, ledger, system_table.wish_in, chart_of)
    return found if isinstance(found, HttpResponse) else Charted(ledger, *found)


def around(request: HttpRequest, held: Charted, tab: str) -> dict[str, Any]:
    """The frame of a page of the system: its tabs, the filter and what can be chosen in it."""
    return {
        **shell(request, held.ledger, held.moment, "system"),
        "tab": tab,
        "held": held,
        "chart": held.chart,
        "wish": held.wish,
        "aspects": ASPECTS,
        "aspect_words": ASPECT_WORDS,
        "harms": HARM_WORDS,
        "sides": SIDE_WORDS,
        "category_words": CATEGORIES,
        "chooses": {
            "category": ("What it is", CATEGORIES),
            "type": ("Sort", system_table.TYPES),
            "operator": ("Operator", OPERATORS),
            "power": ("Power", POWERS),
            "zone": ("Zone", {one: zone_called(one) for one in (*system_table.zones_of(held.chart), NO_ZONE)}),
            "state": ("Proof", system_table.STATES),
            "functions": ("Functions", system_table.FUNCTIONS),
        },
        "sorts": system_table.SORTS,
        "missing": missing,
    }


def missing(subject: str, aspect: str = "") -> Request:
    """The record that would supply a cell; without an aspect, what was done instead."""
    fact = SECURE if aspect else INSTEAD
    what = "the system as a whole" if subject == SYSTEM else subject
    words = f"proof for {what}{f', {ASPECT_WORDS[aspect].lower()}' if aspect else ', of what was done instead'}"
    return request_for(state_evidenced.KIND, words, subject, {"fact": fact, "aspect": aspect})
