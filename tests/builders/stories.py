"""Stories told briefly, as in the worked cases, and what tests ask of them."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.facts.ask import Ask
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.obligations.law import Pack
from meterward.core.records.story import Teller
from meterward.law import pack as packs
from meterward.usecases.evaluate_position import Dossier
from meterward.usecases.read_ledger import read_ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.obligations.evaluate import Evaluation
    from meterward.core.records.record import Record

PACK = "condition_z_2012"
LICENSEE, LICENCE = "northlight", "electricity"
COMMENCEMENT = date(2013, 3, 4)
IN_FORCE: tuple[Mapping[str, Any], ...] = (
    {"kind": "ledger.opened", "on": date(2012, 12, 1)},
    {"kind": "licence.held", "on": date(2012, 12, 1)},
    {"kind": "date.determined", "on": date(2012, 12, 20), "facts": {"event": "commencement", "day": COMMENCEMENT}},
)
RECOGNISED = {"kind": "auditor.recognised", "on": date(2013, 2, 1), "subject": "recognition/a"}


def the_pack() -> Pack:
    """The law pack of the draft condition."""
    pack = packs.load(PACK)
    assert isinstance(pack, Pack), pack
    return pack


def told(*story: Mapping[str, Any]) -> list[Record[Any]]:
    """The records of a story under the condition; what is usual in the worked cases is usual here."""
    teller = Teller(LICENSEE, [LICENCE], usual=packs.cases(PACK)["usual"])
    loaded = read_ledger(json.dumps(line).encode() for line in teller.tell([*IN_FORCE, *story]))
    assert loaded.problems == []
    return loaded.records


def reader(*story: Mapping[str, Any]) -> Reader:
    """A story's records, ready to be read."""
    index = Index(LICENCE)
    for record in told(*story):
        index.append(record)
    return Reader(index)


def evaluated(*story: Mapping[str, Any]) -> Evaluation:
    """Every duty, on every day of a story."""
    return Dossier(LICENSEE, LICENCE, reader(*story)).evaluate(the_pack())


def asked(parameters: Mapping[str, str] | None = None, **reading: str) -> Ask:
    """What a fact is asked with, under the settings of a reading."""
    pack = the_pack()
    return Ask(
        LICENSEE, {**pack.defaults(), **(parameters or {})}, COMMENCEMENT, pack.reference, pack.working_days, reading
    )
