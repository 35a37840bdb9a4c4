"""Digests and ids as facts have them: 64 hex digits in lower case."""

from __future__ import annotations

_DIGITS = 64
_HEX = frozenset("0123456789abcdef")


def is_digest(text: str) -> bool:
    """Whether a text is a SHA-256 as this product writes it."""
    return len(text) == _DIGITS and _HEX.issuperset(text)
