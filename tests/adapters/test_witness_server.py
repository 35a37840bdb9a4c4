"""The server of a witness holds nobody for long, and nobody holds it: each connection has one time in all."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager, suppress
from http import HTTPStatus
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from meterward.adapters import witness_server
from meterward.adapters.witness_server import Reply, WitnessServer

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORT = 1.0


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make a connection short."""
    monkeypatch.setattr(witness_server, "_LONGEST_CONNECTION", SHORT)


@contextmanager
def serving() -> Iterator[tuple[str, int]]:
    """The address of a server that answers everything."""
    with WitnessServer("127.0.0.1", 0, lambda *_: Reply(HTTPStatus.OK, b"here\n"), 100) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield "127.0.0.1", server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


def lasted(at: tuple[str, int], begins: bytes, piece: bytes) -> float:
    """For how many seconds somebody is listened to who sends a piece now and then."""
    began = time.monotonic()
    with socket.create_connection(at, timeout=5) as connection, suppress(OSError):
        connection.sendall(begins)
        while time.monotonic() - began < 5 * SHORT:
            connection.sendall(piece)
            time.sleep(0.05)
    return time.monotonic() - began


@pytest.mark.parametrize(
    ("begins", "piece"),
    [
        (b"", b"P"),
        (b"POST /add-checkpoint HTTP/1.1\r\nX: ", b"x"),
        (b"POST /add-checkpoint HTTP/1.1\r\n", b"X: y\r\n"),
        (b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 100\r\n\r\n", b"o"),
        (b"", b"GET / HTTP/1.1\r\n\r\n"),
    ],
)
def test_whoever_sends_a_little_now_and_then_is_hung_up_on(begins: bytes, piece: bytes) -> None:
    with serving() as at:
        assert lasted(at, begins, piece) < 3 * SHORT


def test_whoever_comes_when_all_places_are_taken_is_hung_up_on_and_later_answered() -> None:
    with serving() as at:
        there = [socket.create_connection(at, timeout=5) for _ in range(64)]
        time.sleep(0.2)
        assert asked(at) == b""
        for one in there:
            one.close()
        ends = time.monotonic() + 5
        while not asked(at).startswith(b"HTTP/1.1 200") and time.monotonic() < ends:
            time.sleep(0.05)
        assert asked(at).startswith(b"HTTP/1.1 200")


def asked(at: tuple[str, int]) -> bytes:
    """What is answered to a request; nothing if it is hung up on."""
    with socket.create_connection(at, timeout=5) as connection, suppress(ConnectionError):
        connection.sendall(b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
        return b"".join(iter(lambda: connection.recv(65_536), b""))
    return b""
