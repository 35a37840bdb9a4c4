"""Examples told, read and evaluated, each once however many tests look at it."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from meterward.catalogues.examples import tell
from meterward.core.obligations.law import Pack
from meterward.law import pack as packs
from meterward.usecases.evaluate_position import Evaluated, dossiers_of
from meterward.usecases.read_ledger import Loaded, read_ledger

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.obligations.evaluate import Evaluation
    from meterward.core.obligations.position import DutyPosition


def law() -> Pack:
    """The law that the examples live under."""
    pack = packs.load("condition_z_2012")
    assert isinstance(pack, Pack), pack
    return pack


@cache
def read(name: str, today: date, known_at: date | None = None) -> Loaded:
    """The ledger of an example."""
    return read_ledger((json.dumps(line).encode() for line in tell(name, today)), known_at)


def position_of(loaded: Loaded, licence: str, as_at: date) -> Evaluated:
    """The position of one licence, with its receipt, made anew."""
    assert loaded.problems == []
    licences = dossiers_of(loaded.licensee, loaded.records, licence, {})
    assert isinstance(licences, list), licences
    return licences[0].position(law(), as_at, engine="test")


@cache
def evaluated(name: str, today: date, licence: str, known_at: date | None = None) -> Evaluated:
    """The position of one licence of an example as at today."""
    return position_of(read(name, today, known_at), licence, today)


def duty(name: str, today: date, licence: str, identity: str) -> DutyPosition:
    """One duty as at today."""
    return next(one for one in evaluated(name, today, licence).position.duties if one.duty.id == identity)


def statuses(evaluation: Evaluation, day: date) -> dict[str, str]:
    """Where every duty stands on a day."""
    return {result.duty.id: result.timeline.at(day).value for result in evaluation.duties}
