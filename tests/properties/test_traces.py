"""Traces: what a node says would be without its record is what is there once that record is taken away."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.core.facts.node import Outcome
from tests.builders.evaluations import evaluated
from tests.builders.ledgers import ledgers
from tests.builders.resolved import resolved
from tests.properties.roles import referred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.facts.node import Node
    from meterward.core.records.record import Record
    from tests.builders.scribe import Scribe


def _nodes(records: list[Record[Any]], day: date) -> Iterator[tuple[str, str, Node]]:
    """Every node of every reading, by duty, reading and its label."""
    for result in evaluated(records).duties:
        for reading in result.readings:
            outlook = reading.outlook(day)
            for top in outlook.explain(day) if outlook else ():
                for node in top.walk():
                    yield f"{result.duty.id} {reading.reading.id}", node.label, node


@settings(max_examples=100)
@given(ledgers(), st.dates(date(2013, 4, 1), date(2016, 6, 30)), st.integers(0, 10_000))
def test_a_state_without_its_record_is_as_its_node_says(scribe: Scribe, day: date, pick: int) -> None:
    counting = resolved(scribe.records)
    kept = referred(counting)
    told = [
        (where, label, node)
        for where, label, node in _nodes(counting, day)
        if isinstance(node.outcome, Outcome)
        and node.without is not None
        and len(node.records) == 1
        and node.records[0].id not in kept
        and node.records[0].kind.name in ("state.evidenced", "judgement.made")
    ]
    if not told:
        return
    where, label, node = told[pick % len(told)]
    left = [record for record in counting if record.id != node.records[0].id]
    now = {other.outcome for place, name, other in _nodes(left, day) if (place, name) == (where, label)}
    assert node.without in now or not now, f"{where}: {label} without {node.records[0].kind.name}: {now}"
