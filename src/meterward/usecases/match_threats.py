"""Match threats with the system: its products and software beside advisories, what is new, and what it touches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from meterward.catalogues.scenarios import scenarios
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import match_settled, threats_matched
from meterward.core.records.kinds.threats_matched import MATCH
from meterward.core.records.values import NAME
from meterward.core.risk.matching import CONFIDENCES, Component, Confidence, Match, Matcher, Why
from meterward.core.risk.products import read_cpe, read_purl
from meterward.core.risk.queue import by_element
from meterward.core.risk.register import Risk, register
from meterward.core.risk.techniques import Considered, considered
from meterward.usecases.ports.threats import Intelligence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from meterward.core.facts.reader import Reader
    from meterward.core.system.model import Drawn
    from meterward.usecases.ports.inventories import Component as Listed

MOST_MATCHES = 100_000
"""So many matches are told of one comparison; a system that has more has to be looked at in parts."""
MOST_LOOKED = 5_000_000
"""So many pairs of a component and a product are looked at: a real system beside all advisories has a tenth."""
Known: TypeAlias = Literal["new", "open", "not_affected", "remedied", "risk"]
"""Whether a match was found before, and what somebody settled of it."""
Owned: TypeAlias = "tuple[str, Component, str]"
"""An element, what it is or has in it, and what to call that."""
Hear: TypeAlias = "Callable[[float], object]"
"""Hears how far a comparison has come, from 0 to 1."""
_OFTEN = 1_000
"""After so many components it is said how far it has come."""
_LONGEST_LABEL, _LONGEST_PART, _MOST_PARTS = 120, 64, 2
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._()-]{0,63}", re.ASCII)
_ODD = re.compile(r"[^A-Za-z0-9._()-]+", re.ASCII)


def unheard(share: float) -> None:
    """What hears of progress where nobody waits for it."""


class Found(NamedTuple):
    """A match of an advisory with an element, by the surest of its components."""

    name: str
    advisory: str
    title: str
    element: str
    component: str
    why: Why
    confidence: Confidence
    weaknesses: tuple[str, ...]
    exploited: bool
    known: Known
    risks: tuple[str, ...]

    @property
    def is_settled(self) -> bool:
        """Whether somebody said what it comes to."""
        return self.known not in ("new", "open")


class Compared(NamedTuple):
    """What one source comes to beside the system of a day."""

    intelligence: Intelligence
    as_at: date
    components: int
    matches: tuple[Found, ...]
    techniques: Considered | None = None
    """How the techniques that the source has stand beside the register, if it has any."""


def _heard(hear: Hear, place: int, of: int, share: float) -> None:
    hear((place + share) / of)


def components_of(drawn: Drawn, bills: Mapping[str, Sequence[Listed]]) -> Iterator[Owned]:
    """The products of a system, and the software components that the bills of its elements list."""
    for name, element in drawn.elements.items():
        if element.label:
            names = (("", element.label), (element.party, element.label)) if element.party else (("", element.label),)
            yield name, Component(names), element.label
        for one in bills.get(element.bill or "", ()):
            yield name, _listed(one), f"{one.name} {one.version}".strip()
    for population in drawn.populations.values():
        if population.model:
            version = population.firmware or ""
            label = f"{population.model} {version}".strip()
            yield population.element, Component((("", population.model),), version), label


def _listed(one: Listed) -> Component:
    purl, cpe = read_purl(one.purl), read_cpe(one.cpe)
    names = {(one.supplier, one.name): None} | ({(cpe.vendor, cpe.product): None} if cpe else {})
    version = one.version or (purl.version if purl else "") or (cpe.version if cpe else "")
    return Component(tuple(names), version, purl, cpe)


def compare_threats(
    read: Reader, as_at: date, told: Sequence[Intelligence], owned: Iterable[Owned], hear: Hear = unheard
) -> tuple[Compared, ...] | Problem:
    """Every source beside the components of a system; or that there are too many matches to be told."""
    places: defaultdict[Component, dict[str, str]] = defaultdict(dict)
    count = 0
    for element, component, label in owned:
        places[component].setdefault(element, label)
        count += 1
    exploited = frozenset[str]().union(*(one.exploited for one in told))
    beside = _Beside(settled(read), register(read).on(as_at), exploited)
    found: list[Compared] = []
    for place, one in enumerate(told):
        matches = _matches(one, places, beside, partial(_heard, hear, place, len(told)))
        if isinstance(matches, Problem):
            return matches
        past = considered(one.techniques, beside.risks, scenarios()) if one.techniques else None
        found.append(Compared(one, as_at, count, matches, past))
    return tuple(found)


def settled(read: Reader) -> Mapping[str, Known]:
    """What is known of every match that was found so far."""
    known: dict[str, Known] = {}
    for record in read.all(threats_matched.KIND):
        known.update((row.match, "open") for row in record.facts.matches)
    for name in known:
        for one in read.of(match_settled.KIND, name):
            known[name] = one.facts.outcome
    return known


class _Beside(NamedTuple):
    """What matches are looked at beside."""

    known: Mapping[str, Known]
    risks: tuple[Risk, ...]
    exploited: frozenset[str]


def _matches(
    told: Intelligence, places: Mapping[Component, Mapping[str, str]], beside: _Beside, hear: Hear
) -> tuple[Found, ...] | Problem:
    """One match for each advisory and element, by the surest component."""
    matcher = Matcher(told.advisories)
    best: dict[tuple[str, str], _Best] = {}
    for place, (component, elements) in enumerate(places.items()):
        if not place % _OFTEN:
            hear(place / len(places))
        for match in matcher.matches(component):
            exploited = not beside.exploited.isdisjoint(match.weaknesses)
            for element, label in elements.items():
                key = match.advisory.name, element
                one = _Best(match, label, exploited)
                best[key] = best[key].beside(one) if key in best else one
            if len(best) > MOST_MATCHES:
                return _too_many(f"There are more than {MOST_MATCHES:,} matches, which nobody can go through.")
        if matcher.looked > MOST_LOOKED:
            return _too_many("So many products and components have the same names that they cannot all be compared.")
    at = by_element(beside.risks)
    risks = {element: at.touched((element,)) for _, element in best}
    found = (_found(key, one, beside, risks[key[1]]) for key, one in best.items())
    return tuple(sorted(found, key=_order))


def _too_many(what: str) -> Problem:
    return Problem(Code.THREATS_BOUNDS, what, "Give fewer advisories at a time, and check the bills of materials.")


class _Best(NamedTuple):
    """The surest of the matches of an advisory with an element."""

    match: Match
    label: str
    exploited: bool
    more: int = 0

    def beside(self, other: _Best) -> _Best:
        """The surer of two, with how many there are beside it."""
        first = min(self, other, key=lambda one: (CONFIDENCES.index(one.match.confidence), one.label))
        return first._replace(exploited=self.exploited or other.exploited, more=self.more + other.more + 1)


def _found(key: tuple[str, str], best: _Best, beside: _Beside, risks: tuple[str, ...]) -> Found:
    advisory, element = key
    name, title = match_name(advisory, element), best.match.advisory.title
    known: Known = beside.known.get(name, "new")
    said = _label(best.label, f" and {best.more:,} more" if best.more else "")
    why, confidence, weak = best.match.why, best.match.confidence, tuple(sorted(best.match.weaknesses))
    return Found(name, part_of(advisory), title, element, said, why, confidence, weak, best.exploited, known, risks)


def _order(one: Found) -> tuple[str, int, bool, str]:
    return one.element, CONFIDENCES.index(one.confidence), not one.exploited, one.advisory


def match_name(advisory: str, element: str) -> str:
    """The name of the match of an advisory and an element, the same each time."""
    rest = element.partition("/")[2]
    if rest.count("/") >= _MOST_PARTS:
        rest = part_of(rest.replace("/", ":"))
    return f"{MATCH}/{part_of(advisory)}/{rest}"


def part_of(name: str) -> str:
    """A name that others gave as one part of ours; where signs of it are lost, its digest keeps it apart."""
    if _PART.fullmatch(name) and NAME.fullmatch(name):
        return name
    mark = sha256(name.encode(errors="backslashreplace")).hexdigest()[:10]
    plain = _ODD.sub("-", name).strip("-._()")[: _LONGEST_PART - len(mark) - 1]
    return f"{plain}-{mark}" if plain else f"x-{mark}"


def _label(name: str, more: str) -> str:
    """What a component is called, as a record can keep it."""
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split()).strip("()")
    room = _LONGEST_LABEL - len(more)
    return (plain if len(plain) <= room else f"{plain[: room - 1]}…").strip() + more if plain else f"unnamed{more}"
