"""The receipt: what an evaluation was made from and what came out, so that anybody can make it again and compare.

It holds no prose and no float. Same records, same receipt, on any machine and in any order of arrival.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.core.base.canonical import Json, canonical

if TYPE_CHECKING:
    from meterward.core.base.timeline import Timeline
    from meterward.core.obligations.evaluate import DutyResult
    from meterward.core.obligations.position import DutyPosition, Position, ReadingPosition
    from meterward.core.obligations.status import Status


_NO_CATALOGUES = ""
"""Evaluation reads no catalogue yet; once it does, their digest stands here."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt's fields, all digests SHA-256 in hex."""

    engine: str
    pack: str
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
            "catalogues": _NO_CATALOGUES,
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
        return sha256(canonical(self.body())).hexdigest()


def duty_digest(result: DutyResult, duty: DutyPosition) -> str:
    """The digest of what came out for one duty: statuses, dates and record ids, as at the day and on every day."""
    body: dict[str, Json] = {
        "deadlines": [[item.day.isoformat(), item.source] for item in duty.deadlines],
        "history": [[item.day.isoformat(), item.source] for item in duty.history],
        "readings": {reading.reading: _reading(reading) for reading in duty.readings},
        "since": duty.since.isoformat(),
        "status": duty.status.value,
        "timelines": {one.reading.id: _spans(one.timeline) for one in result.readings},
        "timeline": _spans(result.timeline),
    }
    return sha256(canonical(body)).hexdigest()


def receipt(position: Position, duties: dict[str, str], ids: bytearray, engine: str) -> Receipt:
    """The receipt of a position; `duties` has the digest of each, `ids` the ids of the effective records, in order."""
    evaluation = position.evaluation
    result: dict[str, Json] = {**duties}
    return Receipt(
        engine,
        evaluation.pack.digest,
        evaluation.basis.licensee,
        evaluation.basis.licence,
        tuple(sorted(evaluation.regime(position.as_at).parameters.items())),
        bool(evaluation.basis.hypothesis),
        sha256(ids).hexdigest(),
        len(ids) // sha256().digest_size,
        position.as_at.isoformat(),
        sha256(canonical(result)).hexdigest(),
    )


def _spans(timeline: Timeline[Status]) -> Json:
    return [[start.isoformat(), value.value] for start, value in zip(timeline.starts, timeline.values, strict=True)]


def _reading(reading: ReadingPosition) -> Json:
    cited = sorted({identity.hex() for node in reading.nodes for identity in node.cited()})
    return {"records": list(cited), "since": reading.since.isoformat(), "status": reading.status.value}
