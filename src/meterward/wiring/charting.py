"""Charts of the systems of ledgers in the store, kept in this process by all that they were drawn from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from meterward.usecases.draw_system import Chart, Side, draw
from meterward.wiring.recent import Recent
from meterward.wiring.seeing import Known, kept

if TYPE_CHECKING:
    from meterward.adapters.background import Job
    from meterward.core.base.problem import Problem
    from meterward.present.answer import Question

MOST_KEPT = 6
"""So many charts are kept: of some ledgers, or of a few days of one."""


@cache
def _charts() -> Recent[Chart]:
    return Recent(MOST_KEPT)


def chart_of(question: Question, licence: str = "") -> Chart | list[Problem] | Job:
    """The system at a moment, of one licence or of all; on the way if many entries are still to be read."""
    return kept(question, licence, _charts(), _draw)


def _draw(known: Known) -> Chart:
    return draw([Side(one.name, one.reader, known.pack.reference) for one in known.dossiers], known.day)
