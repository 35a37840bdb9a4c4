"""`threats.matched`: known weaknesses and threats were compared with the system's software and products."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import PERSONNEL, Role
from meterward.core.records.terms import SYSTEM
from meterward.core.records.values import Label
from meterward.core.records.withheld import HEX

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen

MATCH = "match"


class MatchRow(NamedTuple):
    """An advisory that is about something in the system, why it is thought so, and how sure that is."""

    match: Annotated[str, "Its name, match/…. The same advisory and element keep it."]
    advisory: Annotated[str, "The weakness or advisory, such as CVE-2021-44228."]
    element: Annotated[str, Ref(("element",)), "The element that it is about."]
    component: Annotated[Label, "The product or software component, with its version if that is known."]
    why: Annotated[Literal["purl", "cpe", "product_and_version", "product"], "What agrees."]
    confidence: Annotated[Literal["certain", "likely", "possible"], "How sure it is."]
    exploited: Annotated[bool, "Whether it is known to be exploited."] = False


class ThreatsMatched(NamedTuple):
    """A catalogue of weaknesses, a set of advisories or of techniques was compared with the system as of a day."""

    source: Annotated[Literal["kev", "csaf", "attack"], "What was compared."]
    as_at: Annotated[date, "The day of the system that was looked at."]
    data: Annotated[str, "The SHA-256 of what was read, in hex."]
    entries: Annotated[int, "How many entries that had."]
    components: Annotated[int, "With how many components and products it was compared."]
    engine: Annotated[str, "What compared, by name."]
    engine_version: Annotated[str, "Its version."]
    matches: Annotated[tuple[MatchRow, ...], "What agrees."] = ()
    part: Annotated[int, "Which part of one comparison it is."] = 1
    parts: Annotated[int, "How many parts that has."] = 1


def matches_hold(seen: Seen[ThreatsMatched]) -> Iterable[Unmet]:
    """Each match has a name of its own in its namespace."""
    known: set[str] = set()
    for place, row in enumerate(seen.facts.matches):
        where = f"facts.matches[{place}].match"
        if not row.match.startswith(f"{MATCH}/"):
            yield Unmet(where, f"It is “{row.match}”.", "Write a name such as match/CVE-2021-44228/head-end.")
        if row.match in known:
            yield Unmet(where, f"{row.match} stands there twice.", "Name each match once.")
        known.add(row.match)


def compared(seen: Seen[ThreatsMatched]) -> Iterable[Unmet]:
    """What was read is named by its digest, of a day that has come; the parts are counted."""
    facts = seen.facts
    if not HEX.fullmatch(facts.data):
        yield Unmet("facts.data", "It is not a SHA-256.", "Write it as 64 lower-case hex digits.")
    if facts.as_at > seen.occurred:
        hint = "Compare with the system of a day that has come."
        yield Unmet("facts.as_at", f"{facts.as_at} is after the day of the record, {seen.occurred}.", hint)
    if not 1 <= facts.part <= facts.parts:
        yield Unmet("facts.part", f"It is part {facts.part} of {facts.parts}.", "Count the parts from 1 on.")


KIND = Kind(
    name="threats.matched",
    facts=ThreatsMatched,
    by=(*PERSONNEL, Role.OPERATOR),
    text={"note": "Where the data came from."},
    about=(SYSTEM,),
    names=lambda facts: [row.match for row in facts.matches],
    constraints=(matches_hold, compared),
    example={
        "source": "kev",
        "as_at": "2013-03-03",
        "data": "7849352063f2a1b0c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b",
        "entries": 1_200,
        "components": 640,
        "engine": "meterward",
        "engine_version": "1",
        "matches": [
            {
                "match": "match/CVE-2021-44228/head-end",
                "advisory": "CVE-2021-44228",
                "element": "element/1",
                "component": "log4j-core 2.14.1",
                "why": "purl",
                "confidence": "certain",
                "exploited": True,
            },
        ],
    },
)
