"""A time-stamping authority over http is asked within a time and a size, and what goes wrong is a problem."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from meterward.adapters.certificates import certificates_in
from meterward.adapters.local_authority import CONFIGURATION, KEY, ROOT, LocalAuthority, make_authority, serve
from meterward.adapters.time_authority import HttpAuthority
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.stamps import LONGEST, Stamp, stamp_request, verify_stamp
from tests.builders.authorities import CHECKPOINT, NONCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REQUEST = stamp_request(CHECKPOINT, NONCE)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    """An authority on this machine."""
    made = make_authority(tmp_path_factory.mktemp("local") / "authority", "Trial")
    assert isinstance(made, LocalAuthority)
    return made


@contextmanager
def answering(*sent: bytes, wait: float = 0.0) -> Iterator[str]:
    """The address of a server that answers each request with these pieces, with a pause after each."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def answer() -> None:
            try:
                connection, _ = listening.accept()
                with connection:
                    connection.settimeout(1)
                    asked = b""
                    while REQUEST not in asked and (more := connection.recv(65_536)):
                        asked += more
                    for piece in sent:
                        connection.sendall(piece)
                        time.sleep(wait)
            except OSError:
                return

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/tsr"


def why(url: str, patience: float = 5.0) -> str:
    """Why an address gives no reply."""
    found = HttpAuthority(url, patience).ask(REQUEST)
    assert isinstance(found, Problem)
    assert found.code is Code.STAMP_UNAVAILABLE
    return found.message


def test_an_authority_that_is_served_gives_a_token_that_holds(local: LocalAuthority) -> None:
    roots = certificates_in(local.folder / ROOT)
    assert not isinstance(roots, Problem)
    with serve(local, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_address[1]}"
        reply = HttpAuthority(address).ask(REQUEST)
        assert "answered with 400" in _refused(HttpAuthority(address).ask(bytes(LONGEST + 1)))
        server.shutdown()
    assert isinstance(reply, bytes)
    found = verify_stamp(reply, CHECKPOINT, roots, NONCE)
    assert isinstance(found, Stamp)
    assert found.authority == "Trial"


def _refused(found: bytes | Problem) -> str:
    assert isinstance(found, Problem)
    return found.message


def test_a_server_that_hangs_is_given_up() -> None:
    began = time.monotonic()
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert url in why(url, 0.3)
    assert time.monotonic() - began < 5


def test_a_server_that_sends_a_byte_now_and_then_is_given_up() -> None:
    began = time.monotonic()
    with answering(b"HTTP/1.1 200 OK\r\n", *[b"X"] * 100, wait=0.2) as url:
        assert "within 0.5 seconds" in why(url, 0.5)
    assert time.monotonic() - began < 2


def test_a_giant_is_not_taken_in() -> None:
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    with answering(head, bytes(LONGEST + 1)) as url:
        assert "more than 65,536 bytes" in why(url)


@pytest.mark.parametrize("code", [400, 403, 404, 500, 503])
def test_an_error_is_told(code: int) -> None:
    with answering(f"HTTP/1.1 {code} No\r\nContent-Length: 0\r\n\r\n".encode()) as url:
        assert why(url).endswith(f"answered with {code}.")


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("to", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://127.0.0.1:1/"])
def test_nobody_is_sent_on_to_another(code: int, to: str) -> None:
    with answering(f"HTTP/1.1 {code} Go\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()) as url:
        assert why(url).endswith(f"answered with {code}.")


@pytest.mark.parametrize("sent", [b"", b"nothing\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
def test_what_breaks_off_or_is_no_http_is_told(sent: bytes) -> None:
    with answering(sent) as url:
        assert url in why(url)


def test_what_cannot_be_reached_is_told() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as gone:
        port = gone.getsockname()[1]
    assert "cannot be reached" in why(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize(
    "url",
    [
        "",
        "time.example",
        "file:///etc/passwd",
        "ftp://time.example",
        "http://",
        "http://[",
        "http://a:99999/",
        "data:,x",
    ],
)
def test_what_is_no_address_is_not_asked(url: str) -> None:
    assert "is not the address" in why(url)


@pytest.mark.parametrize("request_", [b"", b"nothing", b"\x30\x03\x02\x01\x01"])
def test_a_request_that_is_none_gets_no_token(local: LocalAuthority, request_: bytes) -> None:
    found = local.ask(request_)
    assert isinstance(found, Problem) or isinstance(verify_stamp(found, CHECKPOINT, []), str)


def test_an_authority_is_made_once_and_its_key_is_its_own(tmp_path: Path) -> None:
    made = make_authority(tmp_path / "own", "Trial")
    assert isinstance(made, LocalAuthority)
    assert (tmp_path / "own" / KEY).stat().st_mode & 0o077 == 0
    key = (tmp_path / "own" / KEY).read_bytes()
    make_authority(tmp_path / "own", "Trial")
    assert (tmp_path / "own" / KEY).read_bytes() == key
    assert (tmp_path / "own" / CONFIGURATION).exists()


def test_an_authority_cannot_be_made_of_a_file_nor_without_openssl(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    assert isinstance(make_authority(tmp_path / "file", "Trial"), Problem)
    made = make_authority(tmp_path / "own", "Trial")
    assert isinstance(made, LocalAuthority)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "openssl" in _refused(made.ask(REQUEST))


def test_a_file_of_certificates_that_has_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("nothing")
    found = certificates_in(tmp_path / "none.pem")
    assert isinstance(found, Problem)
    assert found.code is Code.STAMP_INVALID
    found = certificates_in(tmp_path / "missing.pem")
    assert isinstance(found, Problem)
    assert found.code is Code.FILE_MISSING
