"""The products of a CSAF advisory by their ids: branches walked down to them, full names, and what is part of what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Code
from meterward.core.risk.matching import Product
from meterward.core.risk.products import read_cpe, read_purl
from meterward.core.risk.version_ranges import UNSAID, Versions, exactly, read_range

if TYPE_CHECKING:
    from meterward.adapters.inventories.json_tree import Tree
    from meterward.adapters.threats.shape import Group, Shape

MOST_PRODUCTS = 50_000
MOST_DEPTH = 30
"""So deep a tree of products is at most, by the standard."""


class _Above(NamedTuple):
    """What the branches above say of a product."""

    vendor: str = ""
    name: str = ""
    versions: Versions = UNSAID


def products_of(shape: Shape, tree: Tree) -> dict[str, Product]:
    """Every product by its id."""
    found: dict[str, Product] = {}
    top = shape.group({} if tree is None else tree, "product_tree")
    waiting = [(one, path, _Above(), 1) for one, path in shape.groups(top.get("branches"), "product_tree.branches")]
    while waiting:
        branch, path, above, depth = waiting.pop()
        if depth > MOST_DEPTH or len(found) > MOST_PRODUCTS:
            shape.wrong(path, "It has more products than any advisory.", "Give it as published.", Code.THREATS_BOUNDS)
            return {}
        below = _below(shape, branch, path, above)
        if "product" in branch:
            _take(shape, found, branch["product"], f"{path}.product", below)
        inner = shape.groups(branch.get("branches"), f"{path}.branches")
        waiting += [(one, where, below, depth + 1) for one, where in inner]
    for one, path in shape.groups(top.get("full_product_names"), "product_tree.full_product_names"):
        _take(shape, found, one, path, _Above())
    _relate(shape, found, top.get("relationships"))
    return found


def _below(shape: Shape, branch: Group, path: str, above: _Above) -> _Above:
    category, name = branch.get("category"), shape.text(branch.get("name"), f"{path}.name")
    if category == "vendor":
        return above._replace(vendor=name)
    if category == "product_name":
        return above._replace(name=name)
    if category in ("product_version", "product_version_range"):
        return above._replace(versions=read_range(name))
    return above


def _take(shape: Shape, found: dict[str, Product], product: Tree, path: str, above: _Above) -> str:
    """Keep a product by its id."""
    told = shape.group(product, path)
    key, name = shape.text(told.get("product_id"), f"{path}.product_id"), shape.text(told.get("name"), f"{path}.name")
    if key in found:
        what = f"The product “{key[:60]}” stands in it twice."
        shape.wrong(f"{path}.product_id", what, "Give the advisory as it was published.")
    helper = shape.group(told.get("product_identification_helper", {}), f"{path}.product_identification_helper")
    purl, cpe = read_purl(_text(helper.get("purl"))), read_cpe(_text(helper.get("cpe")))
    versions = above.versions
    if versions == UNSAID and (version := (purl and purl.version) or (cpe and cpe.version)):
        versions = exactly(version)
    found[key] = Product(above.vendor, above.name or name, versions, purl, cpe)
    return key


def _relate(shape: Shape, found: dict[str, Product], relationships: Tree) -> None:
    """Products that are part of others: what the part is, is what matters; in what it lies is not looked at."""
    parts: dict[str, Product] = {}
    for one, path in shape.groups(relationships, "product_tree.relationships"):
        for end in ("product_reference", "relates_to_product_reference"):
            named = shape.text(one.get(end), f"{path}.{end}")
            if named and named not in found and named not in parts:
                what = f"There is no product “{named[:60]}” in it."
                shape.wrong(f"{path}.{end}", what, "Give the advisory as it was published.", Code.THREATS_REFERENCE)
        reference = str(one.get("product_reference")).strip()
        part = found.get(reference) or parts.get(reference)
        whole = shape.group(one.get("full_product_name"), f"{path}.full_product_name")
        key = shape.text(whole.get("product_id"), f"{path}.full_product_name.product_id")
        if part and key:
            parts[key] = part._replace(at_most="likely")
    found.update(parts)


def _text(value: Tree) -> str:
    return value if isinstance(value, str) else ""
