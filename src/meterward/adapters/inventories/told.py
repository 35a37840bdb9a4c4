"""What a system tells, as texts: how each field of an element, a link or a population is written in any format."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.records.kinds.system_described import ELEMENT, LINK, POPULATION
from meterward.usecases.map_columns import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.core.system.model import Drawn

SPACES = {ELEMENT: "Elements", LINK: "Links", POPULATION: "Populations"}
"""The namespaces, with the titles of their tables."""


def things(drawn: Drawn, space: str) -> Mapping[str, Any]:
    """What there is in a namespace, by name."""
    found: dict[str, Mapping[str, Any]] = {ELEMENT: drawn.elements, LINK: drawn.links, POPULATION: drawn.populations}
    return found[space]


def texts(space: str, name: str, thing: object) -> dict[str, str]:
    """Every field that is told, as a text; lists have semicolons between."""
    found = {field: written(getattr(thing, field)) for field in FIELDS[space] if field != space}
    return {space: name} | {field: text for field, text in found.items() if text}


def rows(drawn: Drawn, space: str) -> Iterator[list[str]]:
    """The headers, and a row for each thing, by name."""
    yield [*FIELDS[space]]
    for name, thing in sorted(things(drawn, space).items()):
        told = texts(space, name, thing)
        yield [told.get(field, "") for field in FIELDS[space]]


def written(value: object) -> str:
    """A value as a text; empty if there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    return "; ".join(value) if isinstance(value, tuple) else str(value)
