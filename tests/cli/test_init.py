"""`meterward init` opens a ledger, and lets its first security manager sign in: both, or neither."""

from __future__ import annotations

import json
import os
import pty
import select
import time
from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from tests.builders.terminal import COMMAND, PASSWORD, Terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.builders.terminal import Said

GAS = ("--licence", "gas=2013-03-04")
MANAGER = ("--security-manager", "security")
PIPED = "--password-stdin"


def test_a_ledger_begins_with_its_licences_and_a_security_manager(terminal: Terminal) -> None:
    licences = (*GAS, "--licence", "electricity=2190-01-01")
    said = terminal.enter("init", "harbour", *licences, *MANAGER, PIPED, piped=PASSWORD)
    assert said.exit == Exit.IN_ORDER
    assert "Opened: the ledger of harbour, with 4 records." in said.words
    lines = [json.loads(line) for line in terminal.enter("export", "harbour").out.splitlines()]
    kinds = [line["statement"]["kind"] for line in lines]
    assert kinds == ["ledger.opened", "licence.held", "licence.held", "role.appointed"]
    assert {line["statement"]["actor"]["role"] for line in lines} == {"operator"}
    assert lines[0]["facts"] == {"clock": "system", "purpose": "live"}
    assert lines[1]["statement"]["occurred"] == "2013-03-04"
    assert lines[2]["statement"]["occurred"] == lines[0]["statement"]["occurred"]
    assert lines[2]["facts"]["held_from"] == "2190-01-01"
    assert lines[3]["facts"] == {"person": "p-01", "role": "security_manager"}
    people = terminal.enter("person", "list")
    assert people.words == "security p-01 of harbour security manager in harbour"
    assert terminal.enter("records", "check", "--licensee", "harbour").exit == Exit.IN_ORDER


def test_only_its_owner_can_look_into_a_home(terminal: Terminal) -> None:
    assert terminal.initialise().exit == Exit.IN_ORDER
    assert terminal.home.stat().st_mode & 0o077 == 0
    assert (terminal.home / "session.key").stat().st_mode & 0o077 == 0
    assert len((terminal.home / "session.key").read_text()) >= 40


def test_a_second_time_changes_nothing(terminal: Terminal) -> None:
    terminal.initialise()
    before = terminal.enter("export", "harbour").out
    again = terminal.enter(
        "init", "harbour", *GAS, "--security-manager", "other", "--pseudonym", "p-9", PIPED, piped=PASSWORD
    )
    assert (again.exit, again.out) == (Exit.USAGE, "")
    assert "harbour has a ledger here already" in again.complaint
    assert terminal.enter("export", "harbour").out == before
    assert "other" not in terminal.enter("person", "list").out


def test_a_weak_password_opens_nothing(terminal: Terminal) -> None:
    for weak in ("short", "password1234", "security1234"):
        said = terminal.enter("init", "harbour", *GAS, *MANAGER, PIPED, piped=weak)
        assert said.exit == Exit.USAGE, weak
        assert "password.weak" in said.complaint
    assert terminal.enter("export", "harbour").exit == Exit.NO_FILE
    assert "Nobody can sign in yet" in terminal.enter("person", "list").words


@pytest.mark.parametrize("piped", ["", "\n", "two\nlines"])
def test_a_pipe_has_one_password(piped: str, terminal: Terminal) -> None:
    said = terminal.enter("init", "harbour", *GAS, *MANAGER, PIPED, piped=piped)
    assert said.exit == Exit.USAGE
    assert "takes one line, the password" in said.complaint
    assert not terminal.home.exists()


def test_without_a_terminal_nobody_can_be_asked(terminal: Terminal) -> None:
    said = terminal.enter("init", "harbour", *GAS, *MANAGER)
    assert said.exit == Exit.USAGE
    assert "no terminal to ask for the password at" in said.complaint


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["harbour", *MANAGER], "is opened with its licences"),
        (["auditor-a", "--lead-auditor", "lead", *GAS], "is opened with its licences"),
        (["authority", *MANAGER, *GAS], "need an --officer"),
        (["harbour", "--officer", "officer", *GAS], "need an --officer"),
        (["harbour", *MANAGER, "--officer", "officer", *GAS], "Name the first person"),
        (["harbour", *GAS], "Name the first person"),
        (["harbour", *MANAGER, "--licence", "coal=2013-03-04"], "is not FUEL=DAY"),
        (["harbour", *MANAGER, "--licence", "gas=4 March"], "is not FUEL=DAY"),
        (["harbour", *MANAGER, "--licence", "gas"], "is not FUEL=DAY"),
        (["harbour", *MANAGER, *GAS, *GAS], "A fuel is named twice"),
        (["sign-in", *MANAGER, *GAS, PIPED], "cannot be called “sign-in”"),
        (["Kinds", *MANAGER, *GAS, PIPED], "cannot be called “Kinds”"),
        (["har/bour", *MANAGER, *GAS, PIPED], "cannot be called “har/bour”"),
    ],
)
def test_misuse_is_said(words: list[str], says: str, terminal: Terminal) -> None:
    said = terminal.enter("init", *words, piped=PASSWORD)
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert says in said.complaint
    assert not terminal.home.exists()


@pytest.mark.parametrize(
    ("manager", "pseudonym", "says"),
    [("two words", "p-01", "Nobody can sign in as “two words”"), ("security", "p 1", "“p 1” is not a name")],
)
def test_names_that_cannot_be_are_said(manager: str, pseudonym: str, says: str, terminal: Terminal) -> None:
    words = ("--security-manager", manager, "--pseudonym", pseudonym, PIPED)
    said = terminal.enter("init", "harbour", *GAS, *words, piped=PASSWORD)
    assert said.exit == Exit.USAGE
    assert says in said.complaint
    assert terminal.enter("export", "harbour").exit == Exit.NO_FILE


def test_where_nothing_can_be_written_it_says_so(terminal: Terminal, tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("a file")
    said = terminal.enter("init", "harbour", *GAS, *MANAGER, PIPED, "--home", in_the_way / "home", piped=PASSWORD)
    assert (said.exit, said.out) == (Exit.UNAVAILABLE, "")
    assert "cannot be made: Not a directory" in said.complaint


def test_a_store_has_the_ledgers_of_several(terminal: Terminal) -> None:
    assert terminal.initialise("harbour").exit == Exit.IN_ORDER
    words = ("init", "brightwater", *GAS, "--security-manager", "other", PIPED)
    assert terminal.enter(*words, piped=PASSWORD).exit == Exit.IN_ORDER
    assert "brightwater (3 entries), harbour (3 entries)" in terminal.enter("doctor").words


def test_help_needs_no_store(ask: Callable[..., Said]) -> None:
    said = ask("init", "--help")
    assert said.exit == Exit.IN_ORDER
    assert "Examples:" in said.out


class Typed:
    """A terminal that a command believes in: what it shows, and what somebody types."""

    def __init__(self, terminal: Terminal, *words: str) -> None:
        self.pid, self.handle = pty.fork()
        if not self.pid:
            os.execve(COMMAND[0], [*COMMAND, *words], terminal.surroundings)  # noqa: S606 - no shell is wanted
        self.shown = ""

    def until(self, words: str) -> None:
        """Wait until something is shown that was not before."""
        before, ends = len(self.shown), time.monotonic() + 60
        while words not in self.shown[before:]:
            assert time.monotonic() < ends, self.shown
            if select.select([self.handle], [], [], 1)[0]:
                self.shown += os.read(self.handle, 4096).decode()

    def type(self, words: str) -> None:
        """Type a line."""
        time.sleep(0.3)
        os.write(self.handle, f"{words}\n".encode())

    def end(self) -> int:
        """Read to the end; the exit code."""
        try:
            while piece := os.read(self.handle, 4096):
                self.shown += piece.decode()
        except OSError:
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_the_password_is_asked_for_twice_and_never_shown(terminal: Terminal) -> None:
    typed = Typed(terminal, "init", "harbour", *GAS, *MANAGER)
    typed.until("Password for security")
    typed.type(PASSWORD)
    typed.until("The same again")
    typed.type("something else")
    typed.until("Password for security")
    typed.type(PASSWORD)
    typed.until("The same again")
    typed.type(PASSWORD)
    assert typed.end() == Exit.IN_ORDER
    assert "do not match" in typed.shown
    assert "Opened: the ledger of harbour" in typed.shown
    assert PASSWORD not in typed.shown
