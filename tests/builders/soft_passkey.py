"""A passkey in memory: answers what a page asks a browser for, as WebAuthn has it, with a key of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

ORIGIN = "http://localhost"
_PRESENT, _VERIFIED = AuthenticatorData.FLAG.UP, AuthenticatorData.FLAG.UV


@dataclass
class SoftPasskey:
    """One passkey; `verified` is whether it asked who holds it."""

    verified: bool = True
    origin: str = ORIGIN
    id: bytes = b"a passkey in memory"
    owner: str = ""
    _key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, asked: dict[str, Any]) -> str:
        """What a browser sends of a passkey that was just made."""
        options = asked["publicKey"]
        self.owner = options["user"]["id"]
        public = ES256.from_cryptography_key(self._key.public_key())  # type: ignore[no-untyped-call] # fido2 has it so
        kept = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        told = self._told(options["rp"]["id"], AuthenticatorData.FLAG.AT, kept)
        client = self._client(CollectedClientData.TYPE.CREATE, options["challenge"])
        response = {"clientDataJSON": client, "attestationObject": AttestationObject.create("none", told, {})}
        return self._sent(response, {"credProps": {"rk": True}})

    def show(self, asked: dict[str, Any]) -> str:
        """What a browser sends of a passkey that was shown."""
        options = asked["publicKey"]
        told = self._told(options["rpId"])
        client = self._client(CollectedClientData.TYPE.GET, options["challenge"])
        signature = self._key.sign(bytes(told) + sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {"clientDataJSON": client, "authenticatorData": told, "signature": signature}
        return self._sent(response, {}, userHandle=self.owner)

    def _told(self, party: str, more: int = 0, kept: bytes = b"") -> AuthenticatorData:
        flags = _PRESENT | (_VERIFIED if self.verified else 0) | more
        return AuthenticatorData(bytes(AuthenticatorData.create(sha256(party.encode()).digest(), flags, 0, kept)))

    def _client(self, sort: str, challenge: str) -> CollectedClientData:
        return CollectedClientData.create(type=sort, challenge=challenge, origin=self.origin)

    def _sent(self, response: dict[str, bytes], extensions: dict[str, Any], **more: str) -> str:
        identity = websafe_encode(self.id)
        parts = {name: websafe_encode(bytes(value)) for name, value in response.items()} | more
        sent = {"id": identity, "rawId": identity, "type": "public-key", "response": parts}
        return json.dumps({**sent, "clientExtensionResults": extensions})
