"""Keys that tests sign with, made of a word, so that every run has the same."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from meterward.core.ledger.keys import Algorithm, PublicKey


@dataclass(frozen=True, slots=True)
class TestSigner:
    """See `Signer`."""

    __test__ = False
    key: Ed25519PrivateKey | MLDSA44PrivateKey
    algorithm: Algorithm

    @property
    def public(self) -> PublicKey:
        """See `Signer.public`."""
        return PublicKey(self.algorithm, self.key.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """See `Signer.sign`."""
        return self.key.sign(message)


@cache
def ed25519(word: str) -> TestSigner:
    """An Ed25519 key."""
    return TestSigner(Ed25519PrivateKey.from_private_bytes(sha256(word.encode()).digest()), Algorithm.ED25519)


@cache
def ml_dsa_44(word: str) -> TestSigner:
    """An ML-DSA-44 key."""
    return TestSigner(MLDSA44PrivateKey.from_seed_bytes(sha256(word.encode()).digest()), Algorithm.ML_DSA_44)
