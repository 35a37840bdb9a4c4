"""Values to start from: they hold by the constraints of their kind, and cover every consequence."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from meterward.catalogues.starting import kinds_with_starting, starting
from meterward.core.records.kinds import context_established
from meterward.core.records.terms import Consequence
from tests.builders.ledgers import opened
from tests.builders.wrong import entered, line_of


@pytest.mark.parametrize("kind", kinds_with_starting())
def test_what_a_kind_starts_from_is_a_record_of_it(kind: str) -> None:
    found = starting(kind)
    assert found
    assert "nobody's decision" in found.says
    entered(opened().admission, line_of(kind, json.loads(json.dumps(found.facts))))


def test_starting_scales_have_five_steps_and_every_consequence() -> None:
    found = starting(context_established.KIND.name)
    assert found
    facts = context_established.KIND.read(found.facts)
    assert [one.consequence for one in facts.criteria] == list(get_args(Consequence))
    assert {len(facts.likelihood), *(len(one.least) for one in facts.criteria)} == {5}


def test_other_kinds_have_nothing_to_start_from() -> None:
    assert starting("policy.issued") is None
