"""A new passkey from a browser: taken as it is, and nothing else passes for one, however its bytes are changed."""

from __future__ import annotations

import json
from random import Random
from typing import Any

import pytest
from fido2 import cbor

from meterward.adapters.passkeys import Made, as_bytes, as_text, made_passkey
from meterward.core.base.problem import Problem
from tests.builders.passkeys import Passkey

MINE = Passkey("mine")
CHALLENGE = as_text(bytes(range(32)))
CLIENT_DATA, ATTESTATION = MINE.registration(CHALLENGE)
POINT = MINE.attested[-77:]
NOTHINGS: tuple[Any, ...] = (None, 1, -1, 1.5, True, "x", "é", [], {})


def answered(client_data: bytes = CLIENT_DATA, attestation: bytes = ATTESTATION) -> Made | Problem:
    """What comes of an answer."""
    parts = {"client_data": client_data, "attestation": attestation, "credential": MINE.credential}
    return made_passkey(MINE.origin, CHALLENGE, {name: as_text(part) for name, part in parts.items()})


def test_it_is_taken_as_it_is() -> None:
    assert answered() == Made(MINE.public, as_text(MINE.credential))


@pytest.mark.parametrize("part", ["type", "challenge", "origin", "crossOrigin"])
@pytest.mark.parametrize("value", NOTHINGS)
def test_what_the_browser_says_otherwise_is_refused(part: str, value: Any) -> None:  # noqa: ANN401 - any JSON
    said = json.dumps({**json.loads(CLIENT_DATA), part: value}).encode()
    assert isinstance(answered(said), Problem)
    assert isinstance(answered(json.dumps(value).encode()), Problem)


@pytest.mark.parametrize("authenticator", [1, b"", bytes(37), b"\xff" * 80, []], ids=str)
def test_what_the_device_says_otherwise_is_refused(authenticator: Any) -> None:  # noqa: ANN401 - any CBOR
    said = cbor.encode({"fmt": "none", "attStmt": {}, "authData": authenticator})
    assert isinstance(answered(attestation=said), Problem)


@pytest.mark.parametrize("raw", [b"\xf6", b"\x81" * 9_000, b"\x9b" + b"\xff" * 8, b"\x5b\x7f" + b"\xff" * 7], ids=len)
def test_what_is_no_object_is_refused(raw: bytes) -> None:
    assert isinstance(answered(attestation=raw), Problem)


def test_a_point_that_lies_on_no_curve_is_refused() -> None:
    assert ATTESTATION.endswith(POINT)
    assert isinstance(answered(attestation=ATTESTATION[:-1] + bytes((ATTESTATION[-1] ^ 1,))), Problem)


def test_however_it_is_changed_nothing_breaks() -> None:
    """Bytes that nobody reads (the maker's name, the counter) may change; whatever is taken is a whole key."""
    dice = Random(7)
    for _ in range(2_000):
        changed = bytearray(ATTESTATION)
        for _ in range(dice.randint(1, 4)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
        found = answered(attestation=bytes(changed[: dice.choice((len(changed), dice.randrange(len(changed))))]))
        assert isinstance(found, Problem) or found.key.is_whole()


@pytest.mark.parametrize("text", ["", "A", "AB=", "AB", "A+", "é", "\ud800", "A A", "A" * 20_000])
def test_what_is_not_written_as_browsers_write_is_none(text: str) -> None:
    assert as_bytes(text) is None


def test_what_is_written_is_read_again() -> None:
    for size in range(1, 70):
        data = bytes(range(size))
        assert as_bytes(as_text(data)) == data
