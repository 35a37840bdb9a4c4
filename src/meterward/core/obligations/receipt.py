"""The receipt: what an evaluation was made from and what came out, so that anybody can make it again and compare.

It holds no prose and no float. Same records, same receipt, on any machine and in any order of arrival.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meterward.core.base.canonical import Json, canonical

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.obligations.position import DutyPosition, Position, ReadingPosition


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt's fields, all digests SHA-256 in hex."""

    engine: str
    pack: str
    catalogues: str
    licensee: str
    licence: str
    parameters: tuple[tuple[str, str], ...]
    hypothetical: bool
    records: str
    count: int
    as_at: str
    result: str

    def body(self) -> dict[str, Json]:
        """The receipt as JSON."""
        return {
            "as_at": self.as_at,
            "catalogues": self.catalogues,
            "count": self.count,
            "engine": self.engine,
            "hypothetical": self.hypothetical,
            "licence": self.licence,
            "licensee": self.licensee,
            "pack": self.pack,
            "parameters": dict(self.parameters),
            "records": self.records,
            "result": self.result,
        }

    @property
    def digest(self) -> str:
        """The receipt in one line."""
        return hashlib.sha256(canonical(self.body())).hexdigest()


def records_digest(ids: Iterable[bytes]) -> str:
    """The digest of the sorted ids of the effective records."""
    return hashlib.sha256(b"".join(ids)).hexdigest()


def result_of(position: Position) -> dict[str, Json]:
    """What came out: statuses, dates and record ids, for each duty and reading, and every timeline."""
    return {duty.duty.id: _duty(duty) for duty in position.duties} | {
        f"{result.duty.id} timeline": [[span.first.isoformat(), span.value.value] for span in result.timeline.spans()]
        for result in position.evaluation.duties
    }


def receipt(position: Position, ids: list[bytes], engine: str, catalogues: str) -> Receipt:
    """The receipt of a position; `ids` are those of the effective records, sorted."""
    evaluation = position.evaluation
    return Receipt(
        engine,
        evaluation.pack.digest,
        catalogues,
        evaluation.setting.licensee,
        evaluation.setting.licence,
        tuple(sorted(evaluation.regime(position.as_at).parameters.items())),
        bool(evaluation.setting.hypothesis),
        records_digest(ids),
        len(ids),
        position.as_at.isoformat(),
        hashlib.sha256(canonical(result_of(position))).hexdigest(),
    )


def _duty(duty: DutyPosition) -> Json:
    return {
        "deadlines": [[item.day.isoformat(), item.what, item.source] for item in duty.deadlines],
        "history": [[item.day.isoformat(), item.what] for item in duty.history],
        "readings": {reading.reading: _reading(reading) for reading in duty.readings},
        "since": duty.since.isoformat(),
        "status": duty.status.value,
    }


def _reading(reading: ReadingPosition) -> Json:
    cited = sorted({identity.hex() for node in reading.nodes for identity in node.cited()})
    return {"records": list(cited), "since": reading.since.isoformat(), "status": reading.status.value}
