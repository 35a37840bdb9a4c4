"""What a witness cosigned outlives it: however it ends, it has not forgotten what it answered."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from meterward.adapters.witness_files import WitnessFiles
from meterward.core.ledger.witness import Refusal
from tests.builders.witness_killed import LOG
from tests.builders.witnesses import ORIGIN, Log, many, sent, witness

if TYPE_CHECKING:
    from meterward.usecases.cosign_checkpoints import Witness

ROOT = Path(__file__).resolve().parents[2]
OTHER = Log(many(300, "another"))


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    """A witness in a process of its own."""
    command = [sys.executable, "-m", "tests.builders.witness_killed", str(folder), *words]
    paths = {"PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **paths}, stdout=subprocess.PIPE, text=True)


def on(folder: Path) -> Witness:
    """The witness of a folder in this process."""
    return witness(*LOG.keys, views=WitnessFiles(folder))


def test_nothing_is_told_from_what_is_not_there(tmp_path: Path) -> None:
    files = WitnessFiles(tmp_path / "cosigned")
    assert files.last(ORIGIN) is None
    files.begin(ORIGIN)
    assert files.last(ORIGIN) == b""
    files.keep(ORIGIN, b"note\n")
    files.begin(ORIGIN)
    assert files.last(ORIGIN) == b"note\n"
    (place,) = (tmp_path / "cosigned").iterdir()
    assert place.stat().st_mode & 0o077 == 0
    place.write_bytes(b"")
    assert files.last(ORIGIN) is None


def test_a_witness_killed_before_it_answers_has_cosigned_one_history(tmp_path: Path) -> None:
    files = WitnessFiles(tmp_path)
    files.begin(ORIGIN)
    for size in (1, 2):
        process = started(tmp_path, "after")
        said, _ = process.communicate(timeout=60)
        assert (process.returncode, said) == (-9, "")
        one = on(tmp_path)
        assert one.problem() is None
        conflict, other = one.answer(sent(LOG.asks(size - 1, size))), one.answer(sent(OTHER.asks(size, size + 1)))
        assert isinstance(conflict, Refusal)
        assert isinstance(other, Refusal)
        assert (conflict.status, conflict.size, other.status) == (409, size, 422)
        # Whoever was not answered asks from there, and gets the same cosigned.
        assert isinstance(one.answer(sent(LOG.asks(size, size))), str)


def test_a_witness_killed_at_any_moment_remembers_all_that_it_answered(tmp_path: Path) -> None:
    chance, files = Random(4), WitnessFiles(tmp_path)
    files.begin(ORIGIN)
    for _ in range(6):
        process = started(tmp_path)
        assert process.stdout
        answered = [process.stdout.readline()]
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        rest, _ = process.communicate(timeout=60)
        told = [int(line) for line in (*answered, *rest.splitlines()) if line.strip()]
        one = on(tmp_path)
        assert one.problem() is None
        seen = one.last(ORIGIN)
        assert seen
        assert seen.size in (told[-1], told[-1] + 1)
        assert seen.root == LOG.checkpoint(seen.size).root
