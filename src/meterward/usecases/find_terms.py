"""What entries are found by: the terms of an entry, and what a search asks of them. Every store answers by these.

An entry is found when it has a term of each group that is asked for. Exact terms (`k=` kind, `s=` subject, `p=` person,
`d=` day, `i=` id) contain a sign that no word does, so that nothing in a text passes for one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import Hit, Wanted

MOST_TERMS = 20_000
"""So many different terms of an entry are kept; what a longer one says beyond is not found by."""
MOST_WORDS = 12
"""So many words of a search count."""
_LONGEST = 60
_SHORTEST_BEGINNING = 2
"""A single letter is looked up as a word of its own, not as the beginning of half of all words."""
_LONGEST_NAME = 1_000
_ODD = re.compile(r"[^a-z0-9._/()-]")
_ID_DIGITS = 16
"""So many digits of an id tell it from every other."""
_FEWEST_ID_DIGITS = 4
_WHOLE = re.compile(r"[^\W_]+(?:[-._/'()]+[^\W_]+)*")
_MOST_KNOWN = 4_096
"""So many names and words are not taken apart again each time."""
_PART = re.compile(r"[^\W_]+")
_HEX = re.compile(r"[0-9a-f]+")


class Term(NamedTuple):
    """A term that is asked for, or the beginning of one."""

    text: str
    begins: bool = False

    def fits(self, terms: Iterable[str]) -> bool:
        """Whether it is among some terms."""
        return any(one.startswith(self.text) for one in terms) if self.begins else self.text in terms


Groups: TypeAlias = list[list[Term]]
"""What is asked for: of each group, one term."""


def terms_of(hit: Hit, line: Mapping[str, Json]) -> list[str]:
    """The terms of an entry, of which `line` has the texts and files."""
    names = [
        f"k={hit.kind}",
        f"s={exact(hit.subject)}",
        f"p={exact(hit.person)}",
        f"d={_digits(hit.occurred)}",
        f"i={hit.id[:_ID_DIGITS]}",
    ]
    for name in (hit.kind, hit.subject, hit.person, hit.role):
        names.extend(_in_name(name))
    found = dict.fromkeys(names)
    for text in _said(line):
        for word in _words(text):
            found |= dict.fromkeys(_in_word(word))
            if len(found) > MOST_TERMS:
                return list(found)[:MOST_TERMS]
    return list(found)


def groups_of(wanted: Wanted) -> Groups:
    """What a search asks of the terms of an entry. An empty group is never met: words were typed that are none."""
    groups = [_word(word) for word in _words(wanted.words)[:MOST_WORDS]]
    if wanted.words.strip() and not groups:
        groups = [[]]
    if wanted.kinds:
        groups.append([Term(f"k={exact(kind)}") for kind in wanted.kinds])
    if wanted.subject:
        groups.append([Term(f"s={exact(wanted.subject)}")])
    if wanted.person:
        groups.append([Term(f"p={exact(wanted.person)}")])
    if wanted.first or wanted.last:
        groups.append([Term(f"d={begin}", begins=True) for begin in _days(wanted.first, wanted.last)])
    return groups


def fits(groups: Groups, terms: frozenset[str]) -> bool:
    """Whether an entry with some terms is what is asked for."""
    return all(any(term.fits(terms) for term in group) for group in groups)


def _word(word: str) -> list[Term]:
    found = [Term(word[:_LONGEST], begins=len(word) >= _SHORTEST_BEGINNING)]
    if len(word) >= _FEWEST_ID_DIGITS and _HEX.fullmatch(word):
        found.append(Term(f"i={word[:_ID_DIGITS]}", begins=True))
    return found


@lru_cache(_MOST_KNOWN)
def _in_name(name: str) -> tuple[str, ...]:
    """The terms of a name, which many entries have."""
    return tuple(term for word in _words(name) for term in _in_word(word))


@lru_cache(_MOST_KNOWN)
def _in_word(word: str) -> tuple[str, ...]:
    """The terms of a word: the whole, and its parts."""
    return word[:_LONGEST], *(part[:_LONGEST] for part in _PART.findall(word))


def _said(line: Mapping[str, Json]) -> Iterator[str]:
    """The texts of a line, and the names of its files."""
    texts, files = line.get("text"), line.get("files")
    if isinstance(texts, dict):
        yield from (text for text in texts.values() if isinstance(text, str))
    if isinstance(files, dict):
        yield from files


def exact(name: str) -> str:
    """A name in signs that every full-text table keeps as they are, and different for different names.

    Such tables fold capitals and end a term at a space; those of a name are written out.
    """
    return _ODD.sub(lambda sign: f"^{ord(sign[0]):x}^", name)[:_LONGEST_NAME]


def _words(text: str) -> list[str]:
    """The words of a text, without case and accents; one with a hyphen, a dot or a slash inside stays whole."""
    if text.isascii():
        return list(dict.fromkeys(_WHOLE.findall(text.lower())))
    plain = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())  # noqa: RUF001 - as it is printed
    return list(dict.fromkeys(_WHOLE.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))))


def _digits(day: date) -> str:
    return day.isoformat().replace("-", "")


def _days(first: date | None, last: date | None) -> list[str]:
    """Beginnings such as `2013` or `201404` that together cover a span of days, and no other day."""
    low, high = _digits(first) if first else "0" * 8, _digits(last) if last else "9" * 8
    return list(_cover(low, high)) if low <= high else []


def _cover(low: str, high: str) -> Iterator[str]:
    """The fewest beginnings of numbers of the same length from `low` to `high`."""
    same = next((place for place, (a, b) in enumerate(zip(low, high, strict=True)) if a != b), len(low))
    stem, low, high = low[:same], low[same:], high[same:]
    if not low.strip("0") and not high.strip("9"):
        yield stem
        return
    yield from (f"{stem}{low[0]}{rest}" for rest in _cover(low[1:], "9" * len(low[1:])))
    yield from (f"{stem}{digit}" for digit in range(int(low[0]) + 1, int(high[0])))
    yield from (f"{stem}{high[0]}{rest}" for rest in _cover("0" * len(high[1:]), high[1:]))
