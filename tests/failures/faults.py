"""Errors injected by strace into the calls by which an append reaches the disk: shared by tests and `tests.long`."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.failures.kills import checked

if TYPE_CHECKING:
    from pathlib import Path

    from tests.failures.forking import Forked, Nursery

CALLS = (
    *("write", "pwrite64", "fdatasync", "fsync", "rename", "renameat", "renameat2"),
    *("ftruncate", "unlink", "unlinkat", "link", "linkat"),
)
FAULTS = ("error=EIO", "error=ENOSPC", "signal=KILL")
NUMBER, NEXT = 7, 8


class Traced(NamedTuple):
    """What a traced process did, as strace wrote it, and what it said."""

    calls: list[str]
    said: list[str]
    code: int


@dataclass(slots=True)
class Case:
    """An append to a copy of a home, in which one call fails."""

    nursery: Nursery
    home: Path
    """The home that is copied."""
    folder: Path
    before: dict[str, Any]
    unsure: int = 0
    """How often nobody knew whether it was appended, which is said, too."""

    def calls(self) -> Counter[str]:
        """How many calls of each name an append makes that nothing happens to."""
        done = traced(self._process(), self.folder, ",".join(CALLS))
        assert any(line.startswith(f"appended {NUMBER} ") for line in done.said), done.said
        return Counter(line.split()[1].partition("(")[0] for line in done.calls if "(" in line)

    def _process(self) -> Forked:
        home = self.folder / "copy"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(self.home, home)
        return self.nursery.fork("appending", home, first=NUMBER, count=1)

    def run(self, call: str, place: int, fault: str) -> bool:
        """Let the call of this name fail that comes at a place; whether there was one."""
        inject = f"inject={call}:{fault}:when={place}"
        done = traced(self._process(), self.folder, call, inject)
        if not any("INJECTED" in line or "SIGKILL" in line for line in done.calls):
            assert f"appended {NUMBER}" in " ".join(done.said), done.said
            return False
        words = f"{call} {place} {fault}: {done.said}"
        acknowledged = any(line.startswith(f"appended {NUMBER} ") for line in done.said)
        found = checked(self.nursery, self.folder / "copy", self.before, NEXT)
        there = f"incident/{NUMBER}" in found["subjects"]
        if acknowledged:
            assert there, f"acknowledged and lost: {words}"
        elif done.code != -signal.SIGKILL and f"unsure {NUMBER} store.unavailable" not in done.said:
            assert any(line.startswith(f"refused {NUMBER} ") for line in done.said), f"no clear words: {words}"
            assert not there, f"refused, and there: {words}"
            own = [one for one in found["subjects"] if one.startswith("key/") or not one]
            assert set(found["subjects"][self.before["size"] :]) <= set(own), words
        self.unsure += any(line.startswith("unsure") for line in done.said)
        return True


def every_call_fails(case: Case, fault: str, few: int = 0) -> int:
    """Let each call fail in an append of its own, or some `few` of each name; how many that were."""
    count = 0
    for call, there in case.calls().items():
        step = max(4, there // few) if few else 1
        for place in range(1, there + 1, step):
            assert case.run(call, place, fault), f"there is no {call} {place}"
            count += 1
    return count


def traced(process: Forked, folder: Path, calls: str, *expressions: str) -> Traced:
    """Let a process begin under strace, and end."""
    written = folder / "trace"
    written.unlink(missing_ok=True)
    options = [part for one in expressions for part in ("-e", one)]
    process.until("ready")
    tracer = subprocess.Popen(
        ["strace", "-f", "-p", str(process.pid), "-o", str(written), "-e", f"trace={calls}", *options],
        stderr=subprocess.PIPE,
        text=True,
    )
    assert tracer.stderr
    attached = tracer.stderr.readline()
    assert "attached" in attached, attached
    process.go()
    code = process.wait()
    tracer.communicate(timeout=20)
    return Traced(written.read_text().splitlines(), process.said(), code)
