"""The registers of risks of ledgers in the store, kept in this process by all that they were drawn from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from meterward.usecases.draw_risks import RiskChart, RiskTold, Side, draw, named, tell
from meterward.wiring.installed import installation
from meterward.wiring.recent import Recent
from meterward.wiring.seeing import Known, kept, seen

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.adapters.background import Job
    from meterward.core.base.problem import Problem
    from meterward.present.answer import Question

MOST_KEPT = 6
"""So many registers are kept: of some ledgers, or of a few days of one."""


@cache
def _charts() -> Recent[RiskChart]:
    return Recent(MOST_KEPT)


def risks_of(question: Question, licence: str = "") -> RiskChart | list[Problem] | Job:
    """The register at a moment, of one licence or of all; on the way if many entries are still to be read."""
    return kept(question, licence, _charts(), lambda known: draw(_sides(known), known.day))


def risk_of(question: Question, licence: str, short: str) -> RiskTold | list[Problem] | Job:
    """All that is told of one risk at a moment."""
    return seen(question, licence, lambda known: tell(_sides(known), named(short), known.day))


def texts_of(ledger: str, ids: Iterable[bytes]) -> dict[str, dict[str, str]]:
    """The texts of some records by id (in hex), as far as they were not erased."""
    wanted = {one.hex() for one in ids}
    lines = installation().ledgers.lines_of(ledger, wanted) if wanted else []
    return {str(line["id"]): _texts(line.get("text")) for line in lines}


def _texts(said: object) -> dict[str, str]:
    return {name: text for name, text in said.items() if isinstance(text, str)} if isinstance(said, dict) else {}


def _sides(known: Known) -> list[Side]:
    return [Side(one.name, one.reader) for one in known.dossiers]
