"""Base 64 (RFC 4648, section 4), read so that one text stands for some bytes and no other does."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error


def to_base64(data: bytes) -> str:
    """Bytes as text, with padding."""
    return b64encode(data).decode()


def from_base64(text: str) -> bytes | None:
    """The bytes of a text; None if it is not the one text that they are written as.

    The last sign may have bits that no byte takes up; the standard library passes over whatever they say.
    """
    try:
        data = b64decode(text, validate=True)
    except (Error, ValueError):
        return None
    return data if to_base64(data) == text else None
