"""Go's `sumdb/note`: it opens our signed checkpoints, we read its notes, and what it refuses we refuse."""

from __future__ import annotations

from base64 import b64decode
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meterward.core.ledger.checkpoints import Checkpoint, Verdict, attest, attested, read_checkpoint
from meterward.core.ledger.notes import COSIGNATURE, ED25519, ML_DSA_44, Note, NoteKey, Signature, read_key, read_note
from meterward.core.ledger.tree import EMPTY_ROOT
from tests.builders.broken_proofs import flips
from tests.builders.signers import ed25519, ml_dsa_44
from tests.builders.witnesses import Log, many, sent, witness

if TYPE_CHECKING:
    from tests.foreign.golang import Go

ORIGIN = "a.example/northlight"
KEY = NoteKey(ORIGIN, ED25519, ed25519("log").public)
CHECKPOINTS = [
    Checkpoint(ORIGIN, 0, EMPTY_ROOT),
    Checkpoint(ORIGIN, 1, sha256(b"one").digest()),
    Checkpoint(ORIGIN, 20_852_163, sha256(b"many").digest()),
    Checkpoint(ORIGIN, 2**63 - 1, sha256(b"most").digest()),
]
TIME = 1_353_542_400


def signed(checkpoint: Checkpoint) -> Note:
    """A checkpoint with the log's own signature."""
    return Note(str(checkpoint), (attest(checkpoint, ORIGIN, ED25519, ed25519("log")),))


def is_believed(data: bytes, key: NoteKey = KEY) -> bool:
    """Whether we read a checkpoint there, and this key attests it."""
    note = read_note(data)
    checkpoint = read_checkpoint(note.text) if note else None
    return bool(note and checkpoint and attested(note, checkpoint, key).verdict is Verdict.TRUE)


@pytest.mark.parametrize("checkpoint", CHECKPOINTS, ids=lambda one: str(one.size))
def test_go_opens_our_checkpoints(go: Go, checkpoint: Checkpoint) -> None:
    opened = go.ask("open", note=str(signed(checkpoint)).encode(), keys=[str(KEY)])
    assert opened == {"text": str(checkpoint), "verified": [ORIGIN], "others": 0}


def test_go_passes_over_the_signatures_that_it_does_not_know(go: Go) -> None:
    checkpoint = CHECKPOINTS[2]
    others = (
        attest(checkpoint, ORIGIN, ML_DSA_44, ml_dsa_44("log")),
        attest(checkpoint, "w.example/one", COSIGNATURE, ed25519("witness"), TIME),
    )
    note = Note(str(checkpoint), (*signed(checkpoint).signatures, *others))
    opened = go.ask("open", note=str(note).encode(), keys=[str(KEY)])
    assert opened == {"text": str(checkpoint), "verified": [ORIGIN], "others": 2}
    # What is signed by no key that it knows is no note to it, nor to us.
    unknown = str(Note(str(checkpoint), others)).encode()
    assert go.why("open", note=unknown, keys=[str(KEY)]) == "note has no verifiable signatures"
    assert not is_believed(unknown)


def test_go_opens_what_our_witness_cosigned(go: Go) -> None:
    log = Log(many(40))
    one, request = witness(*log.keys), log.asks(0, 33)
    lines = one.answer(sent(request))
    assert isinstance(lines, str)
    shown = one.shown(sha256(log.origin.encode()).hexdigest())
    assert shown == str(request.note).encode() + lines.encode()
    opened = go.ask("open", note=shown, keys=[str(log.keys[0])])
    assert opened == {"text": str(request.checkpoint), "verified": [log.origin], "others": 3}
    unknown = f"{request.note.text}\n{lines}".encode()
    assert go.why("open", note=unknown, keys=[str(log.keys[0])]) == "note has no verifiable signatures"


def test_we_read_the_keys_and_notes_that_go_makes(go: Go) -> None:
    for checkpoint, name in zip(CHECKPOINTS, (ORIGIN, "b.example", "ünïcode.example/x", "-"), strict=True):
        seed = sha256(name.encode()).digest()
        made = go.ask("make key", name=name, seed=seed)
        key = read_key(made["key"])
        assert key
        assert str(key) == made["key"]
        assert key.public.raw == Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
        data = b64decode(go.ask("sign", text=str(checkpoint), secrets=[made["secret"]])["note"])
        assert is_believed(data, key)
        assert not is_believed(data)
        assert go.ask("open", note=data, keys=[made["key"]])["text"] == str(checkpoint)
        note = read_note(data)
        assert note
        assert str(note).encode() == data


def test_both_sign_a_text_with_the_same_bytes(go: Go) -> None:
    seed = sha256(b"log").digest()
    made = go.ask("make key", name=ORIGIN, seed=seed)
    assert made["key"] == str(KEY)
    for checkpoint in CHECKPOINTS:
        data = b64decode(go.ask("sign", text=str(checkpoint), secrets=[made["secret"]])["note"])
        assert data == str(signed(checkpoint)).encode()


def test_a_note_with_any_bit_turned_over_is_refused(go: Go) -> None:
    checkpoint = CHECKPOINTS[2]
    data = str(signed(checkpoint)).encode()
    passed = []
    for broken in flips(data):
        assert not is_believed(broken)
        if not go.why("open", note=broken, keys=[str(KEY)]):
            passed.append(broken)
    # In the last sign before the padding are two bits that no byte takes up. Go does not look at them, and we do.
    assert passed
    assert all((one[:-3], one[-2:]) == (data[:-3], data[-2:]) for one in passed)


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        ("\n\n", "\n"),
        ("\n\n", "\r\n\r\n"),
        ("\n\n", "\n \n"),
        ("\u2014 ", "\u2013 "),
        ("\u2014 ", "\u2014\u00a0"),
        ("\u2014 ", ""),
        (f"\u2014 {ORIGIN}", "\u2014 b.example"),
        (f"\u2014 {ORIGIN}", f"\u2014 {ORIGIN}+"),
        (f"\u2014 {ORIGIN}", f"\u2014 {ORIGIN}\u2003x"),
        (f"{ORIGIN}\n", f"{ORIGIN}/\n"),
        ("\n20852163\n", "\n20852164\n"),
        ("\n20852163\n", "\n20852163\n\n"),
        ("\n20852163\n", "\n20852163 \n"),
        ("=\n\n", "=\nmore\n\n"),
        ("=\n\n", "=\n\n\n"),
        ("=\n\n", "=\n\n\u2014 \n"),
    ],
)
def test_a_note_that_is_written_otherwise_is_refused_by_both(go: Go, found: str, instead: str) -> None:
    whole = str(signed(CHECKPOINTS[2]))
    broken = whole.replace(found, instead)
    assert broken != whole
    assert go.why("open", note=broken.encode(), keys=[str(KEY)])
    assert not is_believed(broken.encode())


@pytest.mark.parametrize("cut", [1, 2, 3, 40, 89, 90, 120])
def test_a_note_that_is_cut_or_has_something_after_it_is_refused_by_both(go: Go, cut: int) -> None:
    data = str(signed(CHECKPOINTS[2])).encode()
    for broken in (data[:-cut], data[cut:], data + b"\n" * cut, data + b"x" * cut):
        assert go.why("open", note=broken, keys=[str(KEY)])
        assert not is_believed(broken)


def test_a_signature_moved_to_another_checkpoint_or_name_is_refused_by_both(go: Go) -> None:
    one, two = CHECKPOINTS[1:3]
    (signature,) = signed(one).signatures
    moved = str(Note(str(two), (signature,))).encode()
    assert go.why("open", note=moved, keys=[str(KEY)]) == f"invalid signature for key {ORIGIN}+{KEY.id.hex()}"
    assert not is_believed(moved)
    other = NoteKey("b.example", ED25519, KEY.public)
    renamed = str(Note(str(one), (Signature("b.example", other.id, signature.value),))).encode()
    assert go.why("open", note=renamed, keys=[str(KEY)]) == "note has no verifiable signatures"
    assert not is_believed(renamed)


@pytest.mark.parametrize(
    "text",
    [
        str(KEY).replace("+", " ", 1),
        str(KEY).replace("northlight", "southlight"),
        str(KEY).replace(KEY.id.hex(), "00000000"),
        str(KEY).replace(KEY.id.hex(), KEY.id.hex()[:-1]),
        str(KEY)[:-4],
        str(KEY) + "AA==",
        str(KEY).partition("+")[0],
        f"{ORIGIN}+{KEY.id.hex()}+",
        "",
    ],
)
def test_a_key_that_is_written_otherwise_is_refused_by_both(go: Go, text: str) -> None:
    assert go.why("open", note=str(signed(CHECKPOINTS[1])).encode(), keys=[text])
    assert read_key(text) is None
