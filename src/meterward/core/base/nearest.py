"""Names to offer where one is not known: the one that was probably meant, and those that there are."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_MOST_COMPARED = 500
"""Comparing costs time for each name, and a list in a record may have thousands."""
_MOST_LISTED = 10


def nearest(name: str, known: Iterable[str]) -> str:
    """A question to begin a hint with, if one of the known names is near to this one; else empty."""
    found = get_close_matches(name, list(islice(known, _MOST_COMPARED)), 1)
    return f"Did you mean {found[0]}? " if found else ""


def listed(known: Collection[str]) -> str:
    """The names, or the first ten and how many more there are."""
    names = ", ".join(islice(known, _MOST_LISTED))
    more = len(known) - _MOST_LISTED
    return f"{names} and {more:,} more" if more > 0 else names or "none"
