"""A record that was admitted before, made again from what a store kept of it; nothing is checked a second time."""

from __future__ import annotations

import sys
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from meterward.core.base.days import london_day
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import all_kinds
from meterward.core.records.record import LINKS, NO_LINKS, Links, Record
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.canonical import Json

_MOST_KEPT = 65_536
_day = lru_cache(_MOST_KEPT)(date.fromisoformat)
_recorded_day = lru_cache(_MOST_KEPT)(london_day)


def stored_record(
    identity: bytes, index: int, recorded: str, statement: Mapping[str, Json], facts: dict[str, Json], files: int
) -> Record[Any]:
    """The record of an entry. `statement` and `facts` stand as in its line; `files` is how many are attached."""
    kind = all_kinds()[cast("str", statement["kind"])]
    values = kind.lift(cast("int", statement["version"]), facts)
    return Record(
        identity,
        kind,
        _day(cast("str", statement["occurred"])),
        cast("date", _recorded_day(recorded)),
        index,
        cast("str", statement.get("subject", "")),
        _licences(*cast("list[str]", statement["licences"])),
        _actor(**cast("dict[str, str]", statement["actor"])),
        kind.read(values),
        files,
        _links(statement),
        sys.intern(cast("str", statement["licensee"])),
    )


@lru_cache(_MOST_KEPT)
def _licences(*names: str) -> tuple[str, ...]:
    return names


@lru_cache(_MOST_KEPT)
def _actor(person: str, role: str, organisation: str) -> Actor:
    return Actor(person, Role(role), organisation)


def _links(statement: Mapping[str, Json]) -> Links:
    for name in LINKS:
        if name in statement:
            return Links(**{name: bytes.fromhex(cast("str", statement[name]))})
    return NO_LINKS
