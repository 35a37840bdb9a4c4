"""Checkpoints: read strictly; attested by logs and witnesses, each key for what it says and nothing else."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from meterward.core.ledger.checkpoints import Attestation, Checkpoint, Verdict, attest, attested, read_checkpoint
from meterward.core.ledger.notes import COSIGNATURE, ED25519, ML_DSA_44, Note, NoteKey, Signature, read_note
from meterward.core.ledger.tree import EMPTY_ROOT
from tests.builders.signers import TestSigner, ed25519, ml_dsa_44

ORIGIN = "a.example/northlight"
CHECKPOINT = Checkpoint(ORIGIN, 20_852_163, sha256(b"root").digest())
TIME = 1_353_542_400
KINDS = [
    (ORIGIN, ED25519, ed25519("log"), 0),
    ("w.example/one", COSIGNATURE, ed25519("witness"), TIME),
    (ORIGIN, ML_DSA_44, ml_dsa_44("log"), 0),
    ("w.example/one", ML_DSA_44, ml_dsa_44("witness"), TIME),
]


def signed(*signatures: Signature) -> Note:
    """The checkpoint with signatures, once written and read."""
    note = read_note(str(Note(str(CHECKPOINT), signatures)).encode())
    assert note
    return note


def test_a_checkpoint_is_read_as_it_is_written() -> None:
    assert read_checkpoint(str(CHECKPOINT)) == CHECKPOINT
    assert read_checkpoint(str(Checkpoint(ORIGIN, 0, EMPTY_ROOT)))


@pytest.mark.parametrize(
    "slip",
    [
        str(CHECKPOINT).replace("20852163", "020852163"),
        str(CHECKPOINT).replace("20852163", "-1"),
        str(CHECKPOINT).replace("20852163", "1" * 25),
        str(CHECKPOINT).replace("20852163", "٣"),
        str(CHECKPOINT).replace(ORIGIN, ""),
        str(CHECKPOINT) + "more\n",
        str(CHECKPOINT).rstrip("\n"),
        str(CHECKPOINT).replace("=", ""),
        f"{ORIGIN}\n1\nAAAA\n",
        f"{ORIGIN}\n0\n{str(CHECKPOINT).split()[2]}\n",
    ],
)
def test_what_is_not_exactly_a_checkpoint_is_refused(slip: str) -> None:
    assert read_checkpoint(slip) is None


@pytest.mark.parametrize(("name", "kind", "signer", "time"), KINDS)
def test_who_attests_is_known_and_when(name: str, kind: int, signer: TestSigner, time: int) -> None:
    note = signed(attest(CHECKPOINT, name, kind, signer, time))
    key = NoteKey(name, kind, signer.public)
    assert attested(note, CHECKPOINT, key) == Attestation(Verdict.TRUE, time)
    assert attested(note, CHECKPOINT, replace(key, name="other")) == Attestation(Verdict.ABSENT)


@pytest.mark.parametrize(("name", "kind", "signer", "time"), KINDS)
def test_of_no_other_checkpoint_and_at_no_other_time(name: str, kind: int, signer: TestSigner, time: int) -> None:
    made, key = attest(CHECKPOINT, name, kind, signer, time), NoteKey(name, kind, signer.public)
    for other in (
        replace(CHECKPOINT, size=CHECKPOINT.size + 1),
        replace(CHECKPOINT, root=sha256(b"other").digest()),
        replace(CHECKPOINT, origin="a.example/other"),
    ):
        assert attested(signed(made), other, key).verdict is Verdict.FALSE
    for place in (0, 7, 8, len(made.value) - 1):
        flipped = bytearray(made.value)
        flipped[place] ^= 1
        note = signed(made._replace(value=bytes(flipped)))
        assert attested(note, CHECKPOINT, key).verdict is Verdict.FALSE
    for value in (made.value[:-1], made.value + b"\0", b"\0"):
        assert attested(signed(made._replace(value=value)), CHECKPOINT, key).verdict is Verdict.FALSE


def test_a_signature_is_good_for_its_own_type_only() -> None:
    """A cosignature by the log's own key, and a log's signature by a witness's, count for nothing."""
    log = NoteKey(ORIGIN, ED25519, ed25519("log").public)
    made = attest(CHECKPOINT, ORIGIN, COSIGNATURE, ed25519("log"), TIME)
    assert attested(signed(made), CHECKPOINT, log).verdict is Verdict.ABSENT
    passed_off = made._replace(id=log.id, value=made.value[8:])
    assert attested(signed(passed_off), CHECKPOINT, log).verdict is Verdict.FALSE


def test_one_false_signature_beside_a_true_one_is_enough_to_refuse() -> None:
    true = attest(CHECKPOINT, ORIGIN, ED25519, ed25519("log"))
    false = true._replace(value=bytes(64))
    key = NoteKey(ORIGIN, ED25519, ed25519("log").public)
    for note in (signed(true, false), signed(false, true)):
        assert attested(note, CHECKPOINT, key).verdict is Verdict.FALSE


# The cosigned checkpoint that the specification prints, as it stands there.
_BODY = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
_LOG = (
    "— example.com/behind-the-sofa "
    "Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8="
)
_WITNESS = (
    "— witness.example.com/w1 "
    "jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA=="
)


def test_the_example_of_the_specification_is_read() -> None:
    note = read_note(f"{_BODY}\n{_LOG}\n{_WITNESS}\n".encode())
    assert note
    assert [one.name for one in note.signatures] == ["example.com/behind-the-sofa", "witness.example.com/w1"]
    assert note.signatures[1].value[:8] == (1_679_315_147).to_bytes(8, "big")
    found = read_checkpoint(note.text)
    assert found
    assert (found.origin, found.size, str(found)) == ("example.com/behind-the-sofa", 20_852_163, _BODY)


def test_a_time_that_no_reader_can_hold_is_no_time() -> None:
    signer = ml_dsa_44("witness")
    key = NoteKey("w.example/one", ML_DSA_44, signer.public)
    for time, verdict in ((2**63 - 1, Verdict.TRUE), (2**63, Verdict.FALSE)):
        assert (
            attested(signed(attest(CHECKPOINT, key.name, ML_DSA_44, signer, time)), CHECKPOINT, key).verdict is verdict
        )
