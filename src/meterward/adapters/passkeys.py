"""A new passkey as a browser hands it over: checked by the rules of WebAuthn (level 2, section 7.1)."""

from __future__ import annotations

import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fido2.server import Fido2Server
from fido2.webauthn import AttestationConveyancePreference, CollectedClientData, PublicKeyCredentialRpEntity

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.assertion import relying_party
from meterward.core.ledger.keys import Algorithm, PublicKey

_LONGEST = 16_384
"""Whatever a browser hands over has no more characters."""
_ES256 = -7
_UNCOMPRESSED = b"\x04"
_X, _Y = -2, -3
"""The coordinates of the point, by the numbers that COSE (RFC 9053) has for them."""
_UNREADABLE = (
    *(ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError, RecursionError),
    struct.error,
)
"""Whatever comes of reading bytes that are no passkey."""
_HINT = "Load the page again, and make it once more."


class Made(NamedTuple):
    """A passkey that was made: its public key, and by what the browser finds it again."""

    key: PublicKey
    credential: str


def made_passkey(origin: str, challenge: str, answer: dict[str, str]) -> Made | Problem:
    """The passkey that a browser made when it was asked to by a challenge; or that it is none that signs here."""
    if any(len(part) > _LONGEST for part in answer.values()):
        return _refused("It is far too long")
    try:
        return _made(origin, challenge, answer)
    except _UNREADABLE as error:
        return _refused(str(error).rstrip(".") or "It cannot be read")


def as_bytes(text: str) -> bytes | None:
    """The bytes of a text in base 64 for addresses, without padding; None if it is none, or far too long."""
    try:
        data = urlsafe_b64decode(text.encode() + b"=" * (-len(text) % 4)) if len(text) <= _LONGEST else b""
    except (Error, ValueError):
        return None
    return data if data and as_text(data) == text else None


def as_text(data: bytes) -> str:
    """Bytes in base 64 for addresses, without padding."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def _made(origin: str, challenge: str, answer: dict[str, str]) -> Made | Problem:
    party = PublicKeyCredentialRpEntity(id=relying_party(origin), name="Meterward")
    server = Fido2Server(party, AttestationConveyancePreference.NONE, verify_origin=lambda said: said == origin)
    response = {"clientDataJSON": answer["client_data"], "attestationObject": answer["attestation"]}
    identity = {"id": answer["credential"], "rawId": answer["credential"]}
    state = {"challenge": challenge, "user_verification": "required"}
    found = server.register_complete(state, {**identity, "type": "public-key", "response": response})
    if CollectedClientData(as_bytes(answer["client_data"]) or b"").cross_origin is not False:
        return _refused("A page of somebody else asked for it")
    credential = found.credential_data
    if credential is None or as_text(credential.credential_id) != answer["credential"]:
        return _refused("It is called otherwise than the device says")
    point: dict[int, Any] = dict(credential.public_key)
    if point[3] != _ES256:
        return _refused("It does not sign by ES256")
    whole = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), _UNCOMPRESSED + point[_X] + point[_Y])
    raw = whole.public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
    key = PublicKey(Algorithm.WEBAUTHN_ES256, raw, origin)
    return Made(key, answer["credential"]) if key.is_whole() else _refused("Its key is none")


def _refused(why: str) -> Problem:
    return Problem(Code.SIGNATURE_INVALID, f"What your browser made is no passkey that signs here: {why}.", _HINT)
