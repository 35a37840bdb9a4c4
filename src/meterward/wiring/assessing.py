"""What the folds of risk know of a ledger in the store at a moment, and what its system suggests."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from meterward.catalogues.scenarios import scenarios
from meterward.core.risk.proposals import Proposal, suggested, surroundings
from meterward.core.risk.scenario import Around
from meterward.core.system.model import Drawn
from meterward.usecases.draw_risks import RiskChart
from meterward.usecases.draw_system import Chart
from meterward.wiring.recent import Recent
from meterward.wiring.risk_charting import risks_of
from meterward.wiring.seeing import seen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from meterward.adapters.background import Job
    from meterward.core.base.problem import Problem
    from meterward.present.answer import Question
    from meterward.usecases.evaluate_position import Dossier

T = TypeVar("T")
MOST_KEPT = 4


class Suggested(NamedTuple):
    """What a chart suggests, and what is around each of its elements, from which that follows."""

    chart: Chart
    proposals: tuple[Proposal, ...]
    around: Mapping[str, Around]


@cache
def _suggested() -> Recent[Suggested]:
    return Recent(MOST_KEPT)


def worked(
    question: Question, licence: str, find: Callable[[Sequence[Dossier], RiskChart], T]
) -> T | list[Problem] | Job:
    """What `find` makes of one licence or of all beside the register; on the way if much is still to be read."""
    register = risks_of(question, licence)
    if not isinstance(register, RiskChart):
        return register
    return seen(question, licence, lambda known: find(known.dossiers, register))


def suggestions(chart: Chart) -> Suggested:
    """Every scenario of the catalogue that can happen to some element of a chart."""
    before = _suggested().get(id(chart))
    if before and before.chart is chart:
        return before
    drawn = Drawn({name: one.told for name, one in chart.elements.items()}, chart.links, chart.populations)
    return _suggested().keep(id(chart), Suggested(chart, suggested(scenarios(), drawn), surroundings(drawn)))
