"""Examples told, read and evaluated, each once however many tests look at it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from meterward.catalogues.examples import tell
from meterward.core.obligations.law import Pack
from meterward.core.obligations.position import Position, position
from meterward.law import pack as packs
from meterward.usecases.evaluate_position import Evaluated, evaluate_position, licences_of
from meterward.usecases.read_ledger import Loaded, read_ledger

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.obligations.evaluate import Evaluation


def law() -> Pack:
    """The law that the examples live under."""
    pack = packs.load("condition_z_2012")
    assert isinstance(pack, Pack), pack
    return pack


def read(name: str, today: date, known_at: date | None = None) -> Loaded:
    """The ledger of an example, told and read anew."""
    return read_ledger((json.dumps(line).encode() for line in tell(name, today)), known_at)


@cache
def evaluations(name: str, today: date, known_at: date | None = None) -> dict[str, Evaluation]:
    """The evaluation of each licence of an example."""
    loaded = read(name, today, known_at)
    assert loaded.problems == []
    licences = licences_of(loaded.licensee, loaded.records, None, {})
    assert isinstance(licences, list), licences
    return {licence.name: licence.evaluate(law()) for licence in licences}


def position_of(name: str, today: date, licence: str) -> Position:
    """The position of one licence as at today."""
    return position(evaluations(name, today)[licence], today)


def evaluated(name: str, today: date, licence: str) -> Evaluated:
    """The position with its receipt, made from the ledger told and read anew."""
    loaded = read(name, today)
    licences = licences_of(loaded.licensee, loaded.records, licence, {})
    assert isinstance(licences, list), licences
    return evaluate_position(licences[0], law(), today, engine="test")


def statuses(evaluation: Evaluation, day: date) -> dict[str, str]:
    """Where every duty stands on a day."""
    return {result.duty.id: result.timeline.at(day).value for result in evaluation.duties}
