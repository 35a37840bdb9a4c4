"""A process that is killed at any moment loses nothing that it acknowledged, and leaves nothing half done."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.failures.kills import Campaign


def test_who_appends_loses_nothing_that_was_acknowledged(campaign: Campaign) -> None:
    home, before, acknowledged = campaign.begun(), campaign.killed, 0
    for number in range(10):
        acknowledged += len(campaign.appending(home, threads=1 + number % 4))
    campaign.checked(home)
    assert acknowledged > 10, "the machine is too slow for this to show anything"
    assert campaign.killed - before == 10


def test_who_begins_a_ledger_leaves_a_home_to_begin_in(campaign: Campaign) -> None:
    before = campaign.killed
    for number in range(8):
        campaign.beginning(number)
    assert campaign.killed > before


def test_who_builds_a_bundle_leaves_all_of_it_or_nothing(campaign: Campaign) -> None:
    home, before = campaign.folder / "bundled", campaign.killed
    shutil.copytree(campaign.begun(), home)
    policy = campaign.policy(home)
    for number in range(7):
        campaign.bundling(home, number, policy, ("", ".tar")[number % 2])
    assert campaign.killed > before
