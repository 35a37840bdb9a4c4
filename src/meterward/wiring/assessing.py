"""What the folds of risk know of a ledger in the store at a moment, and what its system suggests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from meterward.adapters.background import Job
from meterward.catalogues.scenarios import scenarios
from meterward.core.risk.proposals import Proposal, suggested, surroundings
from meterward.core.risk.scenario import Around
from meterward.core.system.model import Drawn
from meterward.usecases.draw_risks import RiskChart
from meterward.usecases.draw_system import Chart
from meterward.usecases.evaluate_position import unknown_licence
from meterward.wiring.installed import answering
from meterward.wiring.recent import Recent
from meterward.wiring.risk_charting import risks_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from meterward.core.base.problem import Problem
    from meterward.core.obligations.law import Pack
    from meterward.present.answer import Question
    from meterward.usecases.evaluate_position import Dossier
    from meterward.usecases.follow_ledger import State

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
    return seen(question, licence, lambda dossiers, _: find(dossiers, register))


def seen(question: Question, licence: str, find: Callable[[Sequence[Dossier], date], T]) -> T | list[Problem] | Job:
    """What `find` makes of one licence or of all on a day, without drawing the register."""

    def show(_: Pack, state: State) -> T | list[Problem]:
        if unknown := unknown_licence(licence or None, [one.name for one in state.dossiers]):
            return [unknown]
        return find([one for one in state.dossiers if licence in ("", one.name)], question.as_at)

    return answering().look(replace(question, hypothesis={}), show)


def kept(
    question: Question, licence: str, there: Recent[T], find: Callable[[Sequence[Dossier], date], T]
) -> T | list[Problem] | Job:
    """The same, or what was found before if nothing that it follows from has changed."""
    question = replace(question, hypothesis={})
    digest = answering().made_from(question)
    if isinstance(digest, list):
        return digest
    before = there.get((digest, licence))
    found = seen(question, licence, find) if before is None else before
    return found if isinstance(found, list | Job) else there.keep((digest, licence), found)


def suggestions(chart: Chart) -> Suggested:
    """Every scenario of the catalogue that can happen to some element of a chart."""
    before = _suggested().get(id(chart))
    if before and before.chart is chart:
        return before
    drawn = Drawn({name: one.told for name, one in chart.elements.items()}, chart.links, chart.populations)
    return _suggested().keep(id(chart), Suggested(chart, suggested(scenarios(), drawn), surroundings(drawn)))
