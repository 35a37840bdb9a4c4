"""Run the worked cases of a law pack: short histories with the status expected by duty, reading and day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from meterward.core.obligations.position import Position, duty_position
from meterward.core.obligations.status import Status
from meterward.core.records.story import Teller
from meterward.usecases.evaluate_position import dossiers_of
from meterward.usecases.read_ledger import read_ledger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meterward.core.base.timeline import Timeline
    from meterward.core.obligations.evaluate import DutyResult, Evaluation
    from meterward.core.obligations.law import Duty, Pack
    from meterward.core.obligations.position import DutyPosition


_WHERE = frozenset(("duty", "reading", "on", "from", "to", "known_at"))
_BESIDE = frozenset(("attention", "no_attention", "missing", "missed"))
"""What a position has of the default reading alone."""
_ABOVE = frozenset(("position_attention", "no_position_attention"))
"""What stands above all duties."""
_WHAT = frozenset(("status", *_BESIDE, *_ABOVE))


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
    if unclear := [fault for expected in case.expect for fault in _unclear(pack, expected)]:
        return unclear
    lines = lines_of(source, case)
    evaluations: dict[date | int | None, Evaluation] = {}
    found: list[str] = []
    for expected in case.expect:
        known_at = expected.get("known_at")
        if known_at not in evaluations:
            evaluations[known_at] = _evaluation(pack, case, lines, known_at)
        found.extend(_differences(evaluations[known_at], expected))
    return found


def lines_of(source: Mapping[str, Any], case: Case) -> list[bytes]:
    """The ledger that a case tells, line by line."""
    telling = source["teller"]
    teller = Teller(telling["licensee"], telling["licences"], usual=source.get("usual", {}), seed=case.id)
    return [json.dumps(line).encode() for line in teller.tell(case.records)]


def _unclear(pack: Pack, expected: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with an expectation itself: one that asks for nothing would always come true."""
    where = f"{expected.get('duty')} on {expected.get('on') or expected.get('from')}"
    duty = pack.duty(expected.get("duty", ""))
    if duty is None:
        yield f"there is no duty {expected.get('duty')}"
    else:
        yield from (f"{where}: {fault}" for fault in _unclear_reading(duty, expected))
    yield from (f"{where}: {fault}" for fault in _unclear_what(expected))
    if not ("on" in expected) ^ ("from" in expected and "to" in expected):
        yield f"{where}: it has a day, or else a first and a last day"
    elif "from" in expected and expected["from"] > expected["to"]:
        yield f"{where}: its first day is after its last"


def _unclear_reading(duty: Duty, expected: Mapping[str, Any]) -> Iterator[str]:
    default = duty.readings[0].id
    reading = expected.get("reading", default)
    if reading not in {one.id for one in duty.readings}:
        yield f"there is no reading {reading}"
    elif reading != default and expected.keys() & _BESIDE:
        yield "what stands beside the status is only that of the default reading"


def _unclear_what(expected: Mapping[str, Any]) -> Iterator[str]:
    if unknown := expected.keys() - _WHERE - _WHAT:
        yield f"an expectation has no {', '.join(sorted(unknown))}"
    if not expected.keys() & _WHAT:
        yield f"it expects nothing of {', '.join(sorted(_WHAT))}"
    if expected.get("status", Status.MET) not in set(Status):
        yield f"there is no status {expected['status']}"
    if "" in [expected.get(name) for name in (*_BESIDE, *_ABOVE)]:
        yield "an empty text stands in every other"


def _evaluation(pack: Pack, case: Case, lines: Sequence[bytes], known_at: date | int | None) -> Evaluation:
    loaded = read_ledger(lines, known_at)
    if loaded.problems:
        raise ValueError("; ".join(map(str, loaded.problems)))
    licences = dossiers_of(loaded.licensee, loaded.records, None, case.parameters)
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
        yield from _status(_timeline(result, expected), first, last, expected)
    for day in sorted({first, last}):
        above = Position(evaluation, day, ()).attention
        beside = _beside(duty_position(evaluation, result, day), expected)
        for difference in (*_attention("position_", above, expected), *beside):
            yield f"{expected['duty']} on {day}: {difference}"


def _attention(where: str, found: Sequence[str], expected: Mapping[str, Any]) -> Iterator[str]:
    flags = " · ".join(found)
    wanted, unwanted = expected.get(f"{where}attention", ""), expected.get(f"no_{where}attention")
    if wanted not in flags:
        yield f"no attention says “{wanted}”, but “{flags}”"
    if unwanted is not None and unwanted in flags:
        yield f"attention says “{unwanted}”: “{flags}”"


def _beside(stands: DutyPosition, expected: Mapping[str, Any]) -> Iterator[str]:
    """What differs beside the status, by the default reading: attention, what is missing, and the history."""
    missing = " · ".join(str(node.missing) for top in stands.readings[0].nodes for node in top.walk() if node.missing)
    yield from _attention("", stands.attention, expected)
    if expected.get("missing", "") not in missing:
        yield f"it does not ask for “{expected['missing']}”, but for “{missing}”"
    if "missed" in expected and [event.day for event in stands.history] != expected["missed"]:
        yield f"missed {[str(event.day) for event in stands.history]}"


def _timeline(result: DutyResult, expected: Mapping[str, Any]) -> Timeline[Status]:
    if "reading" not in expected:
        return result.timeline
    return next(reading.timeline for reading in result.readings if reading.reading.id == expected["reading"])


def _status(timeline: Timeline[Status], first: date, last: date, expected: Mapping[str, Any]) -> Iterator[str]:
    day = first
    while day <= last:
        if timeline.at(day).value != expected["status"]:
            reading = f" ({expected['reading']})" if "reading" in expected else ""
            yield f"{expected['duty']}{reading} on {day}: {timeline.at(day)}, not {expected['status']}"
            return
        day += timedelta(days=1)
