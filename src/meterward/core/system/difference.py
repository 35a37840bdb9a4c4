"""The difference between two systems, each as it is at one moment: what was added, what changed, what is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.kinds.system_described import ELEMENT, LINK, POPULATION
from meterward.core.system.model import Drawn

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

SPACES = (ELEMENT, LINK, POPULATION)
"""The namespaces of a system, in the order in which what they name is told."""


class Changed(NamedTuple):
    """A thing of which something else is said now, and the fields in which that differs."""

    name: str
    fields: tuple[str, ...]


class Difference(NamedTuple):
    """What became of one system in another, by name, elements before links before populations."""

    added: tuple[str, ...]
    changed: tuple[Changed, ...]
    gone: tuple[str, ...]
    now: Drawn
    """The other system: what is said of that which was added or changed."""
    telling: int = 1
    """Which telling of its day it is, if it is told: what was told before it for that day gives way."""

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that differs."""
        return (*self.added, *(one.name for one in self.changed), *self.gone)


def differ(before: Drawn, now: Drawn) -> Difference:
    """What became of a system."""
    added: list[str] = []
    changed: list[Changed] = []
    gone: list[str] = []
    for old, new in zip(before, now, strict=True):
        added += sorted(new.keys() - old.keys())
        gone += sorted(old.keys() - new.keys())
        both = (name for name in sorted(old.keys() & new.keys()) if old[name] != new[name])
        changed += [Changed(name, _fields(old[name], new[name])) for name in both]
    return Difference(tuple(added), tuple(changed), tuple(gone), now)


def laid_over(before: Drawn, told: Drawn, spaces: Collection[str]) -> Drawn:
    """A system in which what some namespaces hold is told anew, and the others stay."""
    return Drawn(
        told.elements if ELEMENT in spaces else before.elements,
        told.links if LINK in spaces else before.links,
        told.populations if POPULATION in spaces else before.populations,
    )


def row_of(drawn: Drawn, name: str) -> Any:  # noqa: ANN401 - a row of any of the three
    """What is said of a thing."""
    there: Mapping[str, Any] = drawn[SPACES.index(name.partition("/")[0])]
    return there[name]


def _fields(old: Any, new: Any) -> tuple[str, ...]:  # noqa: ANN401 - two rows of one kind
    return tuple(name for name, one, other in zip(old._fields, old, new, strict=True) if one != other)
