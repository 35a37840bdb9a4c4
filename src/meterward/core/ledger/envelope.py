"""A signed statement as others read it: DSSE, the Dead Simple Signing Envelope, version 1.

What is signed says of what type it is, so that a signature of one thing never passes for one of another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.base64 import from_base64, to_base64

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.ledger.keys import Signer

PAYLOAD_TYPE = "application/vnd.in-toto+json"
_VERSION = "DSSEv1"
_PARTS = {"payload", "payloadType", "signatures"}
_OF_SIGNATURE = {"keyid", "sig"}


def signed_bytes(payload: bytes, payload_type: str = PAYLOAD_TYPE) -> bytes:
    """The bytes that are signed: version, type and payload, the last two with their lengths."""
    kind = payload_type.encode()
    return b"%s %d %s %d %s" % (_VERSION.encode(), len(kind), kind, len(payload), payload)


def sign(payload: bytes, signer: Signer) -> tuple[str, bytes]:
    """The id of a key, and its signature of a payload."""
    return signer.public.id, signer.sign(signed_bytes(payload))


def envelope(payload: bytes, signatures: Mapping[str, bytes]) -> dict[str, Json]:
    """A payload with its signatures by the ids of their keys, as JSON."""
    signed: list[Json] = [{"keyid": key, "sig": to_base64(signatures[key])} for key in sorted(signatures)]
    return {"payload": to_base64(payload), "payloadType": PAYLOAD_TYPE, "signatures": signed}


def opened(found: Json) -> tuple[bytes, dict[str, bytes]] | None:
    """The payload and the signatures of an envelope; None if it is not one of ours. No signature is verified here."""
    if not isinstance(found, dict) or set(found) != _PARTS or found["payloadType"] != PAYLOAD_TYPE:
        return None
    payload, listed = found["payload"], found["signatures"]
    body = from_base64(payload) if isinstance(payload, str) else None
    signatures = [_signature(one) for one in listed] if isinstance(listed, list) else []
    there = dict(one for one in signatures if one)
    if body is None or not there or len(there) != len(signatures):
        return None
    return body, there


def _signature(found: Json) -> tuple[str, bytes] | None:
    if not isinstance(found, dict) or set(found) != _OF_SIGNATURE:
        return None
    key, text = found["keyid"], found["sig"]
    value = from_base64(text) if isinstance(text, str) else None
    return (key, value) if isinstance(key, str) and value is not None else None
