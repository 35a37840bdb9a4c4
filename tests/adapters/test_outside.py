"""Checkpoints outside the database: the newest one, whole, whoever writes and whenever they are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from meterward.adapters.in_memory.outside import MemoryOutside
from meterward.adapters.outside import OutsideFiles
from tests.builders.outside_keeper import size_of

if TYPE_CHECKING:
    from meterward.usecases.ports import Outside

ROOT = Path(__file__).resolve().parents[2]
KEEPER = ROOT / "tests" / "builders" / "outside_keeper.py"
LONGEST = b"x" * 511 + b"\n"


@pytest.fixture(params=("memory", "files"))
def outside(request: pytest.FixtureRequest, tmp_path: Path) -> Outside:
    """A place of each kind."""
    return MemoryOutside() if request.param == "memory" else OutsideFiles(tmp_path / "checkpoints")


def test_what_is_older_gives_way_and_nothing_else_does(outside: Outside) -> None:
    seen: list[bytes] = []

    def older(kept: bytes) -> bool:
        seen.append(kept)
        return True

    assert outside.newest("harbour") is None
    assert outside.keep("harbour", b"first\n", older)
    assert outside.keep("harbour", b"a second\nthat is longer\n", older)
    assert outside.keep("harbour", b"third\n", older)
    assert not outside.keep("harbour", b"fourth\n", lambda _: False)
    assert outside.newest("harbour") == b"third\n"
    assert seen == [b"", b"first\n", b"a second\nthat is longer\n"]
    assert outside.newest("brightwater") is None


def test_room_is_made_once_and_is_empty(outside: Outside) -> None:
    outside.begin("harbour")
    assert outside.newest("harbour") == b""
    outside.keep("harbour", LONGEST, lambda _: True)
    outside.begin("harbour")
    assert outside.newest("harbour") == LONGEST


def test_only_the_owner_may_look(tmp_path: Path) -> None:
    OutsideFiles(tmp_path / "checkpoints").keep("harbour", b"first\n", lambda _: True)
    assert (tmp_path / "checkpoints").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / "checkpoints").iterdir()] == ["harbour"]
    assert (tmp_path / "checkpoints" / "harbour").stat().st_mode & 0o777 == 0o600


def test_what_is_not_as_it_was_written_is_no_note(tmp_path: Path) -> None:
    outside, place = OutsideFiles(tmp_path), tmp_path / "harbour"
    outside.keep("harbour", b"first\n", lambda _: True)
    whole = place.read_bytes()
    for harmed in (b"", whole[:-1], whole + b"\n", whole.rstrip(b"\n"), b"\0" * 512):
        place.write_bytes(harmed)
        assert (outside.newest("harbour") or b"").startswith(b"\0"), harmed[:10]


@pytest.mark.parametrize("name", ["", ".hidden", "..", "a/b", "/etc/hosts"])
def test_no_name_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    for ask in (OutsideFiles(tmp_path / "in").newest, OutsideFiles(tmp_path / "in").begin):
        with pytest.raises(ValueError, match="not the name"):
            ask(name)
    assert not list(tmp_path.iterdir())


def test_a_note_that_is_too_long_for_one_write_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not as long"):
        OutsideFiles(tmp_path).keep("harbour", LONGEST + b"\n", lambda _: True)
    assert not list(tmp_path.iterdir())


def test_processes_that_keep_at_once_leave_the_newest(tmp_path: Path) -> None:
    running = [_keeper(tmp_path, 400), _keeper(tmp_path, 300), _keeper(tmp_path, 200)]
    for one in running:
        _begin(one)
    outside, last = OutsideFiles(tmp_path), 0
    while any(one.poll() is None for one in running) and last < 400:
        found = size_of(outside.newest("harbour") or b"")
        assert found >= last
        last = found
    assert [one.communicate(timeout=30)[0].split()[-1] for one in running] == ["400", "300", "200"]
    assert size_of(outside.newest("harbour") or b"") == 400


def test_a_kill_at_any_moment_leaves_a_whole_note_no_older_than_what_was_told(tmp_path: Path) -> None:
    chance = random.Random(11)
    for number in range(40):
        folder = tmp_path / str(number)
        running = _keeper(folder, 100_000)
        _begin(running)
        time.sleep(chance.uniform(0, 0.02))
        running.send_signal(signal.SIGKILL)
        told = running.communicate(timeout=30)[0].split()
        kept = size_of(OutsideFiles(folder).newest("harbour") or b"")
        assert kept >= int(told[-1] if told else 0)
        assert OutsideFiles(folder).keep("harbour", b"next\n", lambda _: True)


def _keeper(folder: Path, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, str(KEEPER), str(folder), str(count)]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings)


def _begin(one: subprocess.Popen[str]) -> None:
    assert one.stdout
    assert one.stdin
    assert one.stdout.readline() == "ready\n"
    one.stdin.write("go\n")
    one.stdin.flush()
