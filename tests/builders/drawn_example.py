"""The example's system as its files draw it, for whatever looks at a whole system."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.core.system.model import Drawn

if TYPE_CHECKING:
    from collections.abc import Collection

_FILES = Path(__file__).resolve().parents[2] / "examples" / "northlight"


@cache
def northlight_drawn() -> Drawn:
    """Elements, links and populations of the example."""
    elements = _read("elements.csv", ()).elements
    return Drawn(elements, _read("links.csv", elements).links, _read("populations.csv", elements).populations)


def _read(name: str, known: Collection[str]) -> Drawn:
    with (_FILES / name).open("rb") as file:
        read = AnyFormat().read(file, name, known=known)
    assert not isinstance(read, list), read
    return read.drawn
