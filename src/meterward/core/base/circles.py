"""Circles of things each of which lies in another: what is part of itself, over however many steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_NAMED = 3
MEND = "Say of one of them in what it really lies, or that it lies in nothing."
"""What opens a circle."""


def circles(around: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """Every circle, each from its first name in order of the alphabet on, then by what each lies in.

    `around` says of each thing in what it lies, if it lies in anything. One walk over all of them.
    """
    found: list[tuple[str, ...]] = []
    walked: dict[str, str] = {}
    for start in sorted(around):
        name: str | None = start
        while name is not None and name in around and name not in walked:
            walked[name] = start
            name = around[name]
        if name is not None and walked.get(name) == start:
            found.append(_from_first(outward(around, name)))
    return sorted(found)


def outward(around: Mapping[str, str | None], name: str) -> tuple[str, ...]:
    """A thing, what it lies in, what that lies in and so on, as far as something new comes."""
    way: dict[str, None] = {}
    step: str | None = name
    while step is not None and step in around and step not in way:
        way[step] = None
        step = around[step]
    return tuple(way)


def in_words(circle: Sequence[str]) -> str:
    """A circle as a sentence; of a long one the first few."""
    way = ", ".join(circle[1 : _MOST_NAMED + 1])
    more = f" and {len(circle) - 1 - _MOST_NAMED:,} more" if len(circle) > _MOST_NAMED + 1 else ""
    return f"{circle[0]} is part of itself{f', by way of {way}{more}' if way else ''}."


def _from_first(circle: tuple[str, ...]) -> tuple[str, ...]:
    place = circle.index(min(circle))
    return circle[place:] + circle[:place]
