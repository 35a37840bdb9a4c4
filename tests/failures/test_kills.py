"""A process that is killed at any moment loses nothing that it acknowledged, and leaves nothing half done."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.failures.kills import run

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.failures.kills import Campaign


def rounds(campaign: Campaign, least: int) -> Iterator[int]:
    """So many rounds at least, and more until one struck a command at work: some are over within milliseconds."""
    before = campaign.killed
    for number in range(5 * least):
        if number >= least and campaign.killed > before:
            return
        yield number


def test_who_appends_loses_nothing_that_was_acknowledged(campaign: Campaign) -> None:
    home, before, acknowledged = campaign.begun(), campaign.killed, 0
    for number in range(10):
        acknowledged += len(campaign.appending(home, threads=1 + number % 4))
    campaign.checked(home)
    assert acknowledged > 10, "the machine is too slow for this to show anything"
    assert campaign.killed - before == 10


def test_who_begins_a_ledger_leaves_a_home_to_begin_in(campaign: Campaign) -> None:
    before = campaign.killed
    for number in rounds(campaign, 8):
        campaign.beginning(number)
    assert campaign.killed > before


def test_who_changes_keys_or_publishes_leaves_a_ledger_that_verifies(campaign: Campaign) -> None:
    home, before = campaign.folder / "keys", campaign.killed
    shutil.copytree(campaign.begun(), home)
    policy, out = campaign.policy(home), campaign.folder / "after.tar"
    for number in rounds(campaign, 6):
        words = (("ledger", "key", "rotate"), ("ledger", "publish"))[number % 2]
        campaign.commanding(home, 900_000 + number, *words)
    assert campaign.killed > before
    built = run(campaign.nursery, home, "bundle", "build", out, "--licensee", "harbour", "--as-at", "2015-01-01")
    assert built["exit"] == 0, built["said"]
    campaign.verified(home, out, policy)
    out.unlink()


def test_who_accepts_a_loss_can_accept_it_again(campaign: Campaign) -> None:
    killed = campaign.killed
    for number in rounds(campaign, 5):
        home = campaign.folder / f"lost-{number}"
        shutil.copytree(campaign.begun(), home)
        store = home / "meterward.sqlite3"
        kept = store.read_bytes()
        campaign.checked(home, None, 800_000 + number)
        store.write_bytes(kept)
        words = ("ledger", "accept-loss", "--reason", "The disk failed.")
        campaign.kill(campaign.nursery.fork("commanding", home, words=list(words)), 0.1)
        again = run(campaign.nursery, home, *words, "--licensee", "harbour")
        assert again["exit"] == 0 or "fits what is kept outside" in again["said"], again["said"]
        campaign.checked(home, None, 700_000 + number)
        shutil.rmtree(home)
    assert campaign.killed > killed


def test_who_builds_a_bundle_leaves_all_of_it_or_nothing(campaign: Campaign) -> None:
    home, before = campaign.folder / "bundled", campaign.killed
    shutil.copytree(campaign.begun(), home)
    policy = campaign.policy(home)
    for number in rounds(campaign, 7):
        campaign.bundling(home, number, policy, ("", ".tar")[number % 2])
    assert campaign.killed > before
