"""A secret key in the memory of this process, as what signs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from meterward.core.ledger.keys import Algorithm, PublicKey

Secret: TypeAlias = Ed25519PrivateKey | MLDSA44PrivateKey


@dataclass(frozen=True)
class SecretKey:
    """See `Signer`."""

    secret: Secret = field(repr=False)

    @cached_property
    def public(self) -> PublicKey:
        """See `Signer.public`."""
        algorithm = Algorithm.ED25519 if isinstance(self.secret, Ed25519PrivateKey) else Algorithm.ML_DSA_44
        return PublicKey(algorithm, self.secret.public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """See `Signer.sign`."""
        return self.secret.sign(message)
