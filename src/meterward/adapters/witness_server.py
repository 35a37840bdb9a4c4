"""A small HTTP server for a witness: few connections, short requests, and nobody holds any of it for long."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import BoundedSemaphore, Timer
from typing import Any, NamedTuple, TypeAlias

PLAIN = "text/plain; charset=utf-8"
_MOST_CONNECTIONS = 64
_PATIENCE = 10
"""So many seconds somebody may be silent."""
_LONGEST_CONNECTION = 60
"""So many seconds a connection lasts, however busy it is."""


class Reply(NamedTuple):
    """What is answered."""

    status: HTTPStatus
    body: bytes
    media_type: str = PLAIN


Answer: TypeAlias = Callable[[str, str, bytes], Reply]
"""From method, path and body to what is answered."""


class WitnessServer(ThreadingHTTPServer):
    """Listens at an address, from when it is made. `answer` is asked on several threads at once."""

    daemon_threads = True
    request_queue_size = _MOST_CONNECTIONS

    def __init__(self, host: str, port: int, answer: Answer, longest: int) -> None:
        """Take the number of bytes that the body of a request has at most."""
        self.answer, self.longest = answer, longest
        self._free = BoundedSemaphore(_MOST_CONNECTIONS)
        ((self.address_family, _, _, _, address), *_) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        super().__init__(address[:2], _Handler)  # type: ignore[arg-type]  # of an address with a scope the rest is 0

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as socketserver has it
        """Answer on a thread of its own, or hang up if too many are answered already."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as above
        """The same on that thread."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as above
        """Somebody hung up, which is nobody's fault; what is wrong here has been answered."""


class _Handler(BaseHTTPRequestHandler):
    server: WitnessServer
    protocol_version = "HTTP/1.1"
    timeout = _PATIENCE

    def version_string(self) -> str:
        return "meterward-witness"

    def handle(self) -> None:
        ends = Timer(_LONGEST_CONNECTION, self._hang_up)
        ends.daemon = True
        ends.start()
        try:
            super().handle()
        finally:
            ends.cancel()

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        body = self._body()
        if isinstance(body, Reply):
            self.close_connection = True
            self._send(body)
        else:
            self._answer(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - as http.server has it
        pass

    def _body(self) -> bytes | Reply:
        lengths = self.headers.get_all("Content-Length") or []
        if "Transfer-Encoding" in self.headers or len(lengths) != 1:
            return Reply(HTTPStatus.LENGTH_REQUIRED, b"Say in Content-Length how long the request is.\n")
        if not (lengths[0].isascii() and lengths[0].isdecimal()):
            return Reply(HTTPStatus.BAD_REQUEST, b"This is no length.\n")
        if len(lengths[0]) > len(str(self.server.longest)) or int(lengths[0]) > self.server.longest:
            return Reply(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, b"No request is as long as this.\n")
        body = self.rfile.read(int(lengths[0]))
        return body if len(body) == int(lengths[0]) else Reply(HTTPStatus.BAD_REQUEST, b"The request broke off.\n")

    def _answer(self, body: bytes) -> None:
        try:
            reply = self.server.answer(self.command, self.path, body)
        except Exception:
            self.close_connection = True
            self._send(Reply(HTTPStatus.INTERNAL_SERVER_ERROR, b"This witness has a fault.\n"))
            raise
        self._send(reply)

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.media_type)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Cache-Control", "no-store")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body)

    def _hang_up(self) -> None:
        with suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
