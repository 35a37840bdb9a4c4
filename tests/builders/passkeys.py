"""A software authenticator and a browser in one: it makes passkeys and signs by them, truly or with something amiss."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePrivateKey, derive_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from fido2.cose import ES256
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
)

from meterward.core.ledger.assertion import Assertion, challenge_of, relying_party
from meterward.core.ledger.keys import Algorithm, PublicKey

if TYPE_CHECKING:
    from collections.abc import Mapping

ORIGIN = "https://meterward.example"
AAGUID = bytes(16)
TRUE_FLAGS = 0x05
"""Somebody was there, and it was made sure who."""
_HAS_KEY = 0x40
_COUNTER = bytes(4)


@dataclass(frozen=True, slots=True)
class Passkey:
    """See `Signer`."""

    word: str
    origin: str = ORIGIN

    @property
    def secret(self) -> EllipticCurvePrivateKey:
        """Its secret half, made of its word."""
        return _secret(self.word)

    @property
    def public(self) -> PublicKey:
        """See `Signer.public`."""
        raw = self.secret.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        return PublicKey(Algorithm.WEBAUTHN_ES256, raw, self.origin)

    @property
    def credential(self) -> bytes:
        """By what a browser finds it."""
        return sha256(b"credential" + self.word.encode()).digest()

    @property
    def attested(self) -> AttestedCredentialData:
        """The passkey as others know it who verify by other means."""
        return AttestedCredentialData.create(AAGUID, self.credential, cose_of(self.secret))

    def sign(self, message: bytes) -> bytes:
        """See `Signer.sign`."""
        return self.assertion(message).written()

    def assertion(self, message: bytes, *, flags: int = TRUE_FLAGS, host: str = "", **said: object) -> Assertion:
        """An assertion, true but for what is said otherwise."""
        data = client_data("webauthn.get", challenge_of(message), self.origin, said)
        return self.over(self.authenticator_data(flags, host), data)

    def over(self, authenticator: bytes, data: bytes) -> Assertion:
        """An assertion over whatever a device and a browser say."""
        made = self.secret.sign(authenticator + sha256(data).digest(), ECDSA(SHA256(), deterministic_signing=True))
        return Assertion(authenticator, data, made)

    def authenticator_data(self, flags: int = TRUE_FLAGS, host: str = "") -> bytes:
        """What the device says of the act: for which host, who was there, and how often it signed."""
        return sha256((host or relying_party(self.origin)).encode()).digest() + bytes((flags,)) + _COUNTER

    def registration(self, challenge: str, *, flags: int = TRUE_FLAGS, **said: object) -> tuple[bytes, bytes]:
        """What a browser answers who is to make it: what it was told, and what the device says (no attestation)."""
        told = AuthenticatorData(self.authenticator_data(flags | _HAS_KEY) + self.attested)
        return client_data("webauthn.create", challenge, self.origin, said), bytes(
            AttestationObject.create("none", told, {})
        )

    def facts(self, person: str, organisation: str) -> dict[str, str]:
        """The facts of a record that introduces it."""
        return {
            "organisation": organisation,
            "algorithm": self.public.algorithm.value,
            "public": self.public.raw.hex(),
            "holder": person,
            "origin": self.origin,
        }


def client_data(what: str, challenge: str, origin: str, said: Mapping[str, object]) -> bytes:
    """What a browser says of an act."""
    usual = {"type": what, "challenge": challenge, "origin": origin, "crossOrigin": False}
    return json.dumps({**usual, **said}, separators=(",", ":")).encode()


def accepted_by_others(made: Assertion, message: bytes, known: AttestedCredentialData, origin: str) -> bool:
    """Whether the verification that somebody else wrote accepts an assertion over a message."""
    party = PublicKeyCredentialRpEntity(id=relying_party(origin), name="")
    server, named = Fido2Server(party, verify_origin=origin.__eq__), websafe_encode(known.credential_id)
    state = {"challenge": websafe_encode(sha256(message).digest()), "user_verification": "required"}
    said = {
        "clientDataJSON": websafe_encode(made.client_data),
        "authenticatorData": websafe_encode(made.authenticator_data),
        "signature": websafe_encode(made.signature),
    }
    answer = {"id": named, "rawId": named, "type": "public-key", "response": said}
    try:
        server.authenticate_complete(state, [known], answer)
    except ValueError:
        return False
    return True


def cose_of(secret: EllipticCurvePrivateKey) -> ES256:
    """The public half of a key, as a device gives it (COSE)."""
    point = secret.public_key().public_numbers()
    return ES256({1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")})


@cache
def _secret(word: str) -> EllipticCurvePrivateKey:
    return derive_private_key(int.from_bytes(sha256(word.encode()).digest()[1:], "big") + 1, SECP256R1())
