"""The form of a sample says how it was drawn, so that whoever has the population draws the same again."""

from __future__ import annotations

from datetime import date
from typing import Any

from meterward.core.assurance.engagement import audits_of
from meterward.core.assurance.sampling import Population, redraw
from meterward.core.records.kinds.sample_drawn import SampleDrawn
from meterward.usecases.compose_sample import Wish, compose_sample
from tests.builders.stories import reader

ENGAGED = {"kind": "audit.engaged", "on": date(2013, 6, 3), "subject": "audit/1"}
THERE = Population("northlight", "test.performed", 40, "ab" * 32, tuple(f"{number:064x}" for number in range(30)), {})


def test_what_is_composed_draws_the_same_sample_again() -> None:
    (audit,) = audits_of(reader(ENGAGED), date(2013, 7, 1))
    facts: Any = compose_sample(audit, THERE, Wish("a seed", 7))["facts"]
    counts = {name: int(facts[name]) for name in ("ledger_size", "population", "size")}
    said = SampleDrawn(**{**facts, **counts, "drawn": tuple(facts["drawn"])})
    assert (said.audit, said.ledger_size, len(said.drawn), said.clause) == ("audit/1", 40, 7, None)
    assert redraw(said, THERE.items).same
    assert not redraw(said, THERE.items[1:]).same


def test_the_clause_is_said_where_it_is_for_one() -> None:
    (audit,) = audits_of(reader(ENGAGED), date(2013, 7, 1))
    facts: Any = compose_sample(audit, THERE, Wish("a seed", 7, "Z.10(b)"))["facts"]
    assert facts["clause"] == "Z.10(b)"
