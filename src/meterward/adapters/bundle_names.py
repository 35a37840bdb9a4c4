"""What holds for a bundle wherever it lies: which names its files may have, and how they are looked up."""

from __future__ import annotations

import os
import re
import weakref
from bisect import bisect_left
from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

MOST_FILES = 3_000_000
"""A bundle has at most so many files: their names are held in memory."""
MOST_PARTS = 20
LONGEST_NAME = 255
_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII)
AGAIN = "Get the bundle again from whoever made it, and do not mend it by hand: what was changed proves nothing."


def wrong(name: str, message: str, hint: str = AGAIN) -> Problem:
    """A problem with one item of a bundle, by its name."""
    return Problem(Code.BUNDLE_INVALID, message, hint, name)


def unreadable(name: str, error: OSError) -> Problem:
    """A problem with what the system does not let anybody read."""
    hint = "Check who may read it, and the disk; then verify it again."
    return Problem(Code.FILE_UNREADABLE, f"It cannot be read: {error.strerror or error}.", hint, name)


def too_many(name: str) -> Problem:
    """The problem of more files than are held in memory."""
    hint = "Ask for several bundles, each of a shorter period."
    return wrong(name, f"The bundle has more than {MOST_FILES:,} files.", hint)


def unfit(name: str) -> str:
    """Why no file of a bundle has that name, to go on from “Its name”; empty if it may."""
    parts = name.split("/")
    if len(name) <= LONGEST_NAME and len(parts) <= MOST_PARTS and all(map(_PART.fullmatch, parts)):
        return ""
    reasons = (
        (len(name) > LONGEST_NAME, f"has more than {LONGEST_NAME} characters"),
        (len(parts) > MOST_PARTS, f"has more than {MOST_PARTS} parts"),
        (name.startswith("/"), "begins at the root of the disk"),
        (".." in parts, "climbs out of the bundle"),
        (any(part.startswith(".") for part in parts), "has a part that begins with a full stop"),
        ("" in parts, "has an empty part"),
    )
    other = "has characters other than letters, digits, full stop, hyphen and underscore"
    return next((reason for holds, reason in reasons if holds), other)


def folders_of(name: str) -> list[str]:
    """The folders in which a file of that name lies, the outermost first."""
    return [name[:place] for place, letter in enumerate(name) if letter == "/"]


class Listing:
    """The files of a bundle by name, as little of each as can be: there may be millions."""

    def __init__(self, names: Sequence[str], sizes: array[int]) -> None:
        self.names = tuple(names)
        """Sorted, each once."""
        self.sizes = sizes
        """In the same order."""

    def place(self, name: str) -> int:
        """The place of a file among the names; `KeyError` if there is none of that name."""
        place = bisect_left(self.names, name)
        if place == len(self.names) or self.names[place] != name:
            raise KeyError(name)
        return place

    def size(self, name: str) -> int:
        """The size of a file; `KeyError` if there is none of that name."""
        return self.sizes[self.place(name)]


class Handle:
    """An open descriptor, closed when nobody refers to it any more."""

    def __init__(self, number: int) -> None:
        self.number = number
        weakref.finalize(self, os.close, number)
