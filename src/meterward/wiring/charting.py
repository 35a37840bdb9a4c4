"""Charts of the systems of ledgers in the store, kept in this process by all that they were drawn from."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from meterward.usecases.draw_system import Chart, Side, draw
from meterward.usecases.evaluate_position import unknown_licence
from meterward.wiring.installed import answering
from meterward.wiring.recent import Recent

if TYPE_CHECKING:
    from meterward.adapters.background import Job
    from meterward.core.base.problem import Problem
    from meterward.core.obligations.law import Pack
    from meterward.present.answer import Question
    from meterward.usecases.follow_ledger import State

MOST_KEPT = 6
"""So many charts are kept: of some ledgers, or of a few days of one."""


@cache
def _charts() -> Recent[Chart]:
    return Recent(MOST_KEPT)


def chart_of(question: Question, licence: str = "") -> Chart | list[Problem] | Job:
    """The system at a moment, of one licence or of all; on the way if many entries are still to be read."""
    question = replace(question, hypothesis={})
    digest = answering().made_from(question)
    if isinstance(digest, list):
        return digest
    if kept := _charts().get((digest, licence)):
        return kept

    def show(pack: Pack, state: State) -> Chart | list[Problem]:
        if unknown := unknown_licence(licence or None, [one.name for one in state.dossiers]):
            return [unknown]
        sides = [Side(one.name, one.reader, pack.reference) for one in state.dossiers if licence in ("", one.name)]
        return draw(sides, question.as_at)

    found = answering().look(question, show)
    return _charts().keep((digest, licence), found) if isinstance(found, Chart) else found
