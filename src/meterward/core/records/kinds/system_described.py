"""`system.described`: many things of the system at once: elements, links, populations of devices, and what is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.base.circles import MEND, circles, in_words
from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.kinds.element_declared import ElementDeclared, unoffered
from meterward.core.records.roles import PERSONNEL
from meterward.core.records.terms import DeviceState, Protection
from meterward.core.records.values import Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meterward.core.records.kind import Seen

LINK, POPULATION, ELEMENT = "link", "population", "element"


class ElementRow(NamedTuple):
    """An element, as `element.declared` tells one."""

    element: Annotated[str, "Its name, element/…."]
    told: Annotated[ElementDeclared, "What it is."]


class LinkRow(NamedTuple):
    """A link between two elements."""

    link: Annotated[str, "Its name, link/…."]
    source: Annotated[str, Ref((ELEMENT,)), "From which element."]
    target: Annotated[str, Ref((ELEMENT,)), "To which."]
    both_ways: Annotated[bool, "Whether data or commands go back as well."] = False
    protocol: Annotated[str | None, "By which protocol."] = None
    network: Annotated[str | None, "Over which network."] = None
    conduit: Annotated[str | None, "The conduit that it belongs to (IEC 62443): what links two zones."] = None
    protection: Annotated[tuple[Protection, ...], "How it is protected."] = ()
    label: Annotated[Label | None, "What it is called."] = None


class PopulationRow(NamedTuple):
    """Devices that are alike, counted."""

    population: Annotated[str, "Its name, population/…."]
    element: Annotated[str, Ref((ELEMENT,)), "The element that they are devices of."]
    devices: Annotated[int, "How many there are."]
    state: Annotated[DeviceState, "Their state."]
    model: Annotated[str | None, "Their model."] = None
    firmware: Annotated[str | None, "Their firmware."] = None
    version: Annotated[str | None, "The version of the technical specifications that they meet."] = None
    certification: Annotated[str | None, "Their certificate, if they have one."] = None
    keys: Annotated[str | None, "How their keys are kept."] = None
    region: Annotated[str | None, "Where they are."] = None


class SystemDescribed(NamedTuple):
    """Part of the Supplier End-to-End System, told at once. Each row says all of what it names, from this day on."""

    source: Annotated[
        Literal["csv", "xlsx", "cyclonedx", "otm", "threagile", "by_hand"],
        "What it was taken from; the file is attached.",
    ]
    elements: Annotated[tuple[ElementRow, ...], "Elements that are there."] = ()
    links: Annotated[tuple[LinkRow, ...], "Links that are there."] = ()
    populations: Annotated[tuple[PopulationRow, ...], "Populations that are there."] = ()
    gone: Annotated[tuple[str, ...], "Elements, links and populations that are no longer there, by name."] = ()
    part: Annotated[int, "Which part of one import it is."] = 1
    parts: Annotated[int, "How many parts that has."] = 1
    telling: Annotated[
        int, "Which telling of its day it is: of two for one day, the one with the higher number counts."
    ] = 1


def changes_scope(facts: SystemDescribed) -> bool:
    """Whether it tells of elements: links and counts of devices change what there is, not what is in scope."""
    return bool(facts.elements) or any(name.startswith(f"{ELEMENT}/") for name in facts.gone)


def something(seen: Seen[SystemDescribed]) -> Iterable[Unmet]:
    """It says something."""
    facts = seen.facts
    if not (facts.elements or facts.links or facts.populations or facts.gone):
        yield Unmet("facts", "It says nothing.", "Name at least one element, link or population, or one that is gone.")
    if not 1 <= facts.part <= facts.parts:
        yield Unmet("facts.part", f"It is part {facts.part} of {facts.parts}.", "Count the parts from 1 on.")
    if facts.telling < 1:
        yield Unmet("facts.telling", f"It is telling {facts.telling}.", "Count the tellings of a day from 1 on.")


def named_once(seen: Seen[SystemDescribed]) -> Iterable[Unmet]:
    """Each thing is named once, in its own namespace."""
    known: set[str] = set()
    for where, name, space in _names(seen.facts):
        if name in known:
            yield Unmet(where, f"{name} stands there twice.", "Say all of a thing in one row.")
        if not name.startswith(f"{space}/"):
            yield Unmet(where, f"It is “{name}”.", f"Write a name such as {space}/1.")
        known.add(name)
    gone: set[str] = set()
    for place, name in enumerate(seen.facts.gone):
        where = f"facts.gone[{place}]"
        if name in known:
            yield Unmet(where, f"{name} is said to be there, and to be gone.", "Say one of both.")
        if name in gone:
            yield Unmet(where, f"{name} stands there twice.", "Name what is gone once.")
        if not name.startswith((f"{ELEMENT}/", f"{LINK}/", f"{POPULATION}/")):
            yield Unmet(where, f"It is “{name}”.", f"Name what is gone by {ELEMENT}/…, {LINK}/… or {POPULATION}/….")
        gone.add(name)


def elements_hold(seen: Seen[SystemDescribed]) -> Iterable[Unmet]:
    """Each element is something, is no part of itself, and uses what it offers."""
    for place, (name, told) in enumerate(seen.facts.elements):
        where = f"facts.elements[{place}].told"
        if not told.categories:
            yield Unmet(f"{where}.categories", "The list is empty.", "Name at least one category.")
        if told.within == name:
            yield Unmet(f"{where}.within", "It is said to be part of itself.", "Name what it is part of.")
        if missing := unoffered(told):
            yield Unmet(f"{where}.enabled", f"It does not offer {', '.join(missing)}.", "Name it among “offers” too.")


def in_no_circle(seen: Seen[SystemDescribed]) -> Iterable[Unmet]:
    """No element is part of itself by way of others. What one record tells is looked at here, before it is one."""
    places = {row.element: place for place, row in enumerate(seen.facts.elements)}
    for circle in circles({name: told.within for name, told in seen.facts.elements}):
        if len(circle) > 1:
            where = f"facts.elements[{places[circle[0]]}].told.within"
            yield Unmet(where, in_words(circle), MEND)


def links_join(seen: Seen[SystemDescribed]) -> Iterable[Unmet]:
    """A link is between two elements."""
    for place, link in enumerate(seen.facts.links):
        if link.source == link.target:
            yield Unmet(f"facts.links[{place}]", f"It links {link.source} with itself.", "Name two elements.")


def _names(facts: SystemDescribed) -> Iterator[tuple[str, str, str]]:
    for place, element in enumerate(facts.elements):
        yield f"facts.elements[{place}].element", element.element, ELEMENT
    for place, link in enumerate(facts.links):
        yield f"facts.links[{place}].link", link.link, LINK
    for place, population in enumerate(facts.populations):
        yield f"facts.populations[{place}].population", population.population, POPULATION


KIND = Kind(
    name="system.described",
    facts=SystemDescribed,
    by=PERSONNEL,
    text={"note": "What was looked at, and what the difference is due to."},
    names=lambda facts: [row.element for row in facts.elements],
    constraints=(something, named_once, elements_hold, in_no_circle, links_join),
    example={
        "source": "by_hand",
        "elements": [
            {
                "element": "element/head-end",
                "told": {
                    "categories": ["communication_equipment"],
                    "operator": "on_behalf",
                    "power": "within",
                    "in_service": "2013-03-04",
                    "label": "Head end",
                    "type": "head_end",
                },
            },
        ],
    },
)
