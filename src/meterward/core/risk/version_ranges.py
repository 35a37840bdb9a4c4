"""Ranges of versions, as advisories write them: in `vers`, with signs (`>= V7.80 < V9.30`), or as a list."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias
from urllib.parse import unquote

from meterward.core.risk.versions import Scheme, compare, scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 2_000
_ALL = frozenset(("", "*", "all", "any", "all versions"))
_VERS = re.compile(r"vers:([a-z0-9.+-]+)/(.*)", re.IGNORECASE | re.DOTALL)
_EVERY = re.compile(r"all\b(?:\s\w+)?\s*versions?\b", re.IGNORECASE)
_PRIOR = re.compile(r"(?:prior to|before|earlier than)\s+", re.IGNORECASE)
_SIGNS = frozenset((">=", "<=", "!=", "<", ">", "="))
_TOKEN = re.compile(r"[<>=!]=?|[|,]|[^<>=!|,]+")
_FROM_TO = re.compile(r"\s*(v?\d+\.[\d.]*)\s*-\s*(v?\d+\.[\d.]*)\s*", re.IGNORECASE | re.ASCII)


class Bound(NamedTuple):
    """A version with the sign before it."""

    sign: str
    version: str


_Span: TypeAlias = tuple[Bound | None, Bound | None]


class Versions(NamedTuple):
    """A range: `[low, high]` pairs, single versions as pairs of the same, and versions that are taken out of it."""

    spans: tuple[_Span, ...]
    holes: tuple[str, ...] = ()
    scheme: Scheme | None = None
    """By which rules it is compared, if it says so."""
    understood: bool = True

    def has(self, version: str, scheme: Scheme = "numbers") -> bool | None:
        """Whether a version lies in it; None if that cannot be told."""
        if self == EVERY:
            return True
        if not version or not self.spans:
            return None
        scheme = self.scheme or scheme
        inside = _any(_in_span(span, version, scheme) for span in self.spans)
        hole = _any(_same(one, version, scheme) for one in self.holes)
        return _all(inside, None if hole is None else not hole)


EVERY = Versions(((None, None),))
"""All versions that there are."""
UNSAID = Versions(())
"""Nothing is said of versions."""
UNKNOWN = Versions((), understood=False)
"""Something is said that is not understood."""


def exactly(version: str) -> Versions:
    """One version alone."""
    return Versions(((Bound(">=", version), Bound("<=", version)),))


@lru_cache(maxsize=4_096)
def read_range(text: str) -> Versions:
    """The range that a text is; unknown where it says more than versions, or in an order that makes no sense."""
    if len(text) > LONGEST:
        return UNKNOWN
    scheme: Scheme | None = None
    if found := _VERS.fullmatch(text.strip()):
        scheme, text = _scheme(found[1].casefold()), unquote(found[2])
    text = " ".join(text.replace("_", " ").split())
    rest = _EVERY.sub("", text, count=1).strip() if _EVERY.match(text) else text
    if rest.casefold() in _ALL:
        return EVERY
    if rest != text and not (rest[0] in "<>=!" or _PRIOR.match(rest)):
        # All versions with something, or under some condition, are not all versions.
        return UNKNOWN
    rest = _PRIOR.sub("<", rest, count=1) if _PRIOR.match(rest) else rest
    return _of_bounds(rest)._replace(scheme=scheme)


def _scheme(kind: str) -> Scheme | None:
    return None if kind == "all" else scheme_of(kind)


def _of_bounds(text: str) -> Versions:
    found = _FROM_TO.fullmatch(text)
    if found and found[1].count(".") == found[2].count("."):
        text = f">={found[1]}<={found[2]}"
    bounds = _bounds(text)
    if not bounds or any(compare(one.version, other.version) == 1 for one, other in pairwise(bounds)):
        return UNKNOWN
    return _joined(bounds)


def _bounds(text: str) -> list[Bound]:
    """Each version with the sign before it; none if signs and versions do not alternate."""
    bounds, sign = list[Bound](), ""
    for token in _TOKEN.findall(text):
        if token in ("|", ","):
            continue
        if token in _SIGNS:
            if sign:
                return []
            sign = token
        elif version := token.strip():
            bounds.append(Bound(sign or "=", version))
            sign = ""
    return [] if sign else bounds


def _joined(bounds: list[Bound]) -> Versions:
    """Bounds in ascending order as spans: what opens one is closed by the next that closes."""
    spans, low = list[_Span](), None
    for one in bounds:
        if one.sign == "!=":
            continue
        opens = one.sign[0] == ">"
        if (low and one.sign[0] != "<") or (spans and not low and one.sign[0] == "<"):
            # Two beginnings, or two ends, in a row: one of them means something else than it says.
            return UNKNOWN
        if not opens:
            spans.append(_span(low, one))
        low = one if opens else None
    holes = tuple(one.version for one in bounds if one.sign == "!=")
    if low or (holes and not spans):
        spans.append((low, None))
    return Versions(tuple(spans), holes)


def _span(low: Bound | None, one: Bound) -> _Span:
    return (low, one) if one.sign != "=" else (Bound(">=", one.version), Bound("<=", one.version))


def _in_span(span: _Span, version: str, scheme: Scheme) -> bool | None:
    low, high = span
    if low and high and (low.sign, high.sign) == (">=", "<=") and low.version == high.version:
        return _same(low.version, version, scheme)
    above = _holds(compare(version, low.version, scheme), low.sign) if low else True
    below = _holds(compare(version, high.version, scheme), high.sign) if high else True
    return _all(above, below)


def _holds(order: int | None, sign: str) -> bool | None:
    if order is None:
        return None
    return (order > 0) == (sign[0] == ">") if order else "=" in sign


def _same(one: str, other: str, scheme: Scheme) -> bool | None:
    """Whether two versions are the same; where only the text counts, another text is another version."""
    order = compare(one, other, scheme)
    return False if order is None and scheme == "text" else None if order is None else order == 0


def _all(*found: bool | None) -> bool | None:
    """Whether all are true; unknown if none is false and some are unknown."""
    return False if False in found else None if None in found else True


def _any(found: Iterable[bool | None]) -> bool | None:
    """Whether one is true; unknown if none is and some are unknown."""
    answers = set(found)
    return True if True in answers else None if None in answers else False
