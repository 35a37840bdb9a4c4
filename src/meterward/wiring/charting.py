"""Charts of the systems of ledgers in the store, kept in this process by all that they were drawn from."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from meterward.usecases.draw_system import Chart, Side, draw
from meterward.usecases.evaluate_position import unknown_licence
from meterward.wiring.installed import answering

if TYPE_CHECKING:
    from meterward.adapters.background import Job
    from meterward.core.base.problem import Problem
    from meterward.core.obligations.law import Pack
    from meterward.present.answer import Question
    from meterward.usecases.follow_ledger import State

MOST_KEPT = 6
"""So many charts are kept: of some ledgers, or of a few days of one."""


@dataclass(slots=True)
class _Charts:
    kept: OrderedDict[tuple[str, str], Chart] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, key: tuple[str, str]) -> Chart | None:
        """The chart that was drawn from the same, if it is still here."""
        with self.lock:
            found = self.kept.get(key)
            if found:
                self.kept.move_to_end(key)
            return found

    def keep(self, key: tuple[str, str], chart: Chart) -> Chart:
        """Keep a chart; the one that was not asked for longest goes."""
        with self.lock:
            self.kept[key] = chart
            while len(self.kept) > MOST_KEPT:
                self.kept.popitem(last=False)
            return chart


@cache
def _charts() -> _Charts:
    return _Charts()


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
