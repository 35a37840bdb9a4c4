"""CISA's catalogue of known exploited vulnerabilities, as JSON: makers and products, and no versions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from meterward.adapters.threats.shape import Shape
from meterward.core.risk.matching import Advisory, Product

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.adapters.inventories.json_tree import Tree
    from meterward.adapters.threats.shape import Group
    from meterward.core.base.problem import Problem

_CVE = re.compile(r"CVE-\d{4}-\d{4,19}", re.ASCII)
_MANY = re.compile(r",\s*and\s+|,\s*|\s+and\s+")
_ANY = frozenset(("multiple products", "multiple devices", "multiple chipsets", "mobile devices"))


class Catalogue(NamedTuple):
    """The entries of the catalogue, and how many of them name no product."""

    advisories: tuple[Advisory, ...]
    nameless: int


def is_kev(tree: Group) -> bool:
    """Whether a file is such a catalogue."""
    return "catalogVersion" in tree and "vulnerabilities" in tree


def read_kev(tree: Group, name: str) -> Catalogue | list[Problem]:
    """The catalogue, or what is wrong with it."""
    shape = Shape(name)
    rows = shape.groups(tree["vulnerabilities"], "vulnerabilities")
    found = [one for row, path in rows if (one := _entry(shape, row, path))]
    _counted(shape, tree.get("count"), len(rows))
    twice = {one.name for one in found} if len({one.name for one in found}) < len(found) else set()
    for place, one in enumerate(found if twice else ()):
        if one.name not in twice:
            shape.wrong(f"vulnerabilities[{place}]", f"{one.name} stands in it twice.", "Download the catalogue again.")
        twice.discard(one.name)
    return shape.problems or Catalogue(tuple(found), sum(not one.products for one in found))


def _entry(shape: Shape, row: Group, path: str) -> Advisory | None:
    if not row:
        return None
    cve = shape.text(row.get("cveID"), f"{path}.cveID")
    if cve and not _CVE.fullmatch(cve):
        shape.wrong(f"{path}.cveID", f"“{cve[:40]}” is not the name of a CVE.", "Write it as CVE-2021-44228.")
    vendor = shape.text(row.get("vendorProject"), f"{path}.vendorProject")
    product = shape.text(row.get("product"), f"{path}.product")
    title = shape.text(row.get("vulnerabilityName"), f"{path}.vulnerabilityName", needed=False)
    products = tuple(Product(vendor, one, affected=frozenset((cve,))) for one in _products(product))
    return Advisory(cve, title, products)


def _products(name: str) -> Iterator[str]:
    """The product, and each of those that are named together; none where only “multiple” are."""
    if name.casefold() not in _ANY:
        yield from dict.fromkeys((name, *(one for one in _MANY.split(name) if one.strip())))


def _counted(shape: Shape, said: Tree, there: int) -> None:
    """A catalogue that was cut short is not the catalogue."""
    if isinstance(said, str) and said != str(there):
        what = f"It says that it has {said[:20]} entries, and there are {there}."
        shape.wrong("count", what, "Download the catalogue again: this one is not whole.")
