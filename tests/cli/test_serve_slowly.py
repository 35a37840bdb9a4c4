"""Clients that send slowly: headers that drip are cut off, and one body that drips keeps nobody else waiting."""

from __future__ import annotations

import socket
import time
from typing import TYPE_CHECKING

from meterward.wiring.serving import HEADERS_WITHIN
from tests.cli.test_serve import EXAMPLE, serving

if TYPE_CHECKING:
    from tests.builders.terminal import Terminal

HEADERS = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n"
FORM = (
    b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost\r\nCookie: csrftoken="
    + b"a" * 32
    + b"\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 90000\r\n\r\n"
)


def lasted(port: int, begins: bytes, drop: bytes, most: float) -> float:
    """For how long a connection is kept on which little drips, in seconds; `most` if it still was."""
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=0.2) as client:
        client.sendall(begins)
        while (for_now := time.monotonic() - began) < most:
            try:
                client.sendall(drop)
                if not client.recv(1):
                    return for_now
            except TimeoutError:
                continue
            except OSError:
                return for_now
    return most


def test_headers_that_drip_are_cut_off(terminal: Terminal) -> None:
    with serving(terminal, *EXAMPLE) as server:
        server.get("/sign-in")
        seconds = HEADERS_WITHIN / 1_000
        assert seconds - 1 < lasted(server.port, HEADERS, b"X-A: b\r\n", seconds + 10) < seconds + 5


def test_while_one_body_drips_others_are_answered(terminal: Terminal) -> None:
    with serving(terminal, *EXAMPLE) as server:
        server.get("/sign-in")
        with socket.create_connection(("127.0.0.1", server.port)) as client:
            client.sendall(FORM + b"a")
            assert "Security manager" in server.get("/sign-in")
