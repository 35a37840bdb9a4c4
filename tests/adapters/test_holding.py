"""A home is held by one process alone or by those of one server, and by nobody once they have ended, however."""

from __future__ import annotations

import shutil
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from meterward.adapters.holding import LOCK_FILE, Hold, hold, share

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOLDER = """
import sys
from pathlib import Path
from meterward.adapters import holding
found = holding.share(Path(sys.argv[1])) if sys.argv[2] == "share" else holding.hold(Path(sys.argv[1]), "reads a book")
print(found if isinstance(found, str) else "held", flush=True)
sys.stdin.read()
"""


@contextmanager
def process(home: Path, how: str = "alone") -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Another process that holds a home, or says who does."""
    command = [sys.executable, "-c", HOLDER, str(home), how]
    other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout
    try:
        yield other, other.stdout.readline().strip()
    finally:
        other.kill()
        other.communicate()


def is_free(home: Path) -> bool:
    """Whether nobody holds it."""
    found = hold(home, "looks")
    if isinstance(found, Hold):
        found.release()
    return isinstance(found, Hold)


def test_who_holds_a_home_is_named_to_whoever_comes_next(tmp_path: Path) -> None:
    home = tmp_path / "not" / "there"
    with process(home) as (other, said):
        assert said == "held"
        words = f"process {other.pid} reads a book"
        assert hold(home, "") == words
        assert share(home) == words


def test_what_is_killed_holds_nothing(tmp_path: Path) -> None:
    with process(tmp_path) as (other, _):
        other.kill()
        other.wait()
        assert is_free(tmp_path)


def test_the_processes_of_one_server_share_and_the_last_lets_go(tmp_path: Path) -> None:
    first = hold(tmp_path, "serves it")
    assert isinstance(first, Hold)
    assert first.share()
    with process(tmp_path, "share") as (worker, said):
        assert said == "held"
        with process(tmp_path) as (_, refused):
            assert refused.endswith("serves it")
        first.release()
        assert not is_free(tmp_path)
        worker.kill()
        worker.wait()
        assert is_free(tmp_path)


def test_what_is_shared_already_cannot_be_shared_over_somebody_who_came_in_between(tmp_path: Path) -> None:
    first = hold(tmp_path, "serves it")
    assert isinstance(first, Hold)
    first.release()
    with process(tmp_path):
        late = share(tmp_path)
    assert isinstance(late, str)


def test_a_home_that_was_removed_under_its_holder_is_another_one(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with process(home):
        shutil.rmtree(home)
        assert is_free(home)
        assert (home / LOCK_FILE).exists()
