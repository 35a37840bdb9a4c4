"""Signed statements on the wire: the bytes that are signed, and one form only in which an envelope is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.core.ledger.envelope import PAYLOAD_TYPE, envelope, opened, sign, signed_bytes
from tests.builders.signers import ed25519

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

PAYLOAD = b'{"a":1}'
KEY, VALUE = sign(PAYLOAD, ed25519("northlight"))


def test_what_is_signed_says_of_what_type_it_is() -> None:
    """The example that the specification of DSSE gives."""
    assert signed_bytes(b"hello world", "http://example.com/HelloWorld") == (
        b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    )


def test_a_signature_is_of_one_payload_of_one_type() -> None:
    public = ed25519("northlight").public
    assert public.id == KEY
    assert public.verifies(VALUE, signed_bytes(PAYLOAD))
    assert not public.verifies(VALUE, signed_bytes(PAYLOAD + b" "))
    assert not public.verifies(VALUE, signed_bytes(PAYLOAD, "text/plain"))
    assert not ed25519("other").public.verifies(VALUE, signed_bytes(PAYLOAD))


def test_an_envelope_is_read_as_it_is_written() -> None:
    signatures = {KEY: VALUE, "0" * 64: b"x" * 64}
    assert opened(envelope(PAYLOAD, signatures)) == (PAYLOAD, signatures)


@pytest.mark.parametrize(
    "change",
    [
        {"payload": "eyJhIjoxfQ"},
        {"payload": "eyJhIjoxfR=="},
        {"payload": 1},
        {"payloadType": "text/plain"},
        {"signatures": []},
        {"signatures": {}},
        {"signatures": [{"keyid": KEY}]},
        {"signatures": [{"keyid": KEY, "sig": "A"}]},
        {"signatures": [{"keyid": KEY, "sig": "AA==", "more": 1}]},
        {"signatures": [{"keyid": KEY, "sig": "AA=="}, {"keyid": KEY, "sig": "AQ=="}]},
        {"more": 1},
    ],
)
def test_an_envelope_in_any_other_form_is_refused(change: dict[str, Json]) -> None:
    assert opened({**envelope(PAYLOAD, {KEY: VALUE}), **change}) is None
    assert PAYLOAD_TYPE.endswith("+json")
