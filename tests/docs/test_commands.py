"""`docs/commands.md` has every command with its help, an example and its exit codes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from meterward.cli.exits import Exit
from meterward.cli.main import cli
from tests.docs.documents import documents
from tests.docs.generate import ROOT
from tests.docs.transcripts import commands

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^##+ `(meterward[^`]*)`\n(.*?)(?=^##|\Z)", PAGE, flags=re.MULTILINE | re.DOTALL))
OPTION = re.compile(r"--[a-z][a-z-]*")


def tree(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command by its whole name, and all below it."""
    yield name, command
    if isinstance(command, click.Group):
        with click.Context(command) as context:
            for inner in command.list_commands(context):
                found = command.get_command(context, inner)
                assert found, inner
                yield from tree(found, f"{name} {inner}")


COMMANDS = dict(tree(cli, "meterward"))


def of(words: list[str]) -> str:
    """The longest command that some words begin with."""
    names = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next((name for name in names if name in COMMANDS), "")


def options(name: str) -> set[str]:
    """The options that a command takes."""
    given = {option for parameter in COMMANDS[name].params for option in (*parameter.opts, *parameter.secondary_opts)}
    return given | {"--help"}


def test_every_command_has_a_section_and_no_other() -> None:
    assert set(SECTIONS) == set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_section_shows_the_help(name: str) -> None:
    assert f"{name} --help" in commands(SECTIONS[name])


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if not isinstance(command, click.Group)])
def test_a_section_shows_an_example(name: str) -> None:
    shown = [command for command in commands(SECTIONS[name]) if of(command.split()) == name]
    assert [command for command in shown if not command.endswith("--help")], f"only the help of {name} is shown"


def test_every_exit_code_is_documented() -> None:
    assert [code for code in Exit if f"| {code.value} |" not in PAGE] == []


def mentioned() -> Iterator[tuple[str, str]]:
    """Every command that a document mentions in its prose, with the document."""
    for document in documents():
        for code in document.codes():
            if code.startswith("meterward "):
                yield document.name, code


def test_commands_that_are_mentioned_are_there() -> None:
    wrong = []
    for where, code in mentioned():
        name = of(code.split())
        rest = code.removeprefix(name).split()
        unknown = isinstance(COMMANDS[name], click.Group) and rest and not rest[0].startswith("-")
        if unknown or set(OPTION.findall(code)) - options(name):
            wrong.append(f"{where}: {code}")
    assert wrong == []
