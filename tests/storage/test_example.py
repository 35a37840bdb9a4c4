"""The example licensee in a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.wiring.example_store import LEDGER

if TYPE_CHECKING:
    from tests.builders.stores import Store


def test_the_example_is_answered_about_from_its_store(example_store: Store) -> None:
    head = example_store.ledgers.head(LEDGER)
    assert head
    assert head.keeper == LEDGER
    assert head.size > 500
    assert len(list(example_store.people.all())) == 8
