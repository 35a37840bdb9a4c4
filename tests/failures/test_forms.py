"""Whatever is read has one form: any other is refused, or provably changes no verdict."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.base64 import from_base64
from meterward.core.base.problem import Problem
from meterward.core.bundle.manifest import CHECKPOINT, MANIFEST, NOTE, RECORDS, read_manifest
from meterward.core.ledger.checkpoints import read_checkpoint
from meterward.core.ledger.envelope import envelope, opened, sign
from meterward.core.ledger.notes import Note, Signature, read_key, read_note
from meterward.core.ledger.policy import read_policy
from meterward.core.ledger.proof_text import Proof, read_proof
from meterward.core.records.line import read_line
from tests.builders.bundles import resigned
from tests.builders.northlight import SMALL, maker, whole
from tests.builders.signers import ed25519

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders.bundles import MemoryBundle

CRLF = (b"\n", b"\r\n")


def checkpoint() -> bytes:
    """A signed checkpoint."""
    return whole(SMALL).files[CHECKPOINT]


def line() -> bytes:
    """A line with signatures."""
    return whole(SMALL).files[RECORDS].splitlines()[0]


def policy() -> bytes:
    """A policy."""
    return b"".join(f"log {key}\n".encode() for key in maker(SMALL).policy().logs) + b"quorum none\n"


def proof() -> bytes:
    """A proof of one entry."""
    note = read_note(checkpoint())
    assert note
    return str(Proof(b"leaf", 3, (b"h" * 32, b"i" * 32), note)).encode()


def loose(text: bytes) -> bytes:
    """Base 64 whose last sign says bits that no byte takes up."""
    start = text.index(b"=")
    return text[: start - 1] + bytes((text[start - 1] + 1,)) + text[start:]


def _policy(data: bytes) -> object:
    found = read_policy(data)
    return None if isinstance(found, Problem) else found


def _line(data: bytes) -> object:
    found = read_line(data)
    return None if isinstance(found, list) else found


def _checkpoint(data: bytes) -> object:
    note = read_note(data)
    return read_checkpoint(note.text) if note else None


def _envelope(data: bytes) -> object:
    return opened(json.loads(data))


def envelope_bytes() -> bytes:
    """A signed envelope."""
    key, value = sign(b"{}", ed25519("a"))
    return json.dumps(envelope(b"{}", {key: value})).encode()


READ: dict[str, tuple[Callable[[bytes], object], Callable[[], bytes]]] = {
    "base 64": (lambda data: from_base64(data.decode()), lambda: b"aGVsbA=="),
    "a key": (lambda data: read_key(data.decode()), lambda: str(maker(SMALL).policy().logs[0]).encode()),
    "a note": (read_note, checkpoint),
    "a checkpoint": (_checkpoint, checkpoint),
    "a policy": (_policy, policy),
    "a proof": (read_proof, proof),
    "a manifest": (read_manifest, lambda: whole(SMALL).files[MANIFEST]),
    "a line": (_line, line),
    "an envelope": (_envelope, envelope_bytes),
}
OTHERWISE: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("base 64", loose),
    ("base 64", lambda data: data + b"\n"),
    ("base 64", lambda data: data.replace(b"=", b"")),
    ("base 64", lambda data: data.replace(b"a", b"\xd0\xb0", 1)),
    ("a key", lambda data: data + b"="),
    ("a key", lambda data: data.replace(b"+", b"+0", 1)),
    ("a key", lambda data: data.replace(b"meterward", b"meterw\xd0\xb0rd")),
    ("a key", lambda data: data.upper()),
    ("a note", lambda data: data[: data.index(b"\xe2")] + loose(data[data.index(b"\xe2") :])),
    ("a checkpoint", loose),
    ("a note", lambda data: data.replace(*CRLF)),
    ("a note", lambda data: data + b"\n"),
    ("a note", lambda data: data + b"more\n"),
    ("a note", lambda data: data.replace("\u2014".encode(), "\u2013".encode())),
    ("a note", lambda data: b"\xef\xbb\xbf" + data[:-1]),
    ("a checkpoint", lambda data: data.replace(b"\n25\n", b"\n025\n")),
    ("a checkpoint", lambda data: data.replace(b"\n25\n", b"\n+25\n")),
    ("a checkpoint", lambda data: data.replace(b"\n25\n", "\n\u0662\u0665\n".encode())),
    ("a checkpoint", lambda data: data.replace(b"\n25\n", b"\n" + b"9" * 30 + b"\n")),
    ("a checkpoint", lambda data: data.replace(b"\n\n", b"\nextension\n\n", 1)),
    ("a policy", lambda data: data.replace(*CRLF)),
    ("a policy", lambda data: data + b"quorum none\n"),
    ("a policy", lambda data: data + data),
    ("a policy", lambda data: data.replace(b"quorum", "q\u0443orum".encode())),
    ("a policy", lambda data: data + b"\0"),
    ("a policy", lambda data: data.replace(b"log ", b"log\xc2\xa0", 1)),
    ("a proof", loose),
    ("a proof", lambda data: data.replace(*CRLF)),
    ("a proof", lambda data: data.replace(b"index 3", b"index 03")),
    ("a proof", lambda data: data.replace(b"index 3", "index \u0663".encode())),
    ("a proof", lambda data: data.replace(b"index 3", b"index " + b"9" * 30)),
    ("a proof", lambda data: data.replace(b"extra bGVhZg==\n", b"")),
    ("a proof", lambda data: data.replace(b"extra bGVhZg==\n", b"extra bGVhZg==\n" * 2)),
    ("a proof", lambda data: data.replace(b"bGVhZg==", b"")),
    ("a proof", lambda data: data.replace(b"bGVhZg==", b"bGVhZg")),
    ("a proof", lambda data: data.replace(b"bGVhZg==", b"bGVhZh==")),
    ("a proof", lambda data: data.replace(b"bGVhZg==", b"bGVh Zg==")),
    ("a proof", lambda data: data.replace(b"bGVhZg==", b"bGVhZg==\r")),
    ("a proof", lambda data: data.replace(b"extra ", b"extra  ")),
    ("a proof", lambda data: data.replace(b"extra ", b"Extra ")),
    ("a proof", lambda data: data.replace(b"extra bGVhZg==\nindex 3\n", b"index 3\nextra bGVhZg==\n")),
    ("a proof", lambda data: data.replace(b"bGVhZg==", b"bGVh" * 21_846)),
    ("a manifest", lambda data: data.replace(b'"size":25', b'"size":25.0')),
    ("a manifest", lambda data: data.replace(b'"size":25', b'"size":2.5e1')),
    ("a manifest", lambda data: data.replace(b'"size":25', b'"size":24,"size":25')),
    ("a manifest", lambda data: data.replace(*CRLF)),
    ("a manifest", lambda data: data + data),
    ("a line", lambda data: data[:-1] + b',"facts":{}}'),
    ("a line", lambda data: data + b"{}"),
    ("a line", lambda data: data.replace(b'"version":1', b'"version":1.0')),
    ("a line", lambda data: data.replace(b'"version":1', b'"version":1' + b"0" * 5000)),
    ("a line", lambda data: data.replace(b"==", b"=", 1)),
    ("a line", loose),
    ("a line", lambda data: data.replace(b'"kind"', '"k\u0456nd"'.encode())),
    ("an envelope", loose),
    ("an envelope", lambda data: data.replace(b"application/vnd.in-toto+json", b"application/json")),
    ("an envelope", lambda data: data.replace(b'"payloadType"', b'"payloadtype"')),
    ("an envelope", lambda data: data.replace(b'"sig"', b'"more": 1, "sig"')),
]


@pytest.mark.parametrize(("what", "otherwise"), OTHERWISE)
def test_another_form_is_refused(what: str, otherwise: Callable[[bytes], bytes]) -> None:
    read, made = READ[what]
    assert read(made()) is not None
    other = otherwise(made())
    assert other != made(), "this case changes nothing"
    assert read(other) is None


def outcomes(bundle: MemoryBundle) -> list[Any]:
    """What each step of a verification comes to."""
    return [(step.number, step.found.outcome) for step in maker(SMALL).verify(bundle).steps]


def test_signature_lines_of_strangers_on_a_checkpoint_change_no_verdict() -> None:
    """A witness that the reader does not know may have signed; that is how notes are meant."""
    note = read_note(checkpoint())
    assert note
    stranger = Signature("stranger.example", b"1234", b"s" * 64)
    more = str(Note(note.text, (*note.signatures, stranger))).encode()
    assert outcomes(resigned(whole(SMALL).changed(CHECKPOINT, more), maker(SMALL))) == outcomes(whole(SMALL))
    unsigned = maker(SMALL).verify(whole(SMALL).changed(CHECKPOINT, more))
    assert not unsigned.holds, "what the manifest did not tell of when it was signed is noticed all the same"


def test_the_note_of_a_manifest_has_no_line_of_a_stranger() -> None:
    more = whole(SMALL).files[NOTE] + Signature("stranger.example", b"1234", b"s" * 64).line().encode()
    assert not maker(SMALL).verify(whole(SMALL).changed(NOTE, more)).holds
