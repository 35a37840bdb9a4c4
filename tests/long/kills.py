"""`python -m tests.long.kills [COUNT [SEED]]`: kills at so many random moments, a third each of three kinds of work."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from random import Random

from tests.failures.forking import nursery
from tests.failures.kills import Campaign

SUFFIXES = ("", ".tar")


def main(count: int = 500, seed: int = 1) -> None:
    """Kill who appends, who begins a ledger, and who builds a bundle."""
    with tempfile.TemporaryDirectory(prefix="kills-") as folder, nursery() as forks:
        campaign = Campaign(forks, Path(folder), Random(seed))
        home, acknowledged = campaign.begun(), 0
        policy = campaign.policy(home)
        for number in range(count):
            if number % 3 == 0:
                acknowledged += len(campaign.appending(home, threads=1 + campaign.draw.randrange(8)))
            elif number % 3 == 1:
                campaign.beginning(number)
            else:
                campaign.bundling(home, number, policy, SUFFIXES[number % 2])
            if not (number + 1) % 25:
                print(f"{number + 1} kills, {campaign.killed} of them at work", flush=True)  # noqa: T201 - what it shows
        print(f"{acknowledged} records were acknowledged, and every one of them is there.")  # noqa: T201 - the same


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
