"""The registers of risks of ledgers in the store, kept in this process by all that they were drawn from."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from meterward.usecases.draw_risks import RiskChart, RiskTold, Side, draw, named, tell
from meterward.usecases.evaluate_position import unknown_licence
from meterward.wiring.installed import answering, installation
from meterward.wiring.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.adapters.background import Job
    from meterward.core.base.problem import Problem
    from meterward.core.obligations.law import Pack
    from meterward.present.answer import Question
    from meterward.usecases.follow_ledger import State

MOST_KEPT = 6
"""So many registers are kept: of some ledgers, or of a few days of one."""


@cache
def _charts() -> Recent[RiskChart]:
    return Recent(MOST_KEPT)


def risks_of(question: Question, licence: str = "") -> RiskChart | list[Problem] | Job:
    """The register at a moment, of one licence or of all; on the way if many entries are still to be read."""
    question = replace(question, hypothesis={})
    digest = answering().made_from(question)
    if isinstance(digest, list):
        return digest
    if kept := _charts().get((digest, licence)):
        return kept

    def show(_: Pack, state: State) -> RiskChart | list[Problem]:
        if unknown := unknown_licence(licence or None, [one.name for one in state.dossiers]):
            return [unknown]
        return draw(_sides(state, licence), question.as_at)

    found = answering().look(question, show)
    return _charts().keep((digest, licence), found) if isinstance(found, RiskChart) else found


def risk_of(question: Question, licence: str, short: str) -> RiskTold | list[Problem] | Job:
    """All that is told of one risk at a moment."""

    def show(_: Pack, state: State) -> RiskTold | list[Problem]:
        if unknown := unknown_licence(licence or None, [one.name for one in state.dossiers]):
            return [unknown]
        return tell(_sides(state, licence), named(short), question.as_at)

    return answering().look(replace(question, hypothesis={}), show)


def texts_of(ledger: str, ids: Iterable[bytes]) -> dict[str, dict[str, str]]:
    """The texts of some records by id (in hex), as far as they were not erased."""
    wanted = {one.hex() for one in ids}
    lines = installation().ledgers.lines_of(ledger, wanted) if wanted else []
    return {str(line["id"]): _texts(line.get("text")) for line in lines}


def _texts(said: object) -> dict[str, str]:
    return {name: text for name, text in said.items() if isinstance(text, str)} if isinstance(said, dict) else {}


def _sides(state: State, licence: str) -> list[Side]:
    return [Side(one.name, one.reader) for one in state.dossiers if licence in ("", one.name)]
