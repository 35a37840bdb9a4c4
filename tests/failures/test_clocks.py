"""A clock that runs backwards, ahead or not at all: the order stays, stamps never run backwards, and it is told."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.failures.kills import checked, run

if TYPE_CHECKING:
    from pathlib import Path

    from tests.failures.forking import Nursery
    from tests.failures.kills import Campaign


def at(**away: float) -> str:
    """An instant so far from now."""
    return (datetime.now(UTC) + timedelta(**away)).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_the_order_stays_and_what_is_unusual_is_told(campaign: Campaign, forks: Nursery, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(campaign.begun(), home)
    before = checked(forks, home)
    shown = [at(days=1), at(days=-400), at(days=1), at(days=1), at(days=365), at(), at(days=366)]
    process = forks.fork("ticking", home, times=shown, first=2)
    recorded = process.result()["recorded"][-len(shown) :]
    assert recorded == [shown[0]] * 4 + [shown[4]] * 2 + [shown[6]]
    said = process.said()
    assert [line.split()[1] for line in said if line.startswith("appended")] == [str(one) for one in range(2, 9)]
    assert sum("until it has caught up" in line for line in said) == 2, said
    told = run(forks, home, "ledger", "show", "--licensee", "harbour")
    assert told["exit"] == 1
    assert "which is yet to come: a clock was wrong" in told["said"]
    found = checked(forks, home, before, 9)
    assert found["subjects"][-8:] == [f"incident/{one}" for one in range(1, 9)]
