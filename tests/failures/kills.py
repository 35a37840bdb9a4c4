"""Killing a process at random moments, and looking at what it leaves: shared by the tests and by `tests.long.kills`."""

from __future__ import annotations

import os
import shutil
import signal
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

    from tests.failures.forking import Forked, Nursery

ENOUGH = 100_000
"""More than anybody appends before the kill."""


@dataclass(slots=True)
class Campaign:
    """Kills in some folder, drawn from a seed."""

    nursery: Nursery
    folder: Path
    draw: Random
    killed: int = 0
    """How many were still at work when they were killed."""

    def begun(self) -> Path:
        """A home with a ledger, made once."""
        home = self.folder / "begun"
        if not home.exists():
            process = self.nursery.fork("beginning", home)
            process.go()
            assert process.wait() == 0
            assert process.said()[-1] == "exit 0", process.said()
        return home

    def appending(self, home: Path, threads: int) -> list[int]:
        """Kill who appends; the numbers that were acknowledged."""
        before = self.checked(home)
        first = before["size"] * ENOUGH
        process = self.nursery.fork("appending", home, first=first, count=ENOUGH, threads=threads)
        self.kill(process, 0.25)
        said = [line.split() for line in process.said()]
        assert {words[0] for words in said} <= {"ready", "appended"}, process.said()
        acknowledged = [int(words[1]) for words in said if words[0] == "appended"]
        after = self.checked(home, before, first + ENOUGH - 1)
        for words in said[1:]:
            assert after["subjects"][int(words[2])] == f"incident/{words[1]}", "what was acknowledged stays"
        more = _incidents(after) - _incidents(before) - len(acknowledged)
        assert 0 <= more <= threads, "more is there than was begun"
        return acknowledged

    def beginning(self, number: int) -> None:
        """Kill who begins a ledger, and begin it again."""
        home = self.folder / f"home-{number}"
        self.kill(self.nursery.fork("beginning", home), 0.6)
        again = self.nursery.fork("beginning", home)
        again.go()
        assert again.wait() == 0, again.said()
        assert again.said()[1] == "exit 0" or "has a ledger here already" in again.said()[1], again.said()
        found = self.checked(home, None, 1)
        assert found["size"] >= 3
        shutil.rmtree(home)

    def bundling(self, home: Path, number: int, policy: Path, suffix: str) -> None:
        """Kill who builds a bundle: it is there as a whole, or not at all, and the next one is built."""
        folder = self.folder / "bundles"
        folder.mkdir(exist_ok=True)
        out = folder / f"{number}{suffix}"
        self.kill(self.nursery.fork("bundling", home, out=str(out)), 0.5)
        if out.exists():
            self.verified(home, out, policy)
            shutil.rmtree(out) if out.is_dir() else out.unlink()
        again = self.nursery.fork("bundling", home, out=str(out))
        again.go()
        assert again.wait() == 0
        assert again.said()[-1] == "exit 0", again.said()
        self.verified(home, out, policy)
        shutil.rmtree(folder)

    def commanding(self, home: Path, number: int, *words: str) -> int:
        """Kill a command that writes, see that the ledger goes on, and let it come to its end; its entries."""
        before = self.checked(home)
        self.kill(self.nursery.fork("commanding", home, words=list(words)), 0.25)
        self.checked(home, before, number)
        again = run(self.nursery, home, *words, "--licensee", "harbour")
        assert again["exit"] == 0, again["said"]
        after = self.checked(home, before)
        return int(after["size"]) - int(before["size"])

    def verified(self, home: Path, out: Path, policy: Path) -> None:
        """Fail unless a bundle verifies."""
        found = run(self.nursery, home, "bundle", "verify", out, "--policy", policy)
        assert found["exit"] == 0, found["said"]

    def policy(self, home: Path) -> Path:
        """The policy of whoever trusts the log of a home."""
        place = self.folder / "policy"
        place.write_text(run(self.nursery, home, "ledger", "policy", "--licensee", "harbour")["raw"])
        return place

    def kill(self, process: Forked, longest: float) -> None:
        """Let a process begin, and kill it at a random moment."""
        process.until("ready")
        process.go()
        time.sleep(self.draw.uniform(0, longest))
        os.kill(process.pid, signal.SIGKILL)
        self.killed += process.wait() == -signal.SIGKILL

    def checked(self, home: Path, before: dict[str, Any] | None = None, more: int = 0) -> dict[str, Any]:
        """What is found in a home after whatever happened; the log must check, and go on."""
        return checked(self.nursery, home, before, more)


def _incidents(found: dict[str, Any]) -> int:
    return sum(subject.startswith("incident/") for subject in found["subjects"])


def run(nursery: Nursery, home: Path, *words: object, piped: str = "") -> dict[str, Any]:
    """What a command of ours answers in a home: `exit`, and what it `said`."""
    return nursery.fork("running", home, words=[str(word) for word in words], piped=piped).result()


def checked(
    nursery: Nursery, home: Path, before: dict[str, Any] | None = None, more: int = 0, database: str = ""
) -> dict[str, Any]:
    """What is found in a home after whatever happened; the log must check, and begin with what it was before.

    With a number, an incident of that number is appended next, which must succeed.
    """
    since = before["size"] if before else 0
    found = nursery.fork("checking", home, more=more, since=since, database=database).result()
    assert found["root"] == found["reckoned"], "the store has another root than its lines come to"
    assert (found["head"], found["check"], found["loss"], found["whole"]) == (found["size"], 0, "", "ok"), found
    named = [subject for subject in found["subjects"] if subject.startswith("incident/")]
    assert len(set(named)) == len(named), "something stands there twice"
    if before:
        assert found["then"] == before["root"], "the log does not begin with what it was"
    if more:
        # The first one comes after the key that signs it.
        assert found["next"] in (found["size"], found["size"] + 1), found
    return found
