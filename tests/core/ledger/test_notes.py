"""Signed notes and verifier keys: read strictly, written as they were read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.base64 import from_base64, to_base64
from meterward.core.ledger.keys import Algorithm, PublicKey
from meterward.core.ledger.notes import COSIGNATURE, ED25519, ML_DSA_44, Note, NoteKey, Signature, read_key, read_note
from tests.builders.signers import ed25519, ml_dsa_44

# The verifier key and the note that the specification gives as an example.
KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
NOTE = (
    "This is an example message.\n\n— example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def test_the_example_of_the_specification_is_verified() -> None:
    key, note = read_key(KEY), read_note(NOTE.encode())
    assert key
    assert note
    (signature,) = note.signatures
    assert key.made(signature)
    assert key.public.verifies(signature.value, note.text.encode())
    assert not key.public.verifies(signature.value, note.text.encode() + b"\n")
    assert (str(key), str(note)) == (KEY, NOTE)


@pytest.mark.parametrize(
    "slip",
    [
        NOTE.replace("\n\n", "\n"),
        NOTE.rstrip("\n"),
        NOTE.replace("\n", "\r\n"),
        NOTE.replace("— ", "- "),
        NOTE.replace("example.com/foo", "example.com/foo bar"),
        NOTE.replace("example.com/foo", "example+foo"),
        NOTE.replace("aQM=", "aQN="),
        NOTE.replace("aQM=", "aQM"),
        NOTE.replace("Uw2QO", "Uw2Q O"),
        NOTE + "\n",
        NOTE + "— example.com/foo Uw2QOg==\n",
        NOTE + "something\n",
        "\n\n— a Uw2QOkk=\n",
        "This is an example message.\n\n",
        "",
    ],
)
def test_a_note_that_is_not_exactly_one_is_refused(slip: str) -> None:
    assert read_note(slip.encode()) is None


def test_a_text_may_have_empty_lines_and_the_last_one_ends_it() -> None:
    note = Note("one\n\ntwo\n", (Signature("a", b"1234", b"x"),))
    assert read_note(str(note).encode()) == note


@pytest.mark.parametrize(
    "slip",
    [
        KEY.replace("530d903a", "530d903b"),
        KEY.replace("foo", "bar"),
        KEY.replace("AekyeRrm", "Aekye"),
        KEY.replace("+Aeky", "+Buky"),
        KEY.replace("example.com", "example com"),
        KEY.removesuffix("k") + "l",
        "example.com/foo",
        "",
        "a\ud800+00000000+AQ==",
    ],
)
def test_a_key_that_is_not_exactly_one_is_refused(slip: str) -> None:
    assert read_key(slip) is None


@pytest.mark.parametrize(
    "key",
    [
        NoteKey("a.example/log", ED25519, ed25519("log").public),
        NoteKey("w.example", COSIGNATURE, ed25519("witness").public),
        NoteKey("a.example/log", ML_DSA_44, ml_dsa_44("log").public),
    ],
)
def test_a_key_is_read_as_it_is_written(key: NoteKey) -> None:
    assert read_key(str(key)) == key


def test_one_key_of_two_types_has_two_ids() -> None:
    public = ed25519("log").public
    assert NoteKey("a", ED25519, public).id != NoteKey("a", COSIGNATURE, public).id


def test_bytes_that_are_no_key_verify_nothing() -> None:
    for raw in (b"", b"x" * 31, b"x" * 33):
        key = PublicKey(Algorithm.ED25519, raw)
        assert not key.is_whole()
        assert not key.verifies(b"s" * 64, b"m")


@given(st.binary(max_size=40))
def test_base_64_is_read_as_it_is_written_and_in_no_other_way(data: bytes) -> None:
    text = to_base64(data)
    assert from_base64(text) == data
    for other in (text + "=", text + "\n", " " + text, text.rstrip("=") + "A"):
        found = from_base64(other)
        assert found is None or to_base64(found) == other


@given(st.text(max_size=60))
def test_no_text_that_base_64_does_not_write_is_read(text: str) -> None:
    found = from_base64(text)
    assert found is None or to_base64(found) == text


def test_a_note_has_so_many_signatures_and_no_more() -> None:
    one = Signature("a.example/one", b"abcd", b"value")
    assert read_note(str(Note("text\n", (one,) * 100)).encode())
    assert read_note(str(Note("text\n", (one,) * 101)).encode()) is None
