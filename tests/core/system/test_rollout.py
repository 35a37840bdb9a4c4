"""The roll-out: devices in service at each change, beside the plan in force."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.system.rollout import Rollout, joined_rollout, rollout
from tests.builders.stories import reader

if TYPE_CHECKING:
    from collections.abc import Mapping

MARCH = date(2013, 3, 4)
METERS = {"categories": ["premises_equipment"], "operator": "licensee", "power": "within", "in_service": MARCH}


def described(on: date, gone: tuple[str, ...] = (), **counts: tuple[int, str]) -> Mapping[str, Any]:
    """Populations with their counts and states on a day."""
    rows = [
        {"population": f"population/{name}", "element": "element/meters", "devices": devices, "state": state}
        for name, (devices, state) in counts.items()
    ]
    facts = {"source": "by_hand", "elements": [{"element": "element/meters", "told": METERS}]}
    return {"kind": "system.described", "on": on, "facts": {**facts, "populations": rows, "gone": list(gone)}}


def planned(on: date, *milestones: tuple[date, int]) -> Mapping[str, Any]:
    """A plan."""
    facts = {"milestones": [{"by": by, "devices": devices} for by, devices in milestones]}
    return {"kind": "rollout.planned", "on": on, "subject": "system", "facts": facts}


def counts(found: Rollout) -> list[tuple[date, int]]:
    """The devices in service, by day."""
    return [(one.by, one.devices) for one in found.actual]


def test_only_devices_in_trial_or_live_are_in_service() -> None:
    there = reader(described(MARCH, a=(100, "trial"), b=(50, "live"), c=(7, "suspended"), d=(9, "decommissioned")))
    found = rollout(there, MARCH)
    assert counts(found) == [(MARCH, 150)]
    assert found.now == 150


def test_a_later_count_takes_the_place_of_an_earlier_and_what_is_gone_counts_no_more() -> None:
    may, june = date(2013, 5, 1), date(2013, 6, 1)
    story = described(MARCH, a=(100, "live"), b=(10, "live")), described(may, a=(300, "live"))
    there = reader(*story, described(june, gone=("population/b",)))
    assert counts(rollout(there, date(2013, 12, 31))) == [(MARCH, 110), (may, 310), (june, 300)]
    assert counts(rollout(there, may)) == [(MARCH, 110), (may, 310)]


def test_nothing_is_in_service_before_anything_was_told() -> None:
    found = rollout(reader(described(MARCH, a=(1, "live"))), date(2013, 3, 3))
    assert (found.now, found.actual, found.plan) == (0, (), None)


def test_the_last_plan_by_the_day_says_how_many_were_to_be_there() -> None:
    end = date(2013, 12, 31)
    there = reader(planned(MARCH, (end, 500)), planned(date(2013, 9, 2), (end, 300), (date(2014, 12, 31), 900)))
    assert rollout(there, MARCH).wanted(end) == 500
    late = rollout(there, date(2013, 9, 2))
    assert [late.wanted(day) for day in (date(2013, 12, 30), end, date(2015, 1, 1))] == [None, 300, 900]


def test_devices_that_are_told_for_several_licences_count_once() -> None:
    told = described(MARCH, north=(100, "live"), south=(50, "trial"))
    both = (reader(told), reader(told, planned(date(2013, 5, 1), (date(2013, 6, 1), 200))))
    found = joined_rollout(both, date(2013, 6, 3))
    assert found.actual == ((MARCH, 150),)
    assert found.wanted(date(2013, 6, 3)) == 200


def test_what_changes_nothing_is_no_change() -> None:
    there = reader(
        described(MARCH, north=(100, "live")),
        described(date(2013, 4, 1), north=(100, "live")),
        described(date(2013, 5, 1), north=(100, "suspended")),
    )
    found = rollout(there, date(2013, 6, 3))
    assert found.actual == ((MARCH, 100), (date(2013, 5, 1), 0))
    assert (found.had(date(2013, 3, 3)), found.had(date(2013, 4, 30)), found.now) == (0, 100, 0)


def test_of_what_two_licences_tell_of_the_same_devices_the_later_counts() -> None:
    early, late = described(MARCH, north=(100, "live")), described(date(2013, 5, 1), north=(300, "live"))
    for both in ((reader(early), reader(late)), (reader(late), reader(early))):
        assert counts(joined_rollout(both, date(2013, 6, 3))) == [(MARCH, 100), (date(2013, 5, 1), 300)]
