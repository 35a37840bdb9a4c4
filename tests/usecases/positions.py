"""Positions to try the use cases on: the gas licence of the command line's tests, on any day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from meterward.core.obligations.law import Pack
from meterward.law import pack as packs
from meterward.usecases.evaluate_position import Dossier, dossiers_of
from meterward.usecases.read_ledger import Loaded, read_ledger
from tests.builders import brightwater

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.obligations.position import DutyPosition, Position

AS_AT = date(2014, 11, 20)


@cache
def pack() -> Pack:
    """The law pack."""
    found = packs.load("condition_z_2012")
    assert isinstance(found, Pack), found
    return found


def load(told: Sequence[dict[str, Any]]) -> Loaded:
    """A ledger, read."""
    loaded = read_ledger(json.dumps(line).encode() for line in told)
    assert loaded.problems == []
    return loaded


@cache
def licence() -> Dossier:
    """The gas licence."""
    loaded = load(brightwater.lines())
    found = dossiers_of(loaded.licensee, loaded.records, "gas", {})
    assert isinstance(found, list)
    return found[0]


def position_of(day: date = AS_AT) -> Position:
    """Its position on a day."""
    return licence().position(pack(), day, "tests").position


def with_duty(position: Position, stands: DutyPosition) -> Position:
    """A position in which one duty stands otherwise."""
    duties = tuple(stands if one.duty.id == stands.duty.id else one for one in position.duties)
    return replace(position, duties=duties)
