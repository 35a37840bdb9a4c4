"""A passkey's signature: verified as others verify it, refused wherever it is changed, and each step refuses alone."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey

from meterward.core.ledger.assertion import (
    Assertion,
    Step,
    challenge_of,
    failing_step,
    read_assertion,
    relying_party,
)
from meterward.core.ledger.keys import Algorithm, PublicKey
from tests.builders.passkeys import ORIGIN, Passkey, accepted_by_others, client_data
from tests.builders.signers import ed25519

if TYPE_CHECKING:
    from collections.abc import Callable

MESSAGE, OTHER = b"What is signed.", b"Something else."
MINE = Passkey("mine")


def step(signature: bytes, message: bytes = MESSAGE, origin: str = ORIGIN) -> Step | None:
    key = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), MINE.public.raw)
    return failing_step(signature, message, origin, key)


def test_a_true_one_is_verified_here_and_by_what_others_wrote() -> None:
    made = MINE.assertion(MESSAGE)
    assert MINE.public.verifies(made.written(), MESSAGE)
    assert accepted_by_others(made, MESSAGE, MINE.attested, ORIGIN)
    assert not accepted_by_others(made, OTHER, MINE.attested, ORIGIN)


@pytest.mark.parametrize(
    ("failing", "amiss"),
    [
        (Step.WRITTEN, lambda: MINE.over(MINE.authenticator_data() + b"\0", MINE.assertion(MESSAGE).client_data)),
        (Step.WRITTEN, lambda: MINE.assertion(MESSAGE, padding="x" * 4_096)),
        (Step.WRITTEN, lambda: MINE.assertion(MESSAGE)._replace(signature=b"")),
        (Step.CLIENT_DATA, lambda: MINE.over(MINE.authenticator_data(), b"[]")),
        (Step.CLIENT_DATA, lambda: MINE.over(MINE.authenticator_data(), b"\xff")),
        (Step.CLIENT_DATA, lambda: _doubled(b'"type":"webauthn.create",')),
        (Step.CLIENT_DATA, lambda: MINE.over(MINE.authenticator_data(), b"[" * 4_000)),
        (Step.TYPE, lambda: MINE.assertion(MESSAGE, type="webauthn.create")),
        (Step.CHALLENGE, lambda: MINE.assertion(OTHER)),
        (Step.CHALLENGE, lambda: MINE.assertion(MESSAGE, challenge=challenge_of(MESSAGE) + "=")),
        (Step.ORIGIN, lambda: MINE.assertion(MESSAGE, origin="https://other.example")),
        (Step.ORIGIN, lambda: MINE.assertion(MESSAGE, origin=f"{ORIGIN}:8443")),
        (Step.FRAME, lambda: MINE.assertion(MESSAGE, crossOrigin=True)),
        (Step.FRAME, lambda: MINE.assertion(MESSAGE, topOrigin="https://other.example")),
        (Step.RELYING_PARTY, lambda: MINE.assertion(MESSAGE, host="other.example")),
        (Step.PERSON, lambda: MINE.assertion(MESSAGE, flags=0x01)),
        (Step.PERSON, lambda: MINE.assertion(MESSAGE, flags=0x04)),
        (Step.FLAGS, lambda: MINE.assertion(MESSAGE, flags=0x45)),
        (Step.FLAGS, lambda: MINE.assertion(MESSAGE, flags=0x85)),
        (Step.FLAGS, lambda: MINE.assertion(MESSAGE, flags=0x15)),
        (Step.SIGNATURE, lambda: Passkey("other").assertion(MESSAGE)),
    ],
)
def test_each_step_refuses_what_is_amiss_there_alone(failing: Step, amiss: Callable[[], Assertion]) -> None:
    """Whatever is amiss is signed by the right key, so that nothing but its own step can refuse it."""
    made = amiss()
    assert step(made.written()) is failing
    assert not MINE.public.verifies(made.written(), MESSAGE)


def _doubled(more: bytes) -> Assertion:
    whole = MINE.assertion(MESSAGE).client_data
    return MINE.over(MINE.authenticator_data(), b"{" + more + whole[1:])


def test_every_step_has_a_case() -> None:
    (mark,) = test_each_step_refuses_what_is_amiss_there_alone.pytestmark  # type: ignore[attr-defined] # pytest sets it
    assert {case[0] for case in mark.args[1]} == set(Step)


@pytest.mark.parametrize(
    "more", [{}, {"flags": 0x0D}, {"flags": 0x1D}, {"other": "is ignored"}, {"crossOrigin": False}]
)
def test_what_a_device_or_a_browser_may_say_besides_is_taken(more: dict[str, Any]) -> None:
    assert step(MINE.assertion(MESSAGE, **more).written()) is None


def test_a_browser_that_says_nothing_of_frames_is_taken() -> None:
    data = client_data("webauthn.get", challenge_of(MESSAGE), ORIGIN, {}).replace(b',"crossOrigin":false', b"")
    assert step(MINE.over(MINE.authenticator_data(), data).written()) is None


def test_whatever_byte_is_changed_it_is_refused() -> None:
    whole = MINE.sign(MESSAGE)
    taken = [
        (place, bit)
        for place in range(len(whole))
        for bit in (0x01, 0x20, 0x80)
        if step(bytes((*whole[:place], whole[place] ^ bit, *whole[place + 1 :]))) is None
    ]
    assert taken == []


def test_what_is_cut_short_or_goes_on_is_refused() -> None:
    whole = MINE.sign(MESSAGE)
    assert {step(whole[:end]) for end in range(len(whole))} == {Step.WRITTEN}
    assert step(whole + b"\0") is Step.WRITTEN
    assert read_assertion(whole) == MINE.assertion(MESSAGE)


def test_it_holds_at_its_address_only() -> None:
    whole = MINE.sign(MESSAGE)
    assert step(whole, origin="https://other.example") is Step.ORIGIN
    assert step(whole, origin="") is Step.ORIGIN


@pytest.mark.parametrize(
    ("origin", "host"),
    [
        ("https://meterward.example", "meterward.example"),
        ("https://meterward.example:8443", "meterward.example"),
        ("http://localhost:8120", "localhost"),
        ("http://localhost", "localhost"),
        ("http://meterward.example", ""),
        ("http://localhost.example", ""),
        ("https://Meterward.example", ""),
        ("https://meterward.example/", ""),
        ("https://meterward.example:0", ""),
        ("https://meterward.example\n", ""),
        ("https://", ""),
        ("", ""),
    ],
)
def test_an_address_is_one_as_browsers_write_it(origin: str, host: str) -> None:
    assert relying_party(origin) == host


def test_the_id_of_a_key_is_made_as_the_formats_say() -> None:
    point = MINE.secret.public_key().public_numbers()
    spki = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
    spki += point.x.to_bytes(32, "big") + point.y.to_bytes(32, "big")
    assert MINE.public.id == sha256(spki + ORIGIN.encode()).hexdigest()


def test_a_key_names_how_it_is_verified() -> None:
    """Somebody who tells of the same point at another address takes nothing from whose passkey it is."""
    assert Passkey("mine", "https://other.example").public.id != MINE.public.id
    assert MINE.public.is_whole()


@pytest.mark.parametrize(
    "key",
    [
        PublicKey(Algorithm.WEBAUTHN_ES256, MINE.public.raw),
        PublicKey(Algorithm.WEBAUTHN_ES256, b"\x02" + b"\xff" * 32, ORIGIN),
        PublicKey(Algorithm.WEBAUTHN_ES256, b"\x05" + MINE.public.raw[1:], ORIGIN),
        PublicKey(Algorithm.WEBAUTHN_ES256, MINE.public.raw + b"\0", ORIGIN),
        PublicKey(Algorithm.ED25519, ed25519("one").public.raw, ORIGIN),
    ],
    ids=["no address", "no point", "no form", "too long", "not at an address"],
)
def test_what_is_no_key_is_told(key: PublicKey) -> None:
    assert not key.is_whole()
