"""What is written stays safe and true wherever it goes: a full disk, closed streams, a terminal, odd settings."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import meterward
from meterward.cli.exits import Exit
from meterward.cli.output import to_json
from meterward.cli.terminal import console

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders.terminal import Said

ODD = "\x1b[31m \x7f \x85 \u202e \u2066 \ud800 \udcff é €"
SOURCE = Path(meterward.__file__).parent.parent
RUN = "import sys; from meterward.cli.main import main; main(sys.argv[1:])"


def shell(words: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Meterward as “$@” in a shell line that leads its streams somewhere."""
    command = ["sh", "-c", words, "sh", sys.executable, "-c", RUN, *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(SOURCE)}, check=False
    )


def test_json_is_safe_on_a_terminal_and_loses_nothing() -> None:
    written = to_json({"text": ODD, ODD: 1})
    assert json.loads(written) == {"text": ODD, ODD: 1}
    assert not set(written) & set("\x1b\x7f\x85\u202e\u2066\ud800\udcff")
    assert "é €" in written


def test_a_refused_half_of_a_surrogate_pair_is_said_as_json(tmp_path: Path, ask: Callable[..., Said]) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text('{"\\ud800": 1}\n')
    said = ask("position", path, "--format", "json")
    assert said.exit == Exit.DATA
    assert "\\ud800" in [one["field"] for one in said.json["problems"]]
    assert "\\ud800" in ask("position", path).err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_said_plainly() -> None:
    done = shell('"$@" >/dev/full', "law", "show")
    assert done.returncode == Exit.CANNOT_WRITE
    assert done.stderr.startswith("The answer cannot be written: No space left on device.")


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-", ">&- 2>&- <&-"])
def test_closed_streams_change_no_exit_code(closed: str, tmp_path: Path) -> None:
    path = tmp_path / "empty.jsonl"
    path.write_text("")
    done = shell(f'"$@" {closed}', "position", str(path))
    assert (done.returncode, "fault" in done.stderr) == (Exit.DATA, False)


def test_nothing_piped_in_is_said_plainly() -> None:
    done = shell('"$@" <&-', "position", "-")
    assert (done.returncode, "standard input is closed" in done.stderr) == (Exit.NO_FILE, True)


@pytest.mark.parametrize("columns", ["99999999999", "0", "-5", "x"])
def test_an_odd_width_is_passed_over(columns: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    with (tmp_path / "out").open("w") as file:
        assert console(file).width == 100


def test_one_parameter_has_one_value(ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("position", ledger, "--param", "z8_strength=comply", "--param", "z8_strength=reasonable_steps")
    assert (said.exit, "cannot be both" in said.complaint) == (Exit.USAGE, True)


def test_a_number_of_entries_beyond_counting_is_refused(ask: Callable[..., Said], ledger: Path) -> None:
    assert ask("position", ledger, "--known-at", "1" * 5_000).exit == Exit.USAGE


@pytest.mark.parametrize("option", ["--as-at", "--known-at", "--param", "--format"])
def test_a_misused_option_is_quoted_safely(option: str, ask: Callable[..., Said], ledger: Path) -> None:
    said = ask("position", ledger, option, "\x1b[31m\u202e")
    assert (said.exit, "\x1b" in said.err, "\u202e" in said.err) == (Exit.USAGE, False, False)
