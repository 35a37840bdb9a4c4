"""Coverage by the engine against the same in plain Python and in SQLite: every edge of a spell, and both fuels."""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.adapters.coverage import DuckComparing
from meterward.usecases.ports.tables import Coverage, Tables
from tests.builders.premises import FUELS, Device, Spell, day, plainly, write_both

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

ON = day(10)
STATES = ("trial", "live", "suspended", "decommissioned")


def compared(feed: Sequence[Spell], inventory: Sequence[Device], on: date = ON) -> tuple[Coverage, list[str]]:
    """What the engine counts, and the lines of what does not match."""
    with tempfile.TemporaryDirectory() as folder, DuckComparing() as comparing:
        paths = write_both(Path(folder), feed, inventory)
        found = comparing.compare(Tables(*paths, on, FUELS, unmatched=True), lambda _what, _share: None)
        assert isinstance(found, Coverage), found
        raw = Path(comparing.listed).read_bytes()
        assert found.unmatched is not None
        assert found.unmatched.digest == hashlib.sha256(raw).hexdigest()
        header, *lines = raw.decode().splitlines()
        assert header == "reason,fuel,premises,devices"
        assert found.unmatched.rows == len(lines)
        assert found.feed.digest == hashlib.sha256(Path(paths[0]).read_bytes()).hexdigest()
        assert found.inventory.digest == hashlib.sha256(Path(paths[1]).read_bytes()).hexdigest()
        return found, lines


def same_as_plainly(feed: Sequence[Spell], inventory: Sequence[Device], on: date = ON) -> Coverage:
    """Hold the engine to plain Python, figure by figure and line by line."""
    found, lines = compared(feed, inventory, on)
    wanted = {fuel: plainly(feed, inventory, on, fuel) for fuel in FUELS}
    assert {one.fuel: tuple(one[1:]) for one in found.counted} == {fuel: counts for fuel, (counts, _) in wanted.items()}
    assert sorted(lines) == sorted(line for _, listed in wanted.values() for line in listed)
    return found


NEAR = st.integers(7, 13)
PREMISES = st.sampled_from(["P1", "P2", "P3"])


@st.composite
def spells(draw: st.DrawFn) -> Spell:
    """A spell whose edges lie around the day."""
    first, last = sorted((draw(NEAR), draw(NEAR)))
    return Spell(draw(PREMISES), draw(st.sampled_from(FUELS)), day(first), draw(st.sampled_from([None, day(last)])))


@st.composite
def devices(draw: st.DrawFn) -> Device:
    """A device whose edges lie around the day."""
    first, last = sorted((draw(NEAR), draw(NEAR)))
    return Device(
        draw(st.none() | PREMISES),
        draw(st.sampled_from(["D1", "D2", "D3"])),
        draw(st.sampled_from(FUELS)),
        draw(st.sampled_from(STATES)),
        day(first),
        draw(st.sampled_from([None, day(last)])),
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(spells(), min_size=1, max_size=12), st.lists(devices(), min_size=1, max_size=12))
def test_the_engine_counts_as_plain_python_does(feed: list[Spell], inventory: list[Device]) -> None:
    same_as_plainly(feed, inventory)


@pytest.mark.parametrize(
    ("gained", "lost", "supplied"),
    [(10, None, 1), (11, None, 0), (9, 10, 0), (9, 11, 1), (10, 11, 1), (10, 10, 0)],
    ids=["gained on it", "gained after", "lost on it", "lost after", "that day alone", "gained and lost on it"],
)
def test_the_day_of_gain_counts_and_the_day_of_loss_does_not(gained: int, lost: int | None, supplied: int) -> None:
    feed = [Spell("P1", "gas", day(gained), day(lost) if lost else None)]
    found = same_as_plainly(feed, [Device("P1", "D1", "gas", "live", day(1))])
    assert found.counted[0].premises == supplied


@pytest.mark.parametrize(
    ("installed", "removed", "there"),
    [(10, None, 1), (11, None, 0), (9, 10, 0), (9, 11, 1), (10, 10, 0)],
    ids=["installed on it", "installed after", "removed on it", "removed after", "installed and removed on it"],
)
def test_what_was_removed_on_the_day_is_gone(installed: int, removed: int | None, there: int) -> None:
    inventory = [Device("P1", "D1", "gas", "live", day(installed), day(removed) if removed else None)]
    found = same_as_plainly([Spell("P1", "gas", day(1))], inventory)
    assert (found.counted[0].with_one, found.counted[0].with_none) == (there, 1 - there)


@pytest.mark.parametrize(("state", "there"), [("trial", 1), ("live", 1), ("suspended", 1), ("decommissioned", 0)])
def test_what_is_decommissioned_is_out_of_scope(state: str, there: int) -> None:
    found = same_as_plainly([Spell("P1", "gas", day(1))], [Device("P1", "D1", "gas", state, day(1))])
    assert found.counted[0].in_scope == there


def test_a_meter_of_the_other_fuel_supplies_nobody() -> None:
    found = same_as_plainly([Spell("P1", "gas", day(1))], [Device("P1", "D1", "electricity", "live", day(1))])
    assert found.whole[1:] == (1, 0, 1, 0, 1, 1)


def test_premises_that_came_back_count_once_and_so_does_a_device_listed_twice() -> None:
    feed = [Spell("P1", "gas", day(1), day(5)), Spell("P1", "gas", day(8))]
    row = Device("P1", "D1", "gas", "live", day(1))
    found = same_as_plainly(feed, [row, row])
    assert (found.counted[0].premises, found.counted[0].with_one, found.doubled, found.overlapping) == (1, 1, 0, 0)


def test_spells_that_stand_there_twice_or_overlap_count_once_and_are_told() -> None:
    twice = [Spell("P1", "gas", day(1), day(20))] * 2
    over = [Spell("P2", "gas", day(1), day(20)), Spell("P2", "gas", day(5)), Spell("P3", "gas", day(1))]
    found = same_as_plainly([*twice, *over], [Device("P1", "D1", "gas", "live", day(1))])
    assert (found.counted[0].premises, found.doubled, found.overlapping) == (3, 1, 1)


IN_SQLITE = """
    WITH s AS (SELECT DISTINCT premises FROM feed
               WHERE fuel = :fuel AND gained <= :day AND (lost IS NULL OR lost > :day)),
         t AS (SELECT premises, device FROM inventory WHERE fuel = :fuel AND installed <= :day
               AND (removed IS NULL OR removed > :day) AND state != 'decommissioned'),
         n AS (SELECT s.premises, count(DISTINCT t.device) AS n FROM s LEFT JOIN t USING (premises) GROUP BY 1)
    SELECT count(*), sum(n = 1), sum(n = 0), sum(n > 1), (SELECT count(*) FROM t),
           (SELECT count(*) FROM t WHERE premises IS NULL OR premises NOT IN (SELECT premises FROM s)) FROM n
"""


def test_sqlite_counts_the_same_in_a_larger_set() -> None:
    draw = Random(20121130)
    feed = [
        Spell(f"P{draw.randrange(8_000)}", draw.choice(FUELS), day(gain := draw.randrange(20)), _later(draw, gain))
        for _ in range(12_000)
    ]
    inventory = [
        Device(
            draw.choice([None, *(f"P{draw.randrange(9_000)}" for _ in range(9))]),
            f"D{draw.randrange(20_000)}",
            draw.choice(FUELS),
            draw.choice(STATES),
            day(first := draw.randrange(20)),
            _later(draw, first),
        )
        for _ in range(15_000)
    ]
    found = same_as_plainly(feed, inventory)
    store = sqlite3.connect(":memory:")
    store.execute("CREATE TABLE feed (premises, fuel, gained, lost)")
    store.execute("CREATE TABLE inventory (premises, device, fuel, state, installed, removed)")
    store.executemany("INSERT INTO feed VALUES (?, ?, ?, ?)", [_texts(row) for row in feed])
    store.executemany("INSERT INTO inventory VALUES (?, ?, ?, ?, ?, ?)", [_texts(row) for row in inventory])
    for one in found.counted:
        asked = {"fuel": one.fuel, "day": ON.isoformat()}
        assert store.execute(IN_SQLITE, asked).fetchone() == tuple(one[1:])
        assert min(one[1:]) > 50, one
    store.close()


def _later(draw: Random, first: int) -> date | None:
    return day(first + draw.randrange(20)) if draw.random() < 0.5 else None


def _texts(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(value if value is None else str(value) for value in row)
