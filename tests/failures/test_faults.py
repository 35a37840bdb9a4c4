"""Whichever call to the disk fails in an append, the log checks, and what was not acknowledged is not there.

A few calls of each name are tried here, and every one in `python -m tests.long.faults`.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.failures.faults import FAULTS, Case, every_call_fails, traced
from tests.failures.kills import checked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.failures.forking import Nursery
    from tests.failures.kills import Campaign

FEW = 4
SYNCS = ("fdatasync(", "fsync(")


def test_strace_is_there() -> None:
    assert shutil.which("strace"), "these tests inject errors with strace: apt-get install strace"


@pytest.mark.parametrize("fault", FAULTS)
def test_an_append_survives_any_call_that_fails(fault: str, campaign: Campaign, forks: Nursery, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(campaign.begun(), home)
    first = every_call_fails(Case(forks, home, tmp_path, checked(forks, home)), fault, FEW)
    checked(forks, home, more=1)
    case = Case(forks, home, tmp_path, checked(forks, home))
    later = every_call_fails(case, fault, FEW)
    assert first > later >= 4, "the first append introduces the key too"
    assert case.unsure < later, "only where the commit itself fails is it not known whether it took place"


def test_nothing_is_acknowledged_before_it_was_synced(campaign: Campaign, forks: Nursery, tmp_path: Path) -> None:
    """A line is said for each append, by a call that is traced too: there is a sync before each."""
    home = tmp_path / "home"
    shutil.copytree(campaign.begun(), home)
    process = forks.fork("appending", home, first=1, count=20)
    done = traced(process, tmp_path, "fdatasync,fsync,writev")
    calls = [line.split(maxsplit=1)[1] for line in done.calls]
    syncs, counts = 0, list[int]()
    for call in calls:
        if call.startswith(SYNCS) and call.endswith("= 0"):
            syncs += 1
        elif call.startswith('writev(1, [{iov_base="appended'):
            counts.append(syncs)
            syncs = 0
    assert len(counts) == 20, calls
    assert min(counts) >= 1, counts
