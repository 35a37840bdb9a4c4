"""Look-alikes: names that differ only in capitals, and texts that differ only in how their characters are written."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from meterward.core.base.nearest import listed
from meterward.core.records.kinds.system_described import ELEMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from meterward.usecases.name_things import Names

_MOST_SHOWN = 4
"""So many characters of a difference are shown by their numbers."""


def alike_notes(names: Names, known: Collection[str]) -> Iterator[str]:
    """A note of the names of a file that differ only in capitals from each other, or from an element told before."""
    groups: dict[tuple[str, str], set[str]] = {}
    for space, name in names.by_space():
        groups.setdefault((space, name.casefold()), set()).add(name)
    for name in known:
        if (key := (ELEMENT, name.casefold())) in groups:
            groups[key].add(name)
    found = [" and ".join(sorted(one)) for one in groups.values() if len(one) > 1]
    if found:
        yield f"Names that differ only in capitals are of different things; write them alike if not: {listed(found)}."


def look_alike(text: str, other: str) -> str:
    """How two texts differ that look the same, as a sentence that follows another; empty if they look different."""
    if unicodedata.normalize("NFKC", text) != unicodedata.normalize("NFKC", other):
        return ""
    begins = _in_common(text, other)
    rest, rest_of_other = text[begins:], other[begins:]
    ends = _in_common(rest[::-1], rest_of_other[::-1])
    numbers = (_numbers(one[: len(one) - ends]) for one in (rest, rest_of_other))
    return " They look the same, and are written with other characters: {} and {}.".format(*numbers)


def _in_common(text: str, other: str) -> int:
    """With how many of the same characters two texts begin."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((place for place, (one, another) in pairs if one != another), min(len(text), len(other)))


def _numbers(text: str) -> str:
    shown = " ".join(f"U+{ord(one):04X}" for one in text[:_MOST_SHOWN])
    return f"{shown} …" if len(text) > _MOST_SHOWN else shown or "nothing"
