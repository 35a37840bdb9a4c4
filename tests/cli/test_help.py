"""Help shows examples one below the other, as they are typed."""

from __future__ import annotations

import pytest

from meterward.cli.main import run


@pytest.mark.parametrize(
    "command",
    [
        "",
        "position",
        "explain",
        "records",
        "records check",
        "serve",
        "init",
        "append",
        "import",
        "export",
        "restore",
        "person",
        "person add",
    ],
)
def test_each_example_has_a_line_of_its_own(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*command.split(), "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if "\\b" in line] == []
    assert [line for line in lines if line.startswith(f"    meterward {command}".rstrip())]


@pytest.mark.parametrize(
    "command",
    [
        "",
        "position",
        "explain",
        "deadlines",
        "records",
        "law",
        "example",
        "serve",
        "init",
        "append",
        "import",
        "restore",
        "person",
    ],
)
def test_help_fits_a_terminal_and_breaks_nothing_off(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    run([*command.split(), "--help"])
    _, *lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if len(line) > 80 or line.endswith("...")] == []
