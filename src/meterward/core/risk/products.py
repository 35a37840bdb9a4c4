"""What tells products and software components apart: package URLs, CPE names, and the names of makers and products."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 2_000
_LONGEST_NAME = 300
_FOLDED = frozenset(("pypi", "github", "bitbucket", "golang", "composer", "deb", "rpm"))
"""Types of packages in whose names capitals say nothing."""
_FORM = frozenset(("inc", "ltd", "limited", "llc", "gmbh", "ag", "se", "sa", "plc", "corp", "corporation", "co"))
"""What a maker is in law; it stands at the end of its name, or is left out."""
_WORDS = re.compile(r"[^\W_]+")
_URI_PARTS, _FORMATTED_PARTS = 4, 13
_MOST_FRONT = 4
"""A maker's name has at most so many words where it stands in front of a product's."""
_ANY = frozenset(("", "*", "-"))
_SPLIT = re.compile(r"(?<!\\):")


class Purl(NamedTuple):
    """A package URL, without what it says of a build."""

    type: str
    namespace: str
    name: str
    version: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, whatever its version."""
        return self.type, self.namespace, self.name


class Cpe(NamedTuple):
    """A CPE name: an application, an operating system or hardware, of a maker. An empty version is any."""

    part: str
    vendor: str
    product: str
    version: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What it is, whatever its version."""
        return self.part, self.vendor, self.product


def read_purl(text: str) -> Purl | None:
    """The package that a URL names; None if it is not one."""
    text = text.strip()
    if text[:4].casefold() != "pkg:" or len(text) > LONGEST:
        return None
    rest = text[4:].lstrip("/").partition("#")[0].partition("?")[0].rstrip("/")
    kind, slash, rest = rest.partition("/")
    path, at, version = rest.rpartition("@")
    if not at or "/" in version:
        path, version = rest, ""
    parts = [_unquoted(part) for part in path.split("/") if part]
    if not slash or not kind or not parts:
        return None
    space, name = "/".join(parts[:-1]), parts[-1]
    kind = kind.casefold()
    if kind in _FOLDED:
        space, name = space.casefold(), name.casefold()
    return Purl(kind, space, name.replace("_", "-") if kind == "pypi" else name, _unquoted(version))


def _unquoted(text: str) -> str:
    return unquote(text) if "%" in text else text


def read_cpe(text: str) -> Cpe | None:
    """The product that a CPE name of version 2.2 or 2.3 names; None if it is not one, or names no product."""
    text = text.strip()
    if len(text) > LONGEST:
        return None
    if text.casefold().startswith("cpe:2.3:"):
        parts = [re.sub(r"\\(.)", r"\1", part) for part in _SPLIT.split(text)[2:]]
        found = parts[:4] if len(parts) == _FORMATTED_PARTS - 2 else []
    elif text.casefold().startswith("cpe:/"):
        found = [unquote(part) for part in text[5:].split(":")][:_URI_PARTS]
        found += [""] * (_URI_PARTS - len(found))
    else:
        return None
    if not found or found[0] not in ("a", "o", "h") or _ANY.intersection(found[1:3]):
        return None
    part, vendor, product, version = found
    return Cpe(part, vendor.casefold(), product.casefold(), "" if version in _ANY else version)


@lru_cache(maxsize=65_536)
def maker_key(name: str) -> str:
    """A maker's name without spelling: no capitals, no signs, and not what it is in law."""
    words = _words(name)
    while len(words) > 1 and words[-1] in _FORM:
        words.pop()
    return "".join(words)


@lru_cache(maxsize=65_536)
def product_key(name: str, maker: str = "") -> str:
    """A product's name without spelling, its order number in parentheses at the end, and its maker in front."""
    theirs = maker_key(maker)
    words = _product_words(name)
    if not theirs:
        return "".join(words)
    return next((key for front, key in _splits(words) if front == theirs), "".join(words))


def with_maker(name: str) -> Iterator[tuple[str, str]]:
    """The makers and products that a name can be, if it begins with its maker's name."""
    return _splits(_product_words(name))


def _splits(words: list[str]) -> Iterator[tuple[str, str]]:
    for place in range(1, min(len(words), _MOST_FRONT + 1)):
        yield "".join(words[:place]), "".join(words[place:])


def _product_words(name: str) -> list[str]:
    """The words of a product's name, without what stands in parentheses at its end."""
    short = name[:_LONGEST_NAME].rstrip()
    front = short[: short.rfind("(")] if short.endswith(")") and "(" in short else short
    return _words(front) or _words(short)


def _words(name: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKD", name[:_LONGEST_NAME]).casefold())
