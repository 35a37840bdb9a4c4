"""Coverage: for how many of the premises supplied the inventory has a metering system, as it was counted."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.views.decorators.http import require_safe

from meterward.core.access import Action
from meterward.core.records.kinds import coverage_measured
from meterward.core.records.kinds.coverage_measured import CoverageMeasured
from meterward.core.records.record import Record
from meterward.core.system.coverage import Covered
from meterward.present.coverage_words import FUELS, ROWS, TWICE, gaps_mean, sentence, share
from meterward.present.plot import Curve, Plot, plot
from meterward.web.charted import around
from meterward.web.surveyed import Held, appends, surveyed
from meterward.wiring.gating import needs
from meterward.wiring.measuring import UNMATCHED
from meterward.wiring.surveying import has_file

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.survey_system import Told

STALE = 92
"""A count that is older than so many days is said to be old."""
MOST_LISTED = 40
"""So many counts of one sort are listed, the newest first."""


class Last(NamedTuple):
    """What was counted last for some fuels; no record if nobody counted them."""

    fuels: str
    covered: Covered
    record: Record[CoverageMeasured] | None
    has_list: bool


class Course(NamedTuple):
    """How the counts of one sort went, drawn if there are several."""

    called: str
    counts: list[Record[CoverageMeasured]]
    drawn: Plot | None
    more: int


@needs(Action.READ)
@require_safe
def coverage(request: HttpRequest, ledger: str) -> HttpResponse:
    """What was counted last by the moment that is shown, and how the counts before it went."""
    held = surveyed(request, ledger)
    if not isinstance(held, Held):
        return held
    told, day = held.surveyed.coverage, held.charted.chart.day
    shown: dict[str, Any] = {
        **around(request, held.charted, "coverage"),
        "last": list(_last(ledger, told)),
        "courses": [_course(fuel, [*counts], day) for fuel, counts in told.counts.items()],
        "rows": ROWS,
        "share": share,
        "sentence": sentence,
        "gaps_mean": gaps_mean,
        "twice": TWICE,
        "stale": STALE,
        "list_name": UNMATCHED,
        "fuel_words": FUELS,
        "appends": appends(request, ledger, coverage_measured.KIND),
    }
    return render(request, "system_coverage.html", shown)


def _last(ledger: str, told: Told) -> Iterator[Last]:
    """The last counts, those of several fuels once."""
    for record, group in groupby(told.last, key=lambda one: one.record):
        ones = [*group]
        has_list = has_file(ledger, record.facts.unmatched) if record else False
        yield Last(" and ".join(one.fuel for one in ones), ones[0], record, has_list)


def _course(fuel: str, counts: list[Record[CoverageMeasured]], day: date) -> Course:
    by_day = {one.facts.as_at: one.facts for one in counts}
    curves = [
        Curve(name, called, [(when, getattr(facts, field)) for when, facts in by_day.items()])
        for name, called, field in (
            ("none", "Premises with none", "with_none"),
            ("several", "Premises with two or more", "with_several"),
            ("nobody", "Metering systems supplying nobody", "supplying_nobody"),
        )
    ]
    listed = counts[::-1][:MOST_LISTED]
    return Course(FUELS[fuel], listed, plot(curves, day), len(counts) - len(listed))
