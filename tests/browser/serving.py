"""The product as a process of its own on a free port, over a store of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30
"""So many seconds a server may take to answer."""


def make_home(home: Path, *more: str) -> Path:
    """A home with the example licensee as of today; `unassessed` is without its register."""
    subprocess.run([sys.executable, "-m", "tests.browser.prepare", str(home), *more], cwd=ROOT, check=True, timeout=120)
    return home


@contextmanager
def served(template: Path, home: Path, *, example: bool = True) -> Iterator[str]:
    """Serve a copy of a home; the address without a slash at its end."""
    shutil.copytree(template, home)
    port = free_port()
    environment = os.environ | {"METERWARD_HOME": str(home), "DJANGO_SETTINGS_MODULE": "meterward.settings"}
    environment |= {"METERWARD_EXAMPLE": "1"} if example else {}
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", "1", "--workers-kill-timeout", "5", "--blocking-threads", "4"]
    command += ["meterward.web.wsgi:application"]
    log = home / "server.log"
    with log.open("wb") as heard:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=heard, stderr=heard)
        try:
            wait_for(server, f"http://127.0.0.1:{port}/sign-in", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(PATIENCE)
    assert "Traceback" not in log.read_text(encoding="utf-8"), log.read_text(encoding="utf-8")[-4000:]


@contextmanager
def served_with(story: str, template: Path, home: Path) -> Iterator[str]:
    """Serve a copy of a home whose ledger is told one of the stories of `telling` besides."""
    with served(template, home) as address:
        command = [sys.executable, "-m", "tests.browser.telling", str(home), story]
        subprocess.run(command, cwd=ROOT, check=True, timeout=60)
        yield address


def wait_for(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Come back when a server answers; fail with what it said if it does not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()  # noqa: S310 - an address of our own
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"The server did not answer: {log.read_text(encoding='utf-8')[-4000:]}")


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
