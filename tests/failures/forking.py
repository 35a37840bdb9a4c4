"""Processes that begin within milliseconds: one that has everything loaded forks each, in a home of its own.

`python -m tests.failures.forking` reads what to do from standard input. Killing a process at a random moment five
hundred times would take an hour if each had to load Python, Django and the law before.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
_PR_SET_PDEATHSIG, _PR_SET_PTRACER, _ANYBODY = 1, 0x59616D61, -1
_LONG = 60.0


@dataclass(frozen=True, slots=True)
class Forked:
    """A process that was forked, and the file that it writes to."""

    nursery: Nursery
    pid: int
    out: Path

    def said(self) -> list[str]:
        """The lines that it wrote."""
        return [line.removesuffix("\n") for line in self.out.read_text().splitlines(keepends=True) if line[-1] == "\n"]

    def until(self, word: str) -> None:
        """Wait until it has written a line that is this word."""
        end = time.monotonic() + _LONG
        while word not in self.said():
            assert time.monotonic() < end, self.out.read_text()
            time.sleep(0.002)

    def go(self) -> None:
        """Let it begin, if it waits for that."""
        self.out.with_suffix(".go").touch()

    def wait(self) -> int:
        """Its exit code, or the signal that ended it with a minus before."""
        return int(self.nursery.ask({"wait": self.pid}))

    def result(self) -> dict[str, Any]:
        """What it came to: the last line that it wrote, as JSON."""
        code = self.wait()
        assert code == 0, self.out.read_text()
        found: dict[str, Any] = json.loads(self.said()[-1])
        return found


class Nursery:
    """The process that forks, as whoever asks it sees it."""

    def __init__(self, folder: Path) -> None:
        """Start it; what its children write goes into a folder."""
        self.folder, self._count = folder, 0
        path = os.pathsep.join((str(ROOT), str(ROOT / "src"), os.environ.get("PYTHONPATH", "")))
        command = [sys.executable, "-m", "tests.failures.forking"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self.ask({"hello": True}) == "ready"

    def fork(self, work: str, home: Path, **more: object) -> Forked:
        """Let a function of `tests.failures.works` work in a home, in a process of its own."""
        self._count += 1
        out = self.folder / f"{self._count}.out"
        out.touch()
        pid = self.ask({"work": work, "home": str(home), "out": str(out), "more": more})
        return Forked(self, int(pid), out)

    def ask(self, order: dict[str, object]) -> str:
        """Order something, and read the answer."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().decode().strip()

    def close(self) -> None:
        """Let it end."""
        self._process.communicate(timeout=_LONG)


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A process that forks, for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix="forked-") as folder:
        found = Nursery(Path(folder))
        try:
            yield found
        finally:
            found.close()


def say(*words: object) -> None:
    """Write a line from a forked process, by a call of the system that no test lets fail."""
    os.writev(1, [" ".join(map(str, words)).encode() + b"\n"])


def wait_for_go() -> None:
    """Say that this process is ready, and wait until it may begin."""
    out = Path(os.environ["FORKED_OUT"])
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, _ANYBODY, 0, 0, 0)
    say("ready")
    while not out.with_suffix(".go").exists():
        time.sleep(0.002)


def main() -> None:
    """Load everything, then fork whatever is ordered."""
    import_module("tests.failures.loaded")
    for line in sys.stdin.buffer:
        order = json.loads(line)
        if "work" in order:
            answer = str(_forked(order))
        elif "wait" in order:
            answer = str(os.waitstatus_to_exitcode(os.waitpid(order["wait"], 0)[1]))
        else:
            answer = "ready"
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


def _forked(order: dict[str, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    code = 1
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    try:
        _turn_to(order["out"])
        works, stores = import_module("tests.failures.works"), import_module("tests.builders.stores")
        home = Path(order["home"])
        os.environ["METERWARD_HOME"] = str(home)
        named = order["more"].pop("database", "")
        if named:
            os.environ["METERWARD_DATABASE"] = named
        with stores.installed(home, named):
            getattr(works, order["work"])(home, **order["more"])
        code = 0
    except BaseException:  # noqa: BLE001 - whatever it was is shown, and ends the process
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _turn_to(out: str) -> None:
    """Let this process write to its own file, and read nothing of what its parent is told."""
    os.environ["FORKED_OUT"] = out
    file = os.open(out, os.O_WRONLY | os.O_APPEND)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(file, 1)
    os.dup2(file, 2)


if __name__ == "__main__":
    main()
