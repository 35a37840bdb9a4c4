"""`python -m tests.long.faults`: every call to the disk in an append fails once, in each of three ways."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from random import Random

from tests.failures.faults import FAULTS, Case, every_call_fails
from tests.failures.forking import nursery
from tests.failures.kills import Campaign, checked


def main() -> None:
    """Try them all: in the first append of a ledger, which introduces its key, and in a later one."""
    with tempfile.TemporaryDirectory(prefix="faults-") as name, nursery() as forks:
        folder = Path(name)
        home = folder / "home"
        shutil.copytree(Campaign(forks, folder, Random(0)).begun(), home)
        for which in ("first", "later"):
            before = checked(forks, home)
            for fault in FAULTS:
                count = every_call_fails(Case(forks, home, folder, before), fault)
                print(f"the {which} append: {count} calls, {fault}: the log checks each time", flush=True)  # noqa: T201 - what it shows
            if which == "first":
                checked(forks, home, more=1)


if __name__ == "__main__":
    main()
