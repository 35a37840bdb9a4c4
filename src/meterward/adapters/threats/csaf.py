"""A CSAF 2.0 advisory: its products, with versions and identifiers, and which of them have which weaknesses."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from meterward.adapters.threats.csaf_products import products_of
from meterward.adapters.threats.shape import Shape
from meterward.core.base.problem import Code, Problem
from meterward.core.risk.matching import Advisory

if TYPE_CHECKING:
    from meterward.adapters.inventories.json_tree import Tree
    from meterward.adapters.threats.shape import Group

VERSION = "2.0"
_AFFECTED = "known_affected", "first_affected", "last_affected", "under_investigation"
_FREE = "fixed", "first_fixed", "known_not_affected"
_UNSURE = "under_investigation"


def is_csaf(tree: Group) -> bool:
    """Whether a file says of itself that it is such an advisory, of whatever version."""
    return isinstance(document := tree.get("document"), dict) and "csaf_version" in document


def read_csaf(tree: Group, name: str) -> Advisory | list[Problem]:
    """The advisory, or what is wrong with it."""
    shape = Shape(name)
    document = shape.group(tree.get("document"), "document")
    if (version := document.get("csaf_version")) != VERSION:
        what = f"It is of CSAF “{str(version)[:20]}”, and {VERSION} is read."
        return [Problem(Code.THREATS_UNKNOWN, what, f"Give the advisory as CSAF {VERSION}.", name)]
    tracking = shape.group(document.get("tracking"), "document.tracking")
    named = shape.text(tracking.get("id"), "document.tracking.id")
    title = shape.text(document.get("title"), "document.title")
    products = products_of(shape, tree.get("product_tree"))
    affected, free, unsure = _statuses(shape, tree.get("vulnerabilities"), frozenset(products))
    told = tuple(
        one._replace(
            affected=frozenset(affected[key]),
            unaffected=frozenset(free[key]),
            at_most="possible" if key in unsure else one.at_most,
        )
        for key, one in products.items()
        if affected[key] or free[key]
    )
    return shape.problems or Advisory(named, title, told)


def _statuses(
    shape: Shape, vulnerabilities: Tree, known: frozenset[str]
) -> tuple[dict[str, set[str]], dict[str, set[str]], set[str]]:
    """The weaknesses that each product has, and is free of, and the products of which that is not settled yet."""
    affected, free, unsure = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set), set[str]()
    for place, (one, path) in enumerate(shape.groups(vulnerabilities, "vulnerabilities")):
        weakness = shape.text(one.get("cve"), f"{path}.cve", needed=False) or f"weakness {place + 1}"
        status = shape.group(one.get("product_status", {}), f"{path}.product_status")
        for word in (*_AFFECTED, *_FREE):
            where = f"{path}.product_status.{word}"
            for number, product in enumerate(shape.texts(status.get(word), where)):
                if product not in known:
                    hint = "Every product that has a status stands in product_tree."
                    what = f"There is no product “{product[:60]}” in it."
                    shape.wrong(f"{where}[{number}]", what, hint, Code.THREATS_REFERENCE)
                (free if word in _FREE else affected)[product].add(weakness)
                if word == _UNSURE:
                    unsure.add(product)
    return affected, free, unsure
