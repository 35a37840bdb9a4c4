"""Evaluations of records under the law pack, and what tests compare of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.obligations.law import Pack
from meterward.law import pack as packs
from meterward.usecases.evaluate_position import Dossier
from tests.builders.lines import LICENCES, LICENSEE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from meterward.core.obligations.evaluate import Evaluation
    from meterward.core.obligations.status import Status
    from meterward.core.records.record import Record

Changes: TypeAlias = "tuple[tuple[date, Status], ...]"
"""A timeline by its changes."""
Which: TypeAlias = "tuple[str, str]"
"""A duty and one of its readings; the reading is empty for what the duty comes to over all of them."""


@cache
def the_pack() -> Pack:
    """The law pack of the draft condition."""
    pack = packs.load("condition_z_2012")
    assert isinstance(pack, Pack), pack
    return pack


@cache
def pack_of(*duties: str) -> Pack:
    """The law pack with some of its duties only."""
    return replace(the_pack(), duties=tuple(duty for duty in the_pack().duties if duty.id in duties))


def index_of(records: Iterable[Record[Any]], licence: str = LICENCES[0]) -> Index:
    """Records taken in, one after the other."""
    index = Index(licence)
    for record in records:
        index.append(record)
    return index


def licence_of(records: Iterable[Record[Any]], licence: str = LICENCES[0]) -> Dossier:
    """A licence with records of which nothing was computed yet."""
    return Dossier(LICENSEE, licence, Reader(index_of(records, licence)))


def evaluated(records: Iterable[Record[Any]], pack: Pack | None = None, licence: str = LICENCES[0]) -> Evaluation:
    """Everything about some records from scratch."""
    return licence_of(records, licence).evaluate(pack or the_pack())


def timelines(evaluation: Evaluation) -> dict[Which, Changes]:
    """Every timeline of an evaluation."""
    found: dict[Which, Changes] = {}
    for result in evaluation.duties:
        every = {"": result.timeline, **{one.reading.id: one.timeline for one in result.readings}}
        for reading, timeline in every.items():
            found[result.duty.id, reading] = tuple(zip(timeline.starts, timeline.values, strict=True))
    return found
