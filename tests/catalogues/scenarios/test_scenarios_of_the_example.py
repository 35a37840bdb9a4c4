"""What the catalogue picks in the example's system: each scenario something, none nearly everything."""

from __future__ import annotations

import pytest

from meterward.catalogues.scenarios import scenarios
from meterward.core.risk.proposals import suggested
from tests.builders.drawn_example import northlight_drawn

FOUND = {one.scenario.name: one for one in suggested(scenarios(), northlight_drawn())}
MOST = len(northlight_drawn().elements) // 5


def test_each_applies_to_something_and_none_to_nearly_everything() -> None:
    assert {one.name for one in scenarios()} - set(FOUND) == set()
    assert {name: len(one.elements) for name, one in FOUND.items() if len(one.elements) > MOST} == {}


def test_every_element_has_something_that_can_happen_to_it() -> None:
    touched = {name for one in FOUND.values() for name in one.elements}
    assert set(northlight_drawn().elements) - touched == set()


@pytest.mark.parametrize(
    ("scenario", "elements"),
    [
        ("mass-disconnection", {"head-end": 2, "command-service": 2, "head-end-consoles": 3}),
        ("one-key-for-the-fleet", {"electricity-meters": 4, "gas-meters": 4}),
        ("firmware-from-taken-head-end", {"firmware-service": 2}),
        ("optical-port-tampering", {"electricity-meters": 3, "gas-meters": 3}),
        ("replayed-commands", {"gas-meters": 3, "comms-hubs-b": 2}),
        ("rogue-head-end", {"comms-hubs-a": 2, "comms-hubs-b": 1}),
        (
            "contractor-insider-with-field-tool",
            {"contractor-north": 2, "contractor-south": 3, "contractor-west": 4},
        ),
        ("decommissioned-meters-with-live-keys", {"electricity-meters": 3}),
        ("prepayment-fraud", {"prepayment-meters": 1, "prepayment-interface": 3}),
        ("wake-up-messages-abused", {"sim-platform-a": 2}),
        ("unknown-subcontractor", {"contractor-south": 2, "contractor-west": 4}),
        ("key-ceremony-collusion", {"key-ceremony": 2}),
        ("time-source-falsified", {"time-source": 3}),
        ("backup-stolen", {"head-end-backup": 2}),
        ("stolen-sims", {"comms-hubs-a": 3}),
        ("industry-file-exposed", {"industry-gateway": 2}),
    ],
)
def test_it_picks_what_a_reader_of_the_system_would(scenario: str, elements: dict[str, int]) -> None:
    found = {name.removeprefix("element/"): level for name, level in FOUND[scenario].elements.items()}
    assert found == elements


def test_half_of_what_is_proposed_is_neither_the_least_nor_the_most_likely() -> None:
    """Where all begin at the lowest level, the catalogue would say nothing about this system."""
    levels = [level for one in FOUND.values() for level in one.elements.values()]
    assert len([level for level in levels if 1 < level < 5]) * 2 > len(levels)
    assert len(set(levels)) >= 4
