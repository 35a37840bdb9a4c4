"""The example that moves with the day can be told on 1,500 days: what the day could upset is checked before it is told.

To tell and read a ledger takes a tenth of a second; `test_examples` does it on awkward days. Here only what depends on
the day is looked at: the order of entries, what they name, and the days and periods in them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from meterward.catalogues.examples import plot
from meterward.catalogues.examples.plot import Plot
from meterward.core.records.kinds import all_kinds, audit_scoped, system_described, threats_matched
from meterward.core.records.record import LINKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FIRST = date(2014, 1, 1)
STEP = 5
CHUNK = 95
CHUNKS = 16
NOT_PAST = ("valid_to", "due", "accepted_until")
NOT_SAID = ""
"""A fact that a story leaves empty is not told."""
NOT_AHEAD = ("fieldwork_start", "fieldwork_end")


def recorded(told: Plot, record: Mapping[str, Any]) -> date:
    return told.teller.day(record["recorded"], record["on"]) if "recorded" in record else record["on"]


def upset(told: Plot, today: date) -> Iterator[str]:
    """Everything for which a ledger of these records would be refused, in the order of recording."""
    subjects, labels = {"licensee", "system"}, set()
    for record in sorted(told.records, key=lambda record: recorded(told, record)):
        kind, subject, label = all_kinds()[record["kind"]], record.get("subject", ""), record.get("label")
        where = f"{kind.name} {subject} on {record['on']}"
        if not record["on"] <= recorded(told, record) <= today:
            yield f"{where}: recorded on {recorded(told, record)}, seen on {today}"
        if kind.introduces and "corrects" not in record:
            subjects.add(subject)
        if kind is system_described.KIND:
            subjects |= {row["element"] for row in record["facts"].get("elements", ())}
        if kind is threats_matched.KIND:
            subjects |= {row["match"] for row in record["facts"]["matches"]}
        named = {subject} if kind.about else set()
        for field in kind.references:
            named |= set(subjects_in(record["facts"].get(field.name, [])))
        yield from (f"{where}: {name} is not known yet" for name in sorted(named - subjects - {NOT_SAID}))
        yield from (
            f"{where}: {name} “{record[name]}”" for name in LINKS if name in record and record[name] not in labels
        )
        yield from (f"{where}: {text}" for text in wrong_days(told, record))
        labels.add(label)


def subjects_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - any value of a story
    """The subjects that a fact names, itself or in its rows."""
    if isinstance(value, str):
        yield value
    for item in value if isinstance(value, list) else ():
        if isinstance(item, dict):
            ends = (item.get(name) for name in ("element", "source", "target"))
            yield from (one for one in (*ends, item.get("told", {}).get("within")) if one)
        else:
            yield item


def wrong_days(told: Plot, record: Mapping[str, Any]) -> Iterator[str]:
    """Proofs and plans that end before they are made, and work that is done before it is."""
    facts, on = record.get("facts", {}), record["on"]
    yield from (f"{name} is past" for name in NOT_PAST if name in facts and told.teller.day(facts[name], on) < on)
    done = NOT_AHEAD if record["kind"] != audit_scoped.KIND.name else ()
    yield from (f"{name} is ahead" for name in done if name in facts and told.teller.day(facts[name], on) > on)
    if "valid_from" in facts and told.teller.day(facts["valid_from"], on) > told.teller.day(facts["valid_to"], on):
        yield "it ends before it begins"


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_northlight_can_be_told_on_any_day(chunk: int) -> None:
    days = [FIRST + timedelta(days=STEP * (chunk * CHUNK + place)) for place in range(CHUNK)]
    assert [(str(day), text) for day in days for text in upset(plot("northlight", day), day)] == []


def test_the_days_reach_to_2034_and_hold_every_day_of_the_year() -> None:
    days = [FIRST + timedelta(days=STEP * place) for place in range(CHUNKS * CHUNK)]
    assert len(days) > 1500
    assert days[-1].year >= 2034
    assert {(2, 29), (2, 28), (1, 31), (3, 31), (8, 31), (12, 31)} <= {(day.month, day.day) for day in days}


def test_harbour_can_be_told() -> None:
    last = date(2016, 5, 23)
    assert list(upset(plot("harbour-2013", last), last)) == []


def test_what_the_day_could_upset_is_seen() -> None:
    day = date(2016, 3, 1)
    told = plot("northlight", day)
    early = list(upset(told, day - timedelta(days=30)))
    assert any("recorded on" in text for text in early)
    without = Plot(told.teller, tuple(one for one in told.records if one["kind"] != "system.described"))
    assert any("element/hsm-a is not known yet" in text for text in upset(without, day))
    unlabelled = Plot(told.teller, tuple(one for one in told.records if one.get("label") != "policy-1"))
    assert any("replaces “policy-1”" in text for text in upset(unlabelled, day))
    proof = {"kind": "state.evidenced", "on": day, "subject": "system", "facts": {"valid_to": "on-1d"}}
    assert [text.partition(": ")[2] for text in upset(Plot(told.teller, (proof,)), day)] == ["valid_to is past"]
