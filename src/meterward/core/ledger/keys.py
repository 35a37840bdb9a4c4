"""Public keys, and what signs: Ed25519 (RFC 8032), ML-DSA-44 (FIPS 204), and passkeys (WebAuthn with ES256).

A key's secret half is an adapter's affair; nothing here sees one. Whatever can sign fits `Signer`: a key in a file, a
service, a device.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import Protocol, TypeAlias

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from meterward.core.ledger.assertion import failing_step, relying_party

Loaded: TypeAlias = Ed25519PublicKey | MLDSA44PublicKey | EllipticCurvePublicKey


class Algorithm(StrEnum):
    """How a key signs."""

    ED25519 = "ed25519"
    ML_DSA_44 = "ml-dsa-44"
    WEBAUTHN_ES256 = "webauthn-es256"
    """A passkey, which signs by an assertion, at one address only."""

    @property
    def key_length(self) -> int:
        """How many bytes a public key has; that of a passkey is a point, compressed as SEC 1 has it."""
        return {Algorithm.ED25519: 32, Algorithm.ML_DSA_44: 1_312, Algorithm.WEBAUTHN_ES256: 33}[self]


_SIGNATURE_LENGTHS = {Algorithm.ED25519: 64, Algorithm.ML_DSA_44: 2_420}
"""How many bytes a signature has; that of a passkey has no one length."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key: its algorithm, and its bytes as the standard writes them."""

    algorithm: Algorithm
    raw: bytes
    origin: str = ""
    """The address at which a passkey signs, such as https://meterward.example."""

    @property
    def id(self) -> str:
        """The SHA-256 of the key as SubjectPublicKeyInfo (RFC 5280) in DER, and of its origin behind, in hex."""
        return _id(self)

    def is_whole(self) -> bool:
        """Whether it is a key at all."""
        is_passkey = self.algorithm is Algorithm.WEBAUTHN_ES256
        fits = bool(relying_party(self.origin)) if is_passkey else not self.origin
        return fits and len(self.raw) == self.algorithm.key_length and _loaded(self) is not None

    def verifies(self, signature: bytes, message: bytes) -> bool:
        """Whether this key signed a message."""
        key = _loaded(self)
        if isinstance(key, EllipticCurvePublicKey):
            return failing_step(signature, message, self.origin, key) is None
        if key is None or len(signature) != _SIGNATURE_LENGTHS[self.algorithm]:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


class Signer(Protocol):
    """Something that signs: its public key, and a signature of a message by it."""

    @property
    def public(self) -> PublicKey:
        """By which the signatures are verified."""

    def sign(self, message: bytes) -> bytes:
        """The signature of a message."""


@lru_cache(maxsize=1_000)
def _loaded(key: PublicKey) -> Loaded | None:
    try:
        if key.algorithm is Algorithm.ED25519:
            return Ed25519PublicKey.from_public_bytes(key.raw)
        if key.algorithm is Algorithm.WEBAUTHN_ES256:
            return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key.raw)
        return MLDSA44PublicKey.from_public_bytes(key.raw)
    except ValueError:
        return None


@lru_cache(maxsize=1_000)
def _id(key: PublicKey) -> str:
    loaded = _loaded(key)
    if loaded is None:
        raise ValueError("this is not a key")
    info = loaded.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return sha256(info + key.origin.encode()).hexdigest()
