"""A signature by a passkey: an assertion as WebAuthn (level 2) makes it, over the digest of what other keys sign.

It is verified as section 7.2 of WebAuthn says, by nothing but itself, the key, and the origin that the key is bound to.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from enum import IntEnum
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.hashes import SHA256

from meterward.core.base.exact_json import decode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

    from meterward.core.base.canonical import Json

_ORIGIN = re.compile(
    r"(?:https://|http://(?=localhost(?::|\Z)))([a-z0-9][a-z0-9.-]{0,90})(?::[1-9][0-9]{0,4})?", re.ASCII
)
_LENGTH_BYTES = 2
_AUTHENTICATOR_BYTES = 37
"""The digest of the relying party, flags, and a counter: no key and no extension, for none was asked for."""
_LONGEST_CLIENT_DATA = 4_096
_LONGEST_SIGNATURE = 72
_PRESENT, _VERIFIED, _MAY_BE_COPIED, _IS_COPIED, _HAS_KEY, _HAS_MORE = 0x01, 0x04, 0x08, 0x10, 0x40, 0x80
_FLAGS = 32
"""Where they stand, behind the digest of the relying party."""


class Step(IntEnum):
    """What an assertion has to show, in the order in which it is looked at."""

    WRITTEN = 1
    """It has its three parts, each as long as it can be, and nothing else."""
    CLIENT_DATA = 2
    """What the browser says is JSON that reads in one way."""
    TYPE = 3
    """It was made to show who somebody is, not to make a passkey."""
    CHALLENGE = 4
    """What was signed is the digest of this message."""
    ORIGIN = 5
    """It was made at the address that the key is bound to."""
    FRAME = 6
    """The page that asked for it stood in no page of somebody else."""
    RELYING_PARTY = 7
    """The device signed for the host of that address."""
    PERSON = 8
    """Somebody was there, and the device made sure who: by a PIN, a finger or a face."""
    FLAGS = 9
    """The device says nothing that contradicts itself, and nothing that was not asked for."""
    SIGNATURE = 10
    """The key signed all of that."""


class Assertion(NamedTuple):
    """What a device signed, what the browser told it, and the signature (ES256, in DER)."""

    authenticator_data: bytes
    client_data: bytes
    signature: bytes

    def written(self) -> bytes:
        """As a line has it: each part behind its length, of two bytes, the greater first."""
        return b"".join(len(part).to_bytes(_LENGTH_BYTES, "big") + part for part in self)


def read_assertion(data: bytes) -> Assertion | None:
    """The assertion that bytes are; None if they are none."""
    parts, rest = list[bytes](), data
    for _ in Assertion._fields:
        end = _LENGTH_BYTES + int.from_bytes(rest[:_LENGTH_BYTES], "big")
        parts.append(rest[_LENGTH_BYTES:end])
        if len(rest) < end:
            return None
        rest = rest[end:]
    made = Assertion(*parts)
    fits = (
        len(made.authenticator_data) == _AUTHENTICATOR_BYTES
        and 0 < len(made.client_data) <= _LONGEST_CLIENT_DATA
        and 0 < len(made.signature) <= _LONGEST_SIGNATURE
    )
    return made if fits and not rest else None


def relying_party(origin: str) -> str:
    """The host of the address at which passkeys are used, which they are made for; empty if it is no such address."""
    found = _ORIGIN.fullmatch(origin)
    return found[1] if found else ""


def challenge_of(message: bytes) -> str:
    """What a passkey is asked to sign where other keys sign a message, as the browser writes it."""
    return urlsafe_b64encode(sha256(message).digest()).decode().rstrip("=")


def failing_step(signature: bytes, message: bytes, origin: str, key: EllipticCurvePublicKey) -> Step | None:
    """The first step that a signature of a message by a passkey does not pass; None if it passes every one."""
    made = read_assertion(signature)
    if made is None:
        return Step.WRITTEN
    said = _client_data(made.client_data)
    if said is None:
        return Step.CLIENT_DATA
    flags, host = made.authenticator_data[_FLAGS], relying_party(origin)
    steps = {
        Step.TYPE: said.get("type") == "webauthn.get",
        Step.CHALLENGE: said.get("challenge") == challenge_of(message),
        Step.ORIGIN: bool(host) and said.get("origin") == origin,
        Step.FRAME: said.get("crossOrigin", False) is False and "topOrigin" not in said,
        Step.RELYING_PARTY: made.authenticator_data[:_FLAGS] == sha256(host.encode()).digest(),
        Step.PERSON: bool(flags & _PRESENT) and bool(flags & _VERIFIED),
        Step.FLAGS: not flags & (_HAS_KEY | _HAS_MORE) and (not flags & _IS_COPIED or bool(flags & _MAY_BE_COPIED)),
        Step.SIGNATURE: _signed(made, key),
    }
    return next((step for step, holds in steps.items() if not holds), None)


def _client_data(data: bytes) -> Mapping[str, Json] | None:
    try:
        found = decode(data)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _signed(made: Assertion, key: EllipticCurvePublicKey) -> bool:
    try:
        key.verify(made.signature, made.authenticator_data + sha256(made.client_data).digest(), ECDSA(SHA256()))
    except InvalidSignature:
        return False
    return True
