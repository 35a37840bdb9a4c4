"""`meterward serve`: the server answers, says where, and stops when it is told to."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from meterward.cli.exits import Exit
from tests.builders.terminal import COMMAND, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
MARK = "made-by-meterward"
EXAMPLE_PASSWORD = "meterward-example"  # noqa: S105 - everybody sees it


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


class Server:
    """A server that somebody started at a terminal."""

    def __init__(self, terminal: Terminal, *words: str, command: tuple[str, ...] = tuple(COMMAND)) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        whole = [
            *command,
            *(word.removesuffix("PORT") + str(self.port) if word.endswith("PORT") else word for word in words),
        ]
        self.process = subprocess.Popen(
            whole,
            env={**terminal.surroundings, "PYTHONUNBUFFERED": "1"},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(self, path: str, **form: str) -> str:
        """A page, or what a form comes to, once the server answers."""
        ends = time.monotonic() + PATIENCE
        while True:
            try:
                data = urlencode(form).encode() if form else None
                with self.browser.open(f"{self.address}{path}", data, timeout=20) as page:
                    return str(page.read().decode())
            except urllib.error.HTTPError:
                raise
            except OSError:
                assert time.monotonic() < ends and self.process.poll() is None, self.stop()  # noqa: PT018 - one reason
                time.sleep(0.1)

    def stop(self) -> tuple[int, str]:
        """Press Ctrl-C, which all that was started at the terminal hears; the exit code, and what was said."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        said, _ = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, said


@contextmanager
def serving(terminal: Terminal, *words: str, command: tuple[str, ...] = tuple(COMMAND)) -> Iterator[Server]:
    """A server, and none left behind."""
    server = Server(terminal, *words, command=command)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            os.killpg(server.process.pid, signal.SIGKILL)
            server.process.wait()
        if server.process.stdout:
            server.process.stdout.close()


EXAMPLE = ("serve", "--example", "--port", "PORT")


def test_the_example_answers_and_stops(terminal: Terminal) -> None:
    with serving(terminal, *EXAMPLE) as server:
        page = server.get("/sign-in")
        assert "Security manager" in page
        token = page.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        signed_in = server.get(
            "/sign-in", csrfmiddlewaretoken=token, name="security", password=EXAMPLE_PASSWORD, next="/northlight/"
        )
        assert "northlight" in signed_in
        assert "Z.14" in signed_in
        code, said = server.stop()
    assert code == Exit.IN_ORDER
    assert f"http://localhost:{server.port}" in said
    assert "with the password meterward-example" in said
    for name in ("security", "operations", "counsel", "board", "monitoring", "auditor", "authority", "department"):
        assert f"\n  {name} " in said
    assert said.endswith("Stopped.\n")
    assert "Traceback" not in said
    assert "WARNING" not in said
    assert (terminal.home / "example" / MARK).read_text()
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", server.port), 1).close()


def served_once(terminal: Terminal) -> None:
    """Serve the example, and stop at once."""
    with serving(terminal, *EXAMPLE) as server:
        server.get("/sign-in")
        assert server.stop()[0] == Exit.IN_ORDER


def test_an_example_of_today_is_used_again_and_one_of_another_day_made_anew(terminal: Terminal) -> None:
    served_once(terminal)
    example = terminal.home / "example"
    note, made_of = example / "note", (example / MARK).read_text()
    note.write_text("It was there before.")
    served_once(terminal)
    assert note.exists()
    (example / MARK).write_text(made_of.replace(made_of[:4], "2001", 1))
    served_once(terminal)
    assert not note.exists()
    assert (example / MARK).read_text() == made_of


def test_an_example_takes_no_folder_that_is_not_its_own(terminal: Terminal, tmp_path: Path) -> None:
    letter = tmp_path / "letters" / "letter"
    letter.parent.mkdir()
    letter.write_text("Dear colleague")
    said = terminal.enter("serve", "--example", "--home", letter.parent, "--port", str(free_port()))
    assert (said.exit, said.out) == (Exit.UNAVAILABLE, "")
    assert "has files in it, and no example" in said.complaint
    assert [one.name for one in letter.parent.iterdir()] == ["letter"]


def test_an_example_never_takes_the_place_of_a_store(brightwater_store: Terminal) -> None:
    said = brightwater_store.enter("serve", "--example", "--home", brightwater_store.home, "--port", str(free_port()))
    assert said.exit == Exit.UNAVAILABLE
    assert brightwater_store.enter("records", "check", "--licensee", "brightwater").exit == Exit.IN_ORDER


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104 - it must be refused
def test_an_example_is_for_this_machine_only(host: str, terminal: Terminal) -> None:
    said = terminal.enter("serve", "--example", "--host", host, "--port", str(free_port()))
    assert (said.exit, said.out) == (Exit.USAGE, "")
    assert "served to this machine only" in said.complaint
    assert not terminal.home.exists()


def test_a_port_that_is_taken_is_said_before_anything_is_made(terminal: Terminal) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = terminal.enter("serve", "--example", "--port", str(port))
    assert (said.exit, said.out) == (Exit.UNAVAILABLE, "")
    assert f"Port {port} of localhost cannot be used: Address already in use." in said.complaint
    assert f"--port {port + 1}" in said.complaint
    assert not terminal.home.exists()


def test_there_must_be_a_store_to_serve_whoever_has_the_port(terminal: Terminal) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        said = terminal.enter("serve", "--port", str(other.getsockname()[1]))
    assert (said.exit, said.out) == (Exit.NO_FILE, "")
    assert "“meterward init” makes one" in said.complaint
    assert not terminal.home.exists()


def test_a_licensee_of_ones_own_is_served_without_example_sign_ins(terminal: Terminal) -> None:
    terminal.initialise()
    with serving(terminal, "serve", "--port", "PORT") as server:
        page = server.get("/sign-in")
        assert "This is an example" not in page
        assert "meterward-example" not in page
        code, said = server.stop()
    assert code == Exit.IN_ORDER
    assert "meterward-example" not in said


@pytest.mark.skipif(not (ROOT / ".venv" / "bin" / "meterward").exists(), reason="make has set nothing up here")
def test_make_run_serves_the_example(terminal: Terminal, tmp_path: Path) -> None:
    words = ("run", "PORT=PORT", f"EXAMPLE={tmp_path / 'example'}")
    with serving(terminal, *words, command=("make",)) as server:
        assert "Security manager" in server.get("/sign-in")
        _, said = server.stop()
    assert "meterward-example" in said
    assert "Stopped." in said
