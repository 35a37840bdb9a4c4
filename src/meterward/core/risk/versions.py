"""Versions of products and software, compared where their order is known for certain, and not where it is not.

What is compared: numbers with dots (`4.3.8`), with service packs, updates and hotfixes after them (`V5.5 SP1`), and
Semantic Versioning with its pre-releases where a package manager keeps to it. Anything else is only ever equal to
itself: what a letter, a build or a release of a distribution means, its maker knows.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import Literal, TypeAlias

Scheme: TypeAlias = Literal["numbers", "semver", "text"]
"""By which rules versions are compared; by `text` none is before another."""
Order: TypeAlias = Literal[-1, 0, 1]

LONGEST = 200
_SCHEMES: dict[str, Scheme] = {
    **dict.fromkeys(("npm", "cargo", "golang", "hex", "swift", "semver"), "semver"),
    **dict.fromkeys(("deb", "rpm", "apk", "alpm", "ebuild", "qpkg"), "text"),
}
_STEP = r"(?:service pack|sp|fp|mp|update|upd|hotfix|hf|patch)"
_NUMBERS = re.compile(rf"v?(\d+(?:\.\d+)*)((?:\s*{_STEP}\s*\d+)*)", re.ASCII)
_ONE_STEP = re.compile(rf"({_STEP})\s*(\d+)", re.ASCII)
_SAME = {"service pack": "sp", "update": "upd", "hotfix": "hf"}
_PART = r"[0-9a-z-]+"
_SEMVER = re.compile(rf"v?(\d+\.\d+\.\d+)-({_PART}(?:\.{_PART})*)", re.ASCII | re.IGNORECASE)
_BUILD = re.compile(r"\+[0-9A-Za-z.-]+$", re.ASCII)


def scheme_of(kind: str) -> Scheme:
    """The rules for a type of a package URL, or of a range of versions."""
    return _SCHEMES.get(kind, "numbers")


def compare(one: str, other: str, scheme: Scheme = "numbers") -> Order | None:
    """Whether a version is before another (-1), the same (0) or after it (1); None if that cannot be told."""
    if len(one) > LONGEST or len(other) > LONGEST:
        return None
    one, other = _plain(one), _plain(other)
    if one.casefold() == other.casefold() and (scheme == "numbers" or one == other):
        return 0
    if scheme == "text":
        return None
    if scheme == "semver":
        one, other = _BUILD.sub("", one), _BUILD.sub("", other)
    first, second = _read(one, scheme), _read(other, scheme)
    if first is None or second is None:
        return None
    (numbers, early, steps), (others, other_early, other_steps) = first, second
    return _sign(numbers, others) or _early(early, other_early) or _steps(steps, other_steps)


_Early: TypeAlias = "tuple[str, ...]"
_Steps: TypeAlias = "tuple[tuple[str, int], ...]"


def _plain(version: str) -> str:
    return " ".join(version.replace("_", " ").split())


def _read(version: str, scheme: Scheme) -> tuple[tuple[int, ...], _Early, _Steps] | None:
    """The numbers of a version, of what it is a pre-release, and the steps after it."""
    if scheme == "semver" and (found := _SEMVER.fullmatch(version)):
        return _numbers(found[1]), tuple(found[2].split(".")), ()
    found = _NUMBERS.fullmatch(version.casefold())
    if not found:
        return None
    steps = tuple((_SAME.get(word, word), int(number)) for word, number in _ONE_STEP.findall(found[2]))
    return _numbers(found[1]), (), steps


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers between the dots; zeros at the end say nothing."""
    found = [int(one) for one in text.split(".")]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _sign(one: tuple[int, ...], other: tuple[int, ...]) -> Order:
    return 0 if one == other else -1 if one < other else 1


def _early(one: _Early, other: _Early) -> Order:
    """Pre-releases in order, all before what they are pre-releases of."""
    if not one or not other:
        return 0 if one == other else -1 if one else 1
    return _sign_early([*map(_rank, one)], [*map(_rank, other)])


def _sign_early(one: list[tuple[int, int, str]], other: list[tuple[int, int, str]]) -> Order:
    return 0 if one == other else -1 if one < other else 1


def _rank(part: str) -> tuple[int, int, str]:
    """A part of a pre-release: numbers by size, before all words, which go by their characters."""
    return (0, int(part), "") if part.isdecimal() else (1, 0, part)


def _steps(one: _Steps, other: _Steps) -> Order | None:
    """Service packs and the like: more of them is later; which of two different ones is later nobody can tell."""
    for mine, theirs in zip_longest(one, other):
        if mine is None or theirs is None:
            return -1 if mine is None else 1
        if mine[0] != theirs[0]:
            return None
        if mine[1] != theirs[1]:
            return -1 if mine[1] < theirs[1] else 1
    return 0
