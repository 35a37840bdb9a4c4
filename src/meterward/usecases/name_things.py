"""Name things: the subjects and names that the words of an inventory become, each always the same one."""

from __future__ import annotations

import re
import unicodedata
from hashlib import sha256
from typing import TYPE_CHECKING

from meterward.core.records.values import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 64
_MARK = 8
_FOREIGN = re.compile(r"[^A-Za-z0-9._()]+")
_ENDS = "-._)"


def slug(text: str) -> str:
    """The name that a text becomes; empty if nothing of it can stand in one. A name stays what it is.

    Accents fall away, and what a name cannot have becomes a hyphen. It depends on the text alone, so that the same file
    gives the same names again; what is too long ends in a mark of the whole of it.
    """
    if NAME.fullmatch(text):
        return text
    folded = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    found = _FOREIGN.sub("-", folded).lstrip("-._()").rstrip("-")
    if len(found) > _LONGEST:
        mark = sha256(text.encode()).hexdigest()[:_MARK]
        found = f"{found[: _LONGEST - _MARK - 1].rstrip(_ENDS)}-{mark}"
    return found


def subject(space: str, text: str) -> str:
    """The subject that a text becomes in a namespace; empty if there is none."""
    tail = text.removeprefix(f"{space}/")
    named = f"{space}/{tail}"
    if NAME.fullmatch(named):
        return named
    found = slug(tail)
    named = f"{space}/{found}"
    return named if found and NAME.fullmatch(named) else f"{space}/{slug(tail.replace('/', ' '))}" if found else ""


def joined(space: str, parts: list[str]) -> str:
    """The subject of what has no name of its own, from what makes it what it is."""
    found = slug(" ".join(parts))
    return f"{space}/{found}" if found else ""


def tail(name: str) -> str:
    """A subject without its namespace."""
    return name.partition("/")[2]


class Names:
    """Which texts became which names, so that two that become the same are found."""

    def __init__(self) -> None:
        self._texts: dict[tuple[str, str], str] = {}

    def clash(self, space: str, name: str, text: str) -> str:
        """The other text that became this name; empty if there is none."""
        first = self._texts.setdefault((space, name), text)
        return "" if first == text else first

    def by_space(self) -> Iterator[tuple[str, str]]:
        """Every name, with its namespace before it."""
        return iter(self._texts)
