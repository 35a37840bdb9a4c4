"""Feeds and inventories in files, and the same comparison in plain Python, which knows no engine."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FIRST = date(2020, 1, 1)
FUELS = ("gas", "electricity")


class Spell(NamedTuple):
    """Premises supplied from the day of gain to before the day of loss."""

    premises: str
    fuel: str
    gained: date
    lost: date | None = None


class Device(NamedTuple):
    """A row of the inventory."""

    premises: str | None
    device: str
    fuel: str
    state: str
    installed: date
    removed: date | None = None


def day(number: int) -> date:
    """A day, so many after the first."""
    return FIRST + timedelta(number)


def write(path: Path, rows: Iterable[NamedTuple], names: tuple[str, ...]) -> str:
    """Write rows as CSV; the path."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows(rows)
    return str(path)


def write_both(folder: Path, feed: Iterable[Spell], inventory: Iterable[Device]) -> tuple[str, str]:
    """Write a feed and an inventory; their paths."""
    return (
        write(folder / "feed.csv", feed, Spell._fields),
        write(folder / "inventory.csv", inventory, Device._fields),
    )


def plainly(
    feed: Iterable[Spell], inventory: Iterable[Device], on: date, fuel: str
) -> tuple[tuple[int, ...], list[str]]:
    """The counts of a fuel (premises, with one, none, several, in scope, supplying nobody), and what does not match."""
    supplied: dict[str, set[str]] = {}
    for spell in feed:
        if spell.fuel == fuel and spell.gained <= on and not (spell.lost and spell.lost <= on):
            supplied[spell.premises] = set()
    in_scope, nobody = 0, []
    for one in inventory:
        gone = one.removed is not None and one.removed <= on
        if one.fuel != fuel or one.installed > on or gone or one.state == "decommissioned":
            continue
        in_scope += 1
        if one.premises in supplied:
            supplied[one.premises].add(one.device)
        else:
            nobody.append(f"supplies_nobody,{fuel},{one.premises or ''},{one.device}")
    none = [f"no_metering_system,{fuel},{name}," for name, there in supplied.items() if not there]
    several = [
        f"several_metering_systems,{fuel},{name},{' '.join(sorted(there))}"
        for name, there in supplied.items()
        if len(there) > 1
    ]
    one_each = len(supplied) - len(none) - len(several)
    counts = (len(supplied), one_each, len(none), len(several), in_scope, len(nobody))
    return counts, sorted([*none, *several, *nobody])
