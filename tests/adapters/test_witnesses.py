"""A witness is asked within a time and for no more than it can answer, and nobody goes where it sends them."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from threading import Thread

import pytest

from meterward.adapters import witnesses as asking
from meterward.usecases.ask_witnesses import Reply


def test_asking_goes_nowhere_else_and_reads_no_more_than_there_can_be() -> None:
    answers = {
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n": Reply(302, b""),
        b"HTTP/1.1 200 OK\r\nContent-Length: 300000\r\n\r\n" + b"x" * 300_000: "its answer is too long",
        b"HTTP/1.1 409 Conflict\r\nContent-Length: 2\r\n\r\n7\n": Reply(409, b"7\n"),
        b"nonsense\r\n\r\n": "nonsense",
    }
    for answer, expected in answers.items():
        with socket.create_server(("127.0.0.1", 0)) as listening:

            def serve(listening: socket.socket = listening, answer: bytes = answer) -> None:
                connection, _ = listening.accept()
                with connection:
                    while b"\r\n\r\n" not in connection.recv(65_536):
                        pass
                    try:
                        connection.sendall(answer)
                        connection.shutdown(socket.SHUT_WR)
                        connection.recv(65_536)
                    except OSError:
                        pass

            thread = Thread(target=serve)
            thread.start()
            found = asking.post(f"http://127.0.0.1:{listening.getsockname()[1]}/add-checkpoint", b"")
            thread.join()
            assert found == expected
    assert "neither" in str(asking.post("file:///etc/hostname", b""))


@pytest.mark.parametrize(
    "begins",
    [
        b"HTTP/1.1 200 OK\r\nX: ",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;",
        b"HTTP/1.1 409 Conflict\r\nContent-Length: 90000\r\n\r\n",
    ],
)
def test_a_witness_that_sends_a_byte_now_and_then_is_given_up(begins: bytes) -> None:
    began = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            with suppress(OSError):
                connection, _ = listening.accept()
                with connection:
                    connection.sendall(begins)
                    for _ in range(50):
                        connection.sendall(b"1")
                        time.sleep(0.1)

        Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/add-checkpoint"
        assert asking.post(url, b"", 0.5) == "it gave no answer within 0.5 seconds"
    assert time.monotonic() - began < 2
