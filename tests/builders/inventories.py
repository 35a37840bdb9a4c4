"""Systems of every shape, for what reads and writes inventories."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

from hypothesis import strategies as st

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import LinkRow, PopulationRow
from meterward.core.records.terms import (
    Category,
    Data,
    DeviceState,
    ElementType,
    Protection,
    SecurityFunction,
    Supply,
)
from meterward.core.records.values import Label
from meterward.core.system.model import Drawn

if TYPE_CHECKING:
    from collections.abc import Collection

    from meterward.core.base.problem import Problem
    from meterward.usecases.ports.inventories import ColumnMapping, Read

PARTS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._()-]{0,12}", fullmatch=True)
NAMES = st.lists(PARTS, min_size=1, max_size=2).map("/".join)
LABELS = st.text(
    st.characters(exclude_categories=["C", "Z"], include_characters=" ';=+-@,|\"#&:"), min_size=1, max_size=40
).filter(lambda text: text == text.strip() and text.isprintable())


def words(vocabulary: object, least: int = 0) -> st.SearchStrategy[tuple[Any, ...]]:
    """Some words of a vocabulary, each once."""
    return st.lists(st.sampled_from(get_args(vocabulary)), min_size=least, unique=True).map(tuple)


@st.composite
def an_element(draw: st.DrawFn, above: list[str]) -> ElementDeclared:
    """An element of any shape, part of one of those above it."""
    offers = draw(words(SecurityFunction))
    maybe_name = st.none() | NAMES
    return ElementDeclared(
        draw(words(Category, 1)),
        draw(st.sampled_from(["licensee", "on_behalf", "outside"])),
        draw(st.sampled_from(["within", "limited"])),
        draw(st.dates(date(1990, 1, 1), date(2199, 12, 31))),
        draw(st.none() | LABELS.map(Label)),
        draw(st.none() | st.sampled_from(get_args(ElementType))),
        draw(maybe_name),
        draw(st.none() | st.sampled_from(["none", "contract", "certified", "audited"])),
        draw(maybe_name),
        draw(st.none() | st.sampled_from(above)) if above else None,
        offers,
        tuple(draw(st.lists(st.sampled_from(offers), unique=True))) if offers else (),
        draw(words(Data)),
        draw(st.none() | st.sampled_from(get_args(Supply))),
        draw(st.none() | st.just("0f" * 32)),
        draw(st.none() | st.integers(0, 2**53 - 1)),
    )


@st.composite
def systems(draw: st.DrawFn) -> Drawn:
    """A system that holds together: every reference is to an element, and nothing is part of itself."""
    elements: dict[str, ElementDeclared] = {}
    for name in draw(st.lists(NAMES, min_size=2, max_size=5, unique=True)):
        elements[f"element/{name}"] = draw(an_element([*elements]))
    links, populations = dict[str, LinkRow](), dict[str, PopulationRow]()
    maybe = st.none() | NAMES
    for name in draw(st.lists(NAMES, max_size=3, unique=True)):
        source, target = draw(st.permutations([*elements]))[:2]
        protocol, network, conduit = draw(st.tuples(maybe, maybe, maybe))
        protection, label = draw(words(Protection)), draw(st.none() | LABELS.map(Label))
        both = draw(st.booleans())
        link = LinkRow(f"link/{name}", source, target, both, protocol, network, conduit, protection, label)
        links[link.link] = link
    for name in draw(st.lists(NAMES, max_size=3, unique=True)):
        counted = draw(st.integers(0, 2**53 - 1)), draw(st.sampled_from(get_args(DeviceState)))
        one = PopulationRow(
            f"population/{name}", draw(st.sampled_from([*elements])), *counted, *(draw(maybe) for _ in range(6))
        )
        populations[one.population] = one
    return Drawn(elements, links, populations)


def read(
    raw: bytes | str, name: str = "inventory.csv", mapping: ColumnMapping | None = None, known: Collection[str] = ()
) -> Read | list[Problem]:
    """What a file with this content comes to."""
    return AnyFormat().read(io.BytesIO(raw.encode() if isinstance(raw, str) else raw), name, mapping, known)


def sound(
    raw: bytes | str, name: str = "inventory.csv", mapping: ColumnMapping | None = None, known: Collection[str] = ()
) -> Read:
    """The same, of a file in which nothing is wrong."""
    found = read(raw, name, mapping, known)
    assert not isinstance(found, list), "\n".join(map(str, found))
    return found


def wrong(raw: bytes | str, name: str = "inventory.csv", mapping: ColumnMapping | None = None) -> list[Problem]:
    """What is wrong with a file."""
    found = read(raw, name, mapping)
    assert isinstance(found, list), found
    return found
