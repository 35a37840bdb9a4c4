"""Check what was drawn: that what is referred to is there, and that nothing is, step by step, part of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.circles import MEND, in_words
from meterward.core.base.nearest import nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds.system_described import ELEMENT
from meterward.core.system.model import Drawn
from meterward.usecases.collect_problems import MOST
from meterward.usecases.name_things import subject

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping


def settled(drawn: Drawn, known: Collection[str]) -> Drawn:
    """The same, with each reference to what an element is called, if one alone is called so, made one to its name."""
    names: dict[str, str] = {}
    for name, element in drawn.elements.items():
        called = subject(ELEMENT, element.label or "")
        names[called] = "" if called in names else name

    def meant(name: str) -> str:
        return name if name in drawn.elements or name in known else names.get(name) or name

    return Drawn(
        {key: one._replace(within=one.within and meant(one.within)) for key, one in drawn.elements.items()},
        {key: one._replace(source=meant(one.source), target=meant(one.target)) for key, one in drawn.links.items()},
        {key: one._replace(element=meant(one.element)) for key, one in drawn.populations.items()},
    )


def unsound(drawn: Drawn, places: Mapping[str, Problem], known: Collection[str]) -> Iterator[Problem]:
    """What refers to nothing, links a thing with itself, or is part of itself; each at its place in the file.

    A file that tells of no elements, read where none are known, may be about those of another file: nothing is said of
    what it refers to.
    """
    there = set(drawn.elements) | set(known)
    hanging = [one for one in drawn.references() if there and one[2] not in there]
    for count, (name, field, meant) in enumerate(hanging):
        # Looking for a near name takes long, and nobody reads more of them.
        near = nearest(meant, there) if count < MOST else ""
        hint = f"{near}Name an element that is there, or add it."
        yield _at(places[name], f"Its “{field}” is {meant}, and there is no such element.", hint)
    for name, link in drawn.links.items():
        if link.source == link.target:
            yield _at(places[name], f"It links {link.source} with itself.", "Name two elements.")
    for circle in drawn.circles():
        yield _at(places[circle[0]], in_words(circle), MEND)


def _at(place: Problem, message: str, hint: str) -> Problem:
    return Problem(Code.INVENTORY_NAME, message, hint, place.field, place.line)
