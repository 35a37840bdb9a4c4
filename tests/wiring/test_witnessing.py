"""A witness in its folder, and over HTTP: made, served, asked, and refused once it cannot be relied upon."""

from __future__ import annotations

import http.client
import shutil
import socket
from contextlib import contextmanager
from hashlib import sha256
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from meterward.adapters import witnesses as asking
from meterward.adapters.witness_files import WitnessFiles
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import Verdict, attested
from meterward.core.ledger.notes import Note, read_note
from meterward.core.ledger.policy import Policy, read_policy
from meterward.core.ledger.witness import LONGEST
from meterward.usecases.ask_witnesses import Asked, Asking
from meterward.usecases.cosign_checkpoints import Witness
from meterward.wiring import witnessing
from tests.builders.witnesses import ORIGIN, Log, many, sent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOG = Log(many(40))
OTHER = Log(many(40, "another"))
NAME = "witness.example/w1"
KEYS = [str(key) for key in LOG.keys]


def made(folder: Path) -> Witness:
    """A witness of the log in a folder."""
    found = witnessing.init(folder, NAME, KEYS)
    assert isinstance(found, Witness), found
    return found


def problem(found: object) -> Code:
    """What is wrong."""
    assert isinstance(found, Problem), found
    return found.code


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, int, list[str]]]:
    """A witness that answers, where, and what it tells."""
    told: list[str] = []
    found = witnessing.serve(folder, "127.0.0.1", 0, told.append)
    assert isinstance(found, witnessing.Served), found
    thread = Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    host, port = found.server.server_address[:2]
    try:
        yield str(host), int(port), told
    finally:
        found.server.shutdown()
        thread.join()
        found.server.server_close()
        found.hold.release()


def asked(at: tuple[str, int, list[str]], method: str, path: str, body: bytes | None = None) -> tuple[int, str, bytes]:
    """Status, type and body of an answer."""
    connection = http.client.HTTPConnection(*at[:2], timeout=10)
    try:
        connection.request(method, path, body)
        answer = connection.getresponse()
        return answer.status, answer.headers["Content-Type"], answer.read()
    finally:
        connection.close()


def raw(at: tuple[str, int, list[str]], data: bytes) -> bytes:
    """What is answered to some bytes."""
    with socket.create_connection(at[:2], timeout=10) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65_536), b""))


def test_what_init_prints_is_a_policy_by_which_others_know_it(tmp_path: Path) -> None:
    one = made(tmp_path / "w1")
    policy = read_policy("\n".join((*witnessing.policy_lines(one), f"quorum {NAME}", "")).encode())
    assert isinstance(policy, Policy)
    assert [*policy.witnesses.values()] == [*one.keys]
    shown = witnessing.show(tmp_path / "w1")
    assert isinstance(shown, Witness)
    assert (shown.keys, shown.origins, shown.name) == (one.keys, (ORIGIN,), NAME)


def test_once_more_it_knows_more_logs_and_keeps_its_keys(tmp_path: Path) -> None:
    one, second = made(tmp_path), Log(many(5), "second", "meterward/second/01234567")
    again = witnessing.init(tmp_path, "", [*KEYS, *map(str, second.keys)])
    assert isinstance(again, Witness)
    assert again.keys == one.keys
    assert again.origins == (ORIGIN, second.origin)
    assert isinstance(again.answer(sent(second.asks(0, 3))), str)
    assert problem(witnessing.init(tmp_path, "another", [])) is Code.FIELD_VALUE


@pytest.mark.parametrize("name", ["", "with space", "a+b", "x" * 256, "none"])
def test_a_name_that_cannot_be_is_refused(tmp_path: Path, name: str) -> None:
    assert problem(witnessing.init(tmp_path, name, KEYS)) in (Code.FIELD_VALUE, Code.POLICY_INVALID)


def test_a_log_is_named_by_its_key(tmp_path: Path) -> None:
    for wrong in ("log", f"{KEYS[0]}\nwitness x {KEYS[0]}", KEYS[0][:-1]):
        assert problem(witnessing.init(tmp_path, NAME, [wrong])) is Code.POLICY_INVALID
    assert problem(witnessing.show(tmp_path)) is Code.FILE_MISSING


def test_it_answers_over_http_as_the_protocol_says(tmp_path: Path) -> None:
    one = made(tmp_path)
    place = f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
    with served(tmp_path) as at:
        assert asked(at, "GET", place)[0] == 404
        request = LOG.asks(0, 9)
        status, _, body = asked(at, "POST", "/add-checkpoint", sent(request))
        note = read_note(str(request.note).encode() + body)
        assert status == 200
        assert note
        assert all(attested(note, request.checkpoint, key).verdict is Verdict.TRUE for key in one.keys)
        assert asked(at, "GET", place)[::2] == (200, str(note).encode())
        assert asked(at, "POST", "/add-checkpoint", sent(LOG.asks(0, 20))) == (409, "text/x.tlog.size", b"9\n")
        statuses = {
            400: b"old 9\n",
            404: sent(Log(many(5), origin="meterward/stranger/01234567").asks(0, 3)),
            403: sent(Log(many(20), "impostor").asks(9, 20)),
            422: sent(OTHER.asks(9, 20)),
        }
        for status, body in statuses.items():
            assert asked(at, "POST", "/add-checkpoint", body)[0] == status
        assert [line.split()[1] for line in at[2]] == ["200", "409", "400", "404", "403", "422"]


def test_one_connection_serves_several_requests(tmp_path: Path) -> None:
    made(tmp_path)
    with served(tmp_path) as at:
        connection = http.client.HTTPConnection(*at[:2], timeout=10)
        for old, size in ((0, 3), (3, 9), (9, 9)):
            connection.request("POST", "/add-checkpoint", sent(LOG.asks(old, size)))
            answer = connection.getresponse()
            assert (answer.status, answer.will_close) == (200, False)
            answer.read()
        connection.close()


def test_what_is_no_request_of_the_protocol_is_put_down(tmp_path: Path) -> None:
    made(tmp_path)
    with served(tmp_path) as at:
        assert asked(at, "GET", "/add-checkpoint")[0] == 405
        for method, path in (("GET", "/"), ("GET", "/../w1"), ("POST", "/sign-subtree"), ("GET", f"/{'0' * 64}/x")):
            assert asked(at, method, path, b"" if method == "POST" else None)[0] == 404
        assert asked(at, "PUT", "/add-checkpoint", b"x")[0] == 501
        head = b"POST /add-checkpoint HTTP/1.1\r\nHost: w\r\n"
        for more, status in (
            (b"\r\n", b"411"),
            (b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
            (b"Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", b"411"),
            (b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", b"411"),
            (b"Content-Length: -1\r\n\r\n", b"400"),
            (b"Content-Length: +1\r\n\r\nx", b"400"),
            (b"Content-Length: 5\r\n\r\nold", b"400"),
            (b"Content-Length: %d\r\n\r\n" % (LONGEST + 1), b"413"),
            (b"Content-Length: 1" + b"0" * 5_000 + b"\r\n\r\n", b"413"),
        ):
            answer = raw(at, head + more)
            assert answer.startswith(b"HTTP/1.1 " + status), answer
            assert b"Connection: close" in answer
        assert asked(at, "POST", "/add-checkpoint", sent(LOG.asks(0, 3)))[0] == 200


def test_a_licensee_asks_it_over_http(tmp_path: Path) -> None:
    one, checkpoint = made(tmp_path), LOG.checkpoint(20)
    with served(tmp_path) as at:
        asked(at, "POST", "/add-checkpoint", sent(LOG.asks(0, 9)))
        asks = Asking(LOG.signed(checkpoint), checkpoint, lambda old: LOG.proof(old, 20), asking.post)
        who = Asked(f"http://127.0.0.1:{at[1]}/", one.keys)
        heard = asks.ask(who, 0)
        assert not heard.problem
        note = Note(asks.note.text, (*asks.note.signatures, *heard.cosignatures))
        assert all(attested(note, checkpoint, key).verdict is Verdict.TRUE for key in one.keys)
    assert "cannot be asked" in asks.ask(who, 0).problem


def test_one_process_serves_a_witness(tmp_path: Path) -> None:
    made(tmp_path)
    with served(tmp_path):
        assert problem(witnessing.serve(tmp_path, "127.0.0.1", 0, print)) is Code.STORE_IN_USE
        assert problem(witnessing.init(tmp_path, "", KEYS)) is Code.STORE_IN_USE
        assert isinstance(witnessing.show(tmp_path), Witness)


def test_a_port_that_is_taken_is_told(tmp_path: Path) -> None:
    made(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert problem(witnessing.serve(tmp_path, "127.0.0.1", port, print)) is Code.PORT_TAKEN
    with served(tmp_path):
        pass


@pytest.mark.parametrize("lost", [("witness.policy",), ("witness.policy", "cosigned"), ("witness.policy", "keys")])
def test_a_witness_that_lost_its_policy_is_not_made_anew_with_its_keys(tmp_path: Path, lost: tuple[str, ...]) -> None:
    one = made(tmp_path / "w1")
    assert isinstance(one.answer(sent(LOG.asks(0, 9))), str)
    for name in lost:
        gone = tmp_path / "w1" / name
        shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
    before = sorted((tmp_path / "w1").rglob("*"))
    assert problem(witnessing.init(tmp_path / "w1", NAME, KEYS)) is Code.WITNESS_UNUSABLE
    assert sorted((tmp_path / "w1").rglob("*")) == before


def test_a_witness_that_was_begun_and_broke_off_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problem(witnessing.init(tmp_path / "twice", NAME, [KEYS[0], KEYS[0]])) is Code.POLICY_INVALID
    made(tmp_path / "twice")
    with monkeypatch.context() as patched:
        patched.setattr(WitnessFiles, "begin", _break_off)
        assert problem(witnessing.init(tmp_path / "killed", NAME, KEYS)) is Code.WITNESS_UNUSABLE
    kept = (tmp_path / "killed" / "keys" / "witness-ed25519.pem").read_bytes()
    made(tmp_path / "killed")
    assert (tmp_path / "killed" / "keys" / "witness-ed25519.pem").read_bytes() == kept


def _break_off(*_: object) -> None:
    raise OSError("there was a power cut")


def test_a_witness_that_was_changed_is_not_served_and_knows_no_more_logs(tmp_path: Path) -> None:
    for damage in ("cosigned", "removed", "policy", "keys", "secret"):
        folder = tmp_path / damage
        one = made(folder)
        assert isinstance(one.answer(sent(LOG.asks(0, 9))), str)
        (kept,) = (folder / "cosigned").iterdir()
        if damage == "cosigned":
            kept.write_bytes(kept.read_bytes().replace(b"\n9\n", b"\n8\n"))
        elif damage == "removed":
            kept.unlink()
        elif damage == "policy":
            (folder / "witness.policy").write_bytes(b"log\n")
        elif damage == "keys":
            (folder / "keys" / "witness-ed25519.pem").unlink()
        else:
            (folder / "keys" / "secret").write_bytes(b"another\n")
        assert problem(witnessing.serve(folder, "127.0.0.1", 0, print)) is Code.WITNESS_UNUSABLE
        assert problem(witnessing.init(folder, "", KEYS)) is Code.WITNESS_UNUSABLE
