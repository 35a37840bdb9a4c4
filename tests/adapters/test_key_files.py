"""Keys, in files and in memory: made once, kept whole, opened by nobody without the secret, and never shown."""

from __future__ import annotations

import logging
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from meterward.adapters.in_memory.keys import MemoryKeys
from meterward.adapters.key_files import KeyFileError, KeyFiles
from meterward.core.ledger.keys import Algorithm

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.usecases.ports import Keys

ROOT = Path(__file__).resolve().parents[2]
MAKER = ROOT / "tests" / "builders" / "key_maker.py"
KILLS = 60


@pytest.fixture(params=("memory", "files"))
def keys(request: pytest.FixtureRequest, tmp_path: Path) -> Keys:
    """Keys of each kind."""
    return MemoryKeys() if request.param == "memory" else KeyFiles(tmp_path / "keys")


def test_the_first_key_is_the_same_each_time_and_another_is_another(keys: Keys) -> None:
    first = keys.first("harbour")
    assert first.public.verifies(first.sign(b"said"), b"said")
    assert not first.public.verifies(first.sign(b"said"), b"said otherwise")
    another, third = keys.another("harbour"), keys.another("harbour")
    of_auditor = keys.first("auditor-a")
    assert len({one.public.id for one in (first, another, third, of_auditor)}) == 4
    assert keys.first("harbour").public == first.public
    for one in (first, another, third, of_auditor):
        found = keys.held(one.public.id)
        assert found
        assert one.public.verifies(found.sign(b"said"), b"said")
    assert keys.held("0" * 64) is None


def test_a_log_has_two_keys_of_its_own(keys: Keys) -> None:
    assert not keys.has_log("harbour")
    made = keys.of_log("harbour")
    assert keys.has_log("harbour")
    assert not keys.has_log("brightwater")
    assert [one.public.algorithm for one in made] == [Algorithm.ED25519, Algorithm.ML_DSA_44]
    assert [one.public for one in keys.of_log("harbour")] == [one.public for one in made]
    assert made.ml_dsa_44.public.verifies(made.ml_dsa_44.sign(b"said"), b"said")
    assert keys.held(made.ed25519.public.id) is None, "by the key of a log no statement is signed"


def test_keys_in_files_are_there_in_the_next_process(tmp_path: Path) -> None:
    made = _ids(KeyFiles(tmp_path / "keys"))
    assert _ids(KeyFiles(tmp_path / "keys")) == made
    assert KeyFiles(tmp_path / "keys").held(made[0])


def test_only_the_owner_may_look(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        _ids(KeyFiles(tmp_path / "home" / "keys"))
    finally:
        os.umask(before)
    folder = tmp_path / "home" / "keys"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_key_that_is_there_is_never_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even if it comes between looking and making."""
    _ids(KeyFiles(tmp_path / "keys"))
    before = _contents(tmp_path / "keys")
    monkeypatch.setattr(Path, "exists", lambda path: path.suffix != ".pem")
    _ids(KeyFiles(tmp_path / "keys"))
    assert _contents(tmp_path / "keys") == before


def test_two_processes_that_ask_at_once_have_the_same_keys(tmp_path: Path) -> None:
    for number in range(5):
        folder = tmp_path / str(number)
        both = [_maker(folder), _maker(folder)]
        said = [one.communicate("go\n", timeout=30)[0].split()[-4:] for one in _begun(both)]
        assert [len(one) for one in said] == [4, 4]
        assert said[0][:3] == said[1][:3]
        assert said[0][3] != said[1][3], "each asked for another key, and has one"


def test_a_kill_while_keys_are_made_leaves_a_whole_key_or_none(tmp_path: Path) -> None:
    chance, cut = random.Random(4), 0
    longest = _time_to_make(tmp_path / "timed")
    for number in range(KILLS):
        folder = tmp_path / str(number)
        running = _maker(folder)
        _begin(running)
        time.sleep(chance.uniform(0, longest))
        running.send_signal(signal.SIGKILL)
        said = running.communicate(timeout=30)[0].split()
        there = {path.name for path in folder.glob("*.pem")} if folder.is_dir() else set()
        cut += 0 < len(there) < 4
        after = KeyFiles(folder)
        made = _ids(after)
        assert len(set(made)) == 3
        assert not said or said[:3] == made
    assert cut, "no kill fell between two keys"


def test_a_secret_of_the_environment_opens_what_it_closed(tmp_path: Path) -> None:
    made = _ids(KeyFiles(tmp_path / "keys", "four words of nobody"))
    assert not (tmp_path / "keys" / "secret").exists()
    assert _ids(KeyFiles(tmp_path / "keys", "four words of nobody")) == made
    for other in ("four words of somebody", ""):
        with pytest.raises(KeyFileError):
            KeyFiles(tmp_path / "keys", other).first("harbour")


@pytest.mark.parametrize("short", ["x", "nineteen characters", " " * 40, "x" + " " * 40])
def test_a_secret_that_could_be_guessed_is_refused_and_nothing_is_made(short: str, tmp_path: Path) -> None:
    for there in (False, True):
        if there:
            _ids(KeyFiles(tmp_path / "keys", "four words of nobody"))
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(KeyFileError, match="METERWARD_KEYS_SECRET is too short"):
            KeyFiles(tmp_path / "keys", short).first("harbour")
        assert sorted(tmp_path.rglob("*")) == before


def _lose(folder: Path) -> None:
    (folder / "secret").unlink()


def _empty(folder: Path) -> None:
    (folder / "secret").write_bytes(b"\n")


def _wrong(folder: Path) -> None:
    (folder / "secret").write_text("0" * 64)


def _show(folder: Path) -> None:
    (folder / "secret").chmod(0o640)


def _truncate(folder: Path) -> None:
    path = folder / "statements-harbour-1.pem"
    path.write_bytes(path.read_bytes()[:-60])


def _damage(folder: Path) -> None:
    path = folder / "statements-harbour-1.pem"
    whole = path.read_text().splitlines()
    path.write_text("\n".join([whole[0], whole[1][::-1], *whole[2:]]))


def _blank(folder: Path) -> None:
    (folder / "statements-harbour-1.pem").write_bytes(b"")


def _swap(folder: Path) -> None:
    (folder / "statements-harbour-2.pem").replace(folder / "statements-harbour-1.pem")


def _swap_kind(folder: Path) -> None:
    (folder / "log-harbour-ml-dsa-44.pem").replace(folder / "statements-harbour-1.pem")


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (_lose, "is not there"),
        (_empty, "is empty"),
        (_wrong, "does not open"),
        (_show, "Others than its owner"),
        (_truncate, "does not open"),
        (_damage, "does not open"),
        (_blank, "does not open"),
        (_swap, "does not open"),
        (_swap_kind, "does not open"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    harm: Callable[[Path], None], says: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "keys"
    made = KeyFiles(folder)
    _ids(made)
    made.another("harbour")
    secret = (folder / "secret").read_text().strip()
    harm(folder)
    before = _contents(folder)
    with caplog.at_level(logging.DEBUG), pytest.raises(KeyFileError, match=says) as caught:
        KeyFiles(folder).first("harbour")
    assert _contents(folder) == before
    assert secret not in f"{caught.value!r} {caught.value.__cause__!r} {caplog.text}"
    assert str(folder) not in str(caught.value)


def test_a_damaged_key_stands_in_the_way_of_no_other(tmp_path: Path) -> None:
    made = KeyFiles(tmp_path / "keys")
    first, second = made.first("harbour"), made.another("harbour")
    _truncate(tmp_path / "keys")
    assert KeyFiles(tmp_path / "keys").held(second.public.id)
    with pytest.raises(KeyFileError, match="statements-harbour-1"):
        KeyFiles(tmp_path / "keys").held(first.public.id)


def test_nothing_secret_is_shown(tmp_path: Path) -> None:
    keys = KeyFiles(tmp_path / "keys", "four words of nobody")
    first = keys.first("harbour")
    for shown in (repr(keys), str(keys), repr(first), str(first), f"{keys!r} {keys.of_log('harbour')!r}"):
        assert "four words" not in shown
        assert "PRIVATE" not in shown
        assert "_held" not in shown
    for path in (tmp_path / "keys").glob("*.pem"):
        assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")


@pytest.mark.parametrize("name", ["", "a/b", "..", "../up", "a b", "x" * 65, "é"])
def test_a_name_that_could_lead_elsewhere_is_refused(name: str, tmp_path: Path) -> None:
    for ask in (KeyFiles(tmp_path).first, KeyFiles(tmp_path).another, KeyFiles(tmp_path).of_log):
        if name == "..":
            ask(name)
            continue
        with pytest.raises(KeyFileError, match="No key is kept"):
            ask(name)
    assert {path.parent for path in tmp_path.rglob("*")} <= {tmp_path}


def _ids(keys: Keys) -> list[str]:
    return [one.public.id for one in (keys.first("harbour"), *keys.of_log("harbour"))]


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def _maker(folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(MAKER), str(folder)]
    surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=surroundings)


def _begun(some: list[subprocess.Popen[str]]) -> list[subprocess.Popen[str]]:
    for one in some:
        assert one.stdout
        assert one.stdout.readline() == "ready\n"
    for one in some:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    return some


def _begin(one: subprocess.Popen[str]) -> None:
    _begun([one])


def _time_to_make(folder: Path) -> float:
    running = _maker(folder)
    _begin(running)
    began = time.perf_counter()
    assert running.stdout
    assert running.stdout.readline()
    took = time.perf_counter() - began
    running.communicate(timeout=30)
    return took
