"""One server a home: nobody empties, fills or serves it beside; who only appends goes on."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from meterward.cli.exits import Exit
from tests.builders.terminal import PASSWORD, Terminal
from tests.cli.test_append import line, size, text
from tests.cli.test_serve import EXAMPLE, MARK, free_port, serving

if TYPE_CHECKING:
    from pathlib import Path


def test_an_example_that_is_served_is_not_thrown_away_by_another_of_a_later_day(terminal: Terminal) -> None:
    with serving(terminal, *EXAMPLE) as server:
        server.get("/sign-in")
        example = terminal.home / "example"
        (example / MARK).write_text("2001-01-01 of yesterday")
        said = terminal.enter("serve", "--example", "--port", str(free_port()))
        assert (said.exit, said.out) == (Exit.UNAVAILABLE, "")
        words = f"“{example}” is in use: process {server.process.pid} serves it at http://localhost:{server.port}."
        assert words in said.complaint
        assert "Stop that first" in said.complaint
        assert "Security manager" in server.get("/sign-in")
        assert server.stop()[0] == Exit.IN_ORDER
    with serving(terminal, *EXAMPLE) as server:
        server.get("/sign-in")


def test_what_would_fill_a_home_waits_until_its_server_has_ended(terminal: Terminal, ledger: Path) -> None:
    terminal.initialise()
    with serving(terminal, "serve", "--port", "PORT") as server:
        server.get("/sign-in")
        again = ("init", "other", "--licence", "gas=2013-03-04", "--security-manager", "other", "--password-stdin")
        for words in (again, ("restore", "brightwater", ledger), ("serve", "--port", str(free_port()))):
            said = terminal.enter(*words, piped=PASSWORD)
            assert (said.exit, said.out) == (Exit.UNAVAILABLE, ""), words
            assert "[store.in-use]" in said.complaint
        server.stop()
    assert terminal.enter(*again, piped=PASSWORD).exit == Exit.IN_ORDER
    assert terminal.enter("restore", "brightwater", ledger).exit == Exit.IN_ORDER


def test_records_are_appended_beside_a_server(keyed_store: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "one.jsonl"
    file.write_text(text(line(2)))
    with serving(keyed_store, "serve", "--port", "PORT") as server:
        server.get("/sign-in")
        before = size(keyed_store)
        assert keyed_store.enter("append", "brightwater", "-", piped=text(line(1))).exit != Exit.UNAVAILABLE
        assert keyed_store.enter("import", "brightwater", file).exit == Exit.IN_ORDER
        assert size(keyed_store) == before + 2
        assert keyed_store.enter("tidy").exit == Exit.IN_ORDER


def test_a_server_that_was_killed_leaves_no_lock_and_no_process(terminal: Terminal) -> None:
    with serving(terminal, *EXAMPLE) as server:
        server.get("/sign-in")
        os.kill(server.process.pid, signal.SIGKILL)
        server.process.wait()
        ends, home = time.monotonic() + 20, ("--home", str(terminal.home / "example"))
        while terminal.enter("restore", "northlight", "/dev/null", *home).exit == Exit.UNAVAILABLE:
            assert time.monotonic() < ends
        with serving(terminal, *EXAMPLE) as other:
            assert "Security manager" in other.get("/sign-in")
