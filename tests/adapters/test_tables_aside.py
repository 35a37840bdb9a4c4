"""Folders in which tables are compared: whoever is killed leaves one, and the next comparison removes that alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from meterward.adapters.duck import Duck
from meterward.adapters.tables_aside import PREFIX, Folder, sweep

HOLDS = """
import time
from meterward.adapters.duck import Duck
with Duck({}) as duck:
    print(duck.folder, flush=True)
    time.sleep(60)
"""


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_what_a_killed_process_left_is_removed_and_not_before_it_was_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        left = Path(process.stdout.readline().strip())
        with Duck({}) as duck:
            assert (left / "work.duckdb").exists()
            assert duck.folder != left
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert (left / "work.duckdb").exists()
    with Duck({}) as duck:
        assert not left.exists()
        assert duck.folder.exists()
    assert not duck.folder.exists()


def test_what_this_process_holds_itself_stays() -> None:
    one, other = Folder(), Folder()
    assert one.path.is_dir()
    one.leave()
    assert (one.path.exists(), other.path.is_dir()) == (False, True)
    other.leave()


def test_no_link_is_followed_and_no_other_folder_removed(own_folder: Path) -> None:
    kept = own_folder / "of-somebody"
    (kept / "within").mkdir(parents=True)
    (own_folder / f"{PREFIX}link").symlink_to(kept)
    (own_folder / f"{PREFIX}file").write_text("no folder")
    sweep()
    assert (kept / "within").is_dir()
    assert len(list(own_folder.iterdir())) == 3


def test_what_belongs_to_somebody_else_stays(own_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (own_folder / f"{PREFIX}x").mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    sweep()
    assert (own_folder / f"{PREFIX}x").is_dir()


def test_a_folder_that_is_swept_before_it_is_held_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    make, made = tempfile.mkdtemp, list[Path]()

    def swept(prefix: str) -> str:
        made.append(Path(make(prefix=prefix)))
        if len(made) == 1:
            sweep()
        return str(made[-1])

    monkeypatch.setattr(tempfile, "mkdtemp", swept)
    folder = Folder()
    assert (len(made), folder.path, folder.path.is_dir()) == (2, made[1], True)
    folder.leave()
