"""The name that was probably meant."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """A question to begin a hint with, if one of the known names is near to this one; else empty."""
    found = get_close_matches(name, list(known), 1)
    return f"Did you mean {found[0]}? " if found else ""
