"""Run the worked cases of a law pack: short histories with the status expected by duty, reading and day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from meterward.core.obligations.position import duty_position
from meterward.core.records.story import Teller
from meterward.usecases.evaluate_position import licences_of
from meterward.usecases.read_ledger import read_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meterward.core.base.timeline import Timeline
    from meterward.core.obligations.evaluate import Evaluation
    from meterward.core.obligations.law import Pack
    from meterward.core.obligations.status import Status


@dataclass(frozen=True, slots=True)
class Case:
    """A worked case: a history told briefly, and what is expected of it."""

    id: str
    clause: str
    title: str
    because: str
    records: tuple[Mapping[str, Any], ...]
    expect: tuple[Mapping[str, Any], ...]
    parameters: Mapping[str, str]


def cases_of(source: Mapping[str, Any]) -> list[Case]:
    """The cases of a `cases.toml`; a case builds on the base histories that it names."""
    return [
        Case(
            case["id"],
            case["clause"],
            case["title"],
            case["because"],
            (*(record for base in case.get("base", ()) for record in source["base"][base]["record"]), *case["record"]),
            tuple(case["expect"]),
            case.get("parameters", {}),
        )
        for case in ({"record": (), **item} for item in source["case"])
    ]


def check_case(pack: Pack, source: Mapping[str, Any], case: Case) -> list[str]:
    """What comes out otherwise than a case expects; empty if all is as expected."""
    telling = source["teller"]
    teller = Teller(telling["licensee"], telling["licences"], usual=source.get("usual", {}), seed=case.id)
    lines = [json.dumps(line).encode() for line in teller.tell(case.records)]
    evaluations: dict[date | int | None, Evaluation] = {}
    found: list[str] = []
    for expected in case.expect:
        known_at = expected.get("known_at")
        if known_at not in evaluations:
            evaluations[known_at] = _evaluation(pack, case, lines, known_at)
        found.extend(_differences(evaluations[known_at], expected))
    return found


def _evaluation(pack: Pack, case: Case, lines: Sequence[bytes], known_at: date | int | None) -> Evaluation:
    loaded = read_ledger(lines, known_at)
    if loaded.problems:
        raise ValueError("; ".join(map(str, loaded.problems)))
    licences = licences_of(loaded.licensee, loaded.records, None, case.parameters)
    if not isinstance(licences, list):
        raise TypeError(str(licences))
    return licences[0].evaluate(pack)


def _differences(evaluation: Evaluation, expected: Mapping[str, Any]) -> Iterator[str]:
    result = evaluation.duty(expected["duty"])
    if result is None:
        yield f"there is no duty {expected['duty']}"
        return
    first: date = expected.get("on") or expected["from"]
    last: date = expected.get("on") or expected["to"]
    if "status" in expected:
        timelines = {reading.reading.id: reading.timeline for reading in result.readings}
        timeline = timelines[expected["reading"]] if "reading" in expected else result.timeline
        yield from _status(timeline, first, last, expected)
    stands = duty_position(evaluation, result, first)
    if "attention" in expected and not any(expected["attention"] in flag for flag in stands.attention):
        yield f"{expected['duty']} on {first}: no attention says “{expected['attention']}”, but {stands.attention}"
    if "missed" in expected and [event.day for event in stands.history] != expected["missed"]:
        yield f"{expected['duty']} on {first}: missed {[str(event.day) for event in stands.history]}"


def _status(timeline: Timeline[Status], first: date, last: date, expected: Mapping[str, Any]) -> Iterator[str]:
    day = first
    while day <= last:
        if timeline.at(day).value != expected["status"]:
            reading = f" ({expected['reading']})" if "reading" in expected else ""
            yield f"{expected['duty']}{reading} on {day}: {timeline.at(day)}, not {expected['status']}"
            return
        day += timedelta(days=1)
