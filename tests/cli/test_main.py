"""The command as a whole: help, versions, and how whatever happens ends in an exit code."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from meterward import wiring
from meterward.cli.exits import Exit
from meterward.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said

PYTHON = [sys.executable, "-c", "from meterward.cli.main import main; main()"]
EVERY_COMMAND = [
    ["position"],
    ["explain"],
    ["deadlines"],
    ["records", "check"],
    ["records", "show"],
    ["records", "kinds"],
    ["records", "template"],
    ["law", "show"],
    ["law", "cases"],
    ["example"],
    ["serve"],
    ["init"],
    ["append"],
    ["import"],
    ["export"],
    ["restore"],
    ["person", "add"],
    ["person", "list"],
    ["person", "password"],
    ["person", "close"],
    ["doctor"],
    ["completion"],
]


def test_help_lists_every_command(ask: Callable[..., Said]) -> None:
    said = ask("--help")
    assert said.exit == Exit.IN_ORDER
    for name in cli.list_commands(click.Context(cli)):
        assert f"\n  {name} " in said.out
    assert "meterward example demo" in said.out
    assert "0 in order" in said.out


@pytest.mark.parametrize("command", EVERY_COMMAND, ids=" ".join)
def test_help_of_every_command_has_an_example(command: list[str], ask: Callable[..., Said]) -> None:
    said = ask(*command, "--help")
    assert said.exit == Exit.IN_ORDER
    assert "Examples:" in said.out
    assert f"  meterward {' '.join(command)}" in said.out


def test_every_command_that_is_listed_can_be_loaded() -> None:
    with click.Context(cli) as context:
        loaded = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
        assert cli.get_command(context, "nothing") is None
    assert {name: command.name for name, command in loaded.items() if command} == {name: name for name in loaded}


def test_help_loads_neither_tables_nor_law() -> None:
    code = "import sys; from meterward.cli.main import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = set(done.stderr.split())
    assert "click" in loaded
    assert not {"rich", "jinja2", "meterward.wiring", "meterward.law.pack"} & loaded


def test_a_table_does_not_load_templates(ledger: Path) -> None:
    code = f"import sys; from meterward.cli.main import run; run(['position', {str(ledger)!r}]); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = done.stdout.splitlines()[-1].split()
    assert "rich" in loaded
    assert "jinja2" not in loaded


def test_version(ask: Callable[..., Said]) -> None:
    assert ask("--version").out.startswith("meterward 0.")


@pytest.mark.parametrize(
    "words",
    [
        ["nothing"],
        ["position"],
        ["position", "x", "y"],
        ["position", "x", "--no-such"],
        ["position", "x", "--as-at", "20-11-2014"],
        ["position", "x", "--as-at", "2014-11-31"],
        ["position", "x", "--known-at", "yesterday"],
        ["position", "x", "--known-at", "-1"],
        ["position", "x", "--param", "z8_strength"],
        ["position", "x", "--format", "pdf"],
        ["deadlines", "x", "--format", "html"],
        ["records"],
        ["records", "nothing"],
        ["completion", "tcsh"],
        ["serve", "--port", "0"],
        ["serve", "--port", "70000"],
        ["append", "northlight"],
        ["import", "northlight"],
        ["export"],
        ["restore", "northlight"],
        ["person"],
        ["person", "add", "counsel"],
        ["doctor", "x", "--licensee", "northlight"],
    ],
    ids=" ".join,
)
def test_misuse_is_64_and_said_on_standard_error(words: list[str], ask: Callable[..., Said]) -> None:
    said = ask(*words)
    if words in (["records"], ["person"]):
        assert "Commands" in said.out + said.err
    assert said.exit == Exit.USAGE
    assert said.err
    assert "Traceback" not in said.err


def test_stopping_is_clean(ask: Callable[..., Said], ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(wiring, "read", stopped)
    said = ask("position", ledger)
    assert (said.exit, said.complaint, said.out) == (Exit.STOPPED, "Stopped.", "")


def test_a_fault_is_one_sentence(ask: Callable[..., Said], ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the wheel\ncame off")

    monkeypatch.setattr(wiring, "positions", broken)
    said = ask("position", ledger)
    assert said.exit == Exit.INTERNAL
    assert "RuntimeError: the wheel came off" in said.err
    assert len(said.err.strip().splitlines()) == 1


def test_a_fault_shows_where_it_arose_if_asked(
    ask: Callable[..., Said], ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the wheel came off")

    monkeypatch.setattr(wiring, "positions", broken)
    said = ask("--debug", "position", ledger)
    assert said.exit == Exit.INTERNAL
    assert "Traceback" in said.err
    assert "in broken" in said.err


def test_a_reader_who_goes_away_is_no_fault(ledger: Path) -> None:
    shell = f"{' '.join([sys.executable, '-c', repr(PYTHON[2])])} explain Z.14 {ledger} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], check=True, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    assert "fault" not in done.stderr
    assert int(done.stdout) in (Exit.PIPE_CLOSED, Exit.OPEN, Exit.BREACH)


def test_it_runs_as_a_module() -> None:
    done = subprocess.run([sys.executable, "-m", "meterward", "--help"], check=False, capture_output=True, text=True)
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: meterward")
