"""Which advisories are about which components of the system, why it is thought so, and how sure that is.

Both sides are looked up by key (a package, a CPE name, a product's name), so that the work grows with their numbers and
not with their product. Nothing is matched that only looks alike.
"""

from __future__ import annotations

from collections import defaultdict
from enum import IntEnum
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from meterward.core.risk.products import Cpe, Purl, maker_key, product_key, with_maker
from meterward.core.risk.version_ranges import UNSAID, Versions
from meterward.core.risk.versions import scheme_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Why: TypeAlias = Literal["purl", "cpe", "product_and_version", "product"]
Confidence: TypeAlias = Literal["certain", "likely", "possible"]
CONFIDENCES: tuple[Confidence, ...] = ("certain", "likely", "possible")
"""The surest first."""
_NO_PURL = Purl("", "", "")
_WHYS: tuple[Why, ...] = ("purl", "cpe", "product_and_version", "product")
Names: TypeAlias = tuple[tuple[str, str], ...]
"""Makers and products as somebody calls them; the maker is empty where it is not known."""


class Component(NamedTuple):
    """A product, or a component of software, as the system has it; by each of its names it may be found."""

    names: Names
    version: str = ""
    purl: Purl | None = None
    cpe: Cpe | None = None


class Product(NamedTuple):
    """A product in an advisory, with the versions that are meant, and the weaknesses that it has and has not."""

    vendor: str
    name: str
    versions: Versions = UNSAID
    purl: Purl | None = None
    cpe: Cpe | None = None
    affected: frozenset[str] = frozenset()
    unaffected: frozenset[str] = frozenset()
    """Weaknesses that these versions are free of, because they are fixed or never had them."""
    at_most: Confidence = "certain"
    """How sure a match with it can be: less where it is affected only as a part of something else."""


class Advisory(NamedTuple):
    """What somebody published of weaknesses: a document, or one entry of a catalogue."""

    name: str
    title: str
    products: tuple[Product, ...]


class Match(NamedTuple):
    """An advisory that is about a component, for these of its weaknesses."""

    advisory: Advisory
    component: Component
    why: Why
    confidence: Confidence
    weaknesses: frozenset[str]


class Agrees(IntEnum):
    """What two names have in common; the more, the higher."""

    NAME = 0
    MAKER_AND_NAME = 1
    CPE = 2
    PURL = 3


_Placed: TypeAlias = tuple[int, Product]
"""A product, and the place of its advisory."""


class _Found(NamedTuple):
    """A product that a component may be, and what of both agrees."""

    product: Product
    component: Component
    agrees: Agrees

    @property
    def meant(self) -> bool | None:
        """Whether the component's version is meant; None if that cannot be told."""
        kind = (self.component.purl or self.product.purl or _NO_PURL).type
        return self.product.versions.has(self.component.version, scheme_of(kind))

    @property
    def judged(self) -> tuple[Why, Confidence]:
        """What agrees, and how sure that makes it."""
        why, confidence = self._judged()
        return why, max(confidence, self.product.at_most, key=CONFIDENCES.index)

    def _judged(self) -> tuple[Why, Confidence]:
        meant = self.meant
        if self.agrees < Agrees.CPE:
            sure = self.agrees is Agrees.MAKER_AND_NAME and meant
            return ("product_and_version", "likely") if sure else ("product", "possible")
        why: Why = "purl" if self.agrees is Agrees.PURL else "cpe"
        if meant:
            return why, "certain"
        unsaid = not self.component.version or self.product.versions == UNSAID
        return why, "likely" if unsaid else "possible"


class Matcher:
    """The products of many advisories, to be asked for components."""

    def __init__(self, advisories: Sequence[Advisory]) -> None:
        self._advisories = advisories
        self.looked = 0
        """How many pairs of a component and a product were looked at so far."""
        self._exact: defaultdict[tuple[str, str, str], list[_Placed]] = defaultdict(list)
        """By package, or by CPE name: their first parts are never the same."""
        self._made: defaultdict[tuple[str, str], list[_Placed]] = defaultdict(list)
        self._named: defaultdict[str, list[_Placed]] = defaultdict(list)
        for place, advisory in enumerate(advisories):
            for product in advisory.products:
                self._add((place, product))

    def _add(self, placed: _Placed) -> None:
        product = placed[1]
        for one in (product.purl, product.cpe):
            if one:
                self._exact[one.key].append(placed)
        if key := product_key(product.name, product.vendor):
            self._made[maker_key(product.vendor), key].append(placed)
            self._named[key].append(placed)

    def matches(self, component: Component) -> Iterator[Match]:
        """Every advisory that is about a component, once, as sure as it can be."""
        found: defaultdict[int, dict[int, _Found]] = defaultdict(dict)
        for agrees, placed in self._candidates(component):
            self.looked += len(placed)
            for place, product in placed:
                known = found[place].get(id(product))
                if known is None or known.agrees < agrees:
                    found[place][id(product)] = _Found(product, component, agrees)
        for place in sorted(found):
            if match := _match(self._advisories[place], component, [*found[place].values()]):
                yield match

    def _candidates(self, component: Component) -> Iterator[tuple[Agrees, Sequence[_Placed]]]:
        if component.purl:
            yield Agrees.PURL, self._exact.get(component.purl.key, ())
        if component.cpe:
            yield Agrees.CPE, self._exact.get(component.cpe.key, ())
        for vendor, name in component.names:
            maker, key = maker_key(vendor), product_key(name, vendor)
            if maker:
                yield Agrees.MAKER_AND_NAME, self._made.get((maker, key), ())
                yield Agrees.NAME, self._made.get(("", key), ())
            else:
                yield Agrees.NAME, self._named.get(key, ())
                for split in with_maker(name):
                    yield Agrees.MAKER_AND_NAME, self._made.get(split, ())


def _match(advisory: Advisory, component: Component, found: Sequence[_Found]) -> Match | None:
    """What an advisory says of a component, if it has a weakness of which no product that it is, is free."""
    meant = [(one, one.meant) for one in found]
    free = _Free(one for one, sure in meant if sure)
    left: dict[tuple[Why, Confidence], set[str]] = {}
    for one, sure in meant:
        weak = {name for name in one.product.affected if not free.of(name, one)} if sure is not False else None
        if weak:
            left.setdefault(one.judged, set()).update(weak)
    if not left:
        return None
    why, confidence = min(left, key=lambda one: (CONFIDENCES.index(one[1]), _WHYS.index(one[0])))
    return Match(advisory, component, why, confidence, frozenset[str]().union(*left.values()))


class _Free:
    """The weaknesses that a component is free of, because a product that it is, in its version, is said to be."""

    def __init__(self, meant: Iterable[_Found]) -> None:
        self._agrees: dict[str, Agrees] = {}
        self._makers: defaultdict[str, set[str]] = defaultdict(set)
        for one in meant:
            for name in one.product.unaffected:
                self._agrees[name] = max(one.agrees, self._agrees.get(name, Agrees.NAME))
                self._makers[name].add(maker_key(one.product.vendor))

    def of(self, name: str, affected: _Found) -> bool:
        """Whether one that is free agrees at least as well; by a name alone only one of the same maker."""
        if name not in self._agrees or self._agrees[name] < affected.agrees:
            return False
        return self._agrees[name] > Agrees.NAME or maker_key(affected.product.vendor) in self._makers[name]
