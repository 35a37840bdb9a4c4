"""Tell the directions, drafts and requests that a ledger knows of, whoever keeps it, from what its records do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.assurance.direction_story import Story, stories
from meterward.core.assurance.issuing import Addressee
from meterward.core.assurance.request_story import Clock, RequestStory, request_story
from meterward.core.records.effective import Effective, effective
from meterward.core.records.kinds import (
    date_determined,
    direction_agreed,
    direction_drafted,
    direction_issued,
    evidence_requested,
    pack_adopted,
)
from meterward.core.records.kinds.direction_drafted import DirectionDrafted
from meterward.core.records.kinds.direction_issued import DirectionIssued
from meterward.core.records.record import Record
from meterward.core.records.roles import ISSUING
from meterward.usecases.show_record import Ties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from meterward.core.obligations.law import Pack
    from meterward.core.records.kind import Kind

TELLING = (date_determined.KIND.name, pack_adopted.KIND.name)
"""The kinds that say of a licensee what matters to whoever directs it."""


class View(NamedTuple):
    """What is looked at: what a ledger knew when it had so many entries, as at a day, and of which organisations."""

    ties: Ties
    size: int
    day: date
    go_live: Mapping[str, date]
    of: tuple[str, ...] = ()
    """The licensee whose ledger it is; of a regulator's, every addressee is told of."""


class Told(NamedTuple):
    """A direction, and its story for each organisation that is looked at."""

    direction: Record[DirectionIssued]
    stories: tuple[Story, ...]
    said: Effective


class Draft(NamedTuple):
    """The version of a draft that stands, who agreed to it, what they said, and what was issued of it."""

    version: Record[DirectionDrafted]
    said: tuple[Record[Any], ...]
    agreed: frozenset[str]
    """The issuers that agree: those who said so, and whoever wrote this version."""
    issued: Record[DirectionIssued] | None
    writers: frozenset[tuple[str, str]] = frozenset()
    """Who wrote a version of it, by pseudonym and organisation: somebody else issues it."""


def directions(view: View) -> list[Told]:
    """Every direction that was issued by the day, the newest first."""
    found = [one for subject in _subjects(view, "direction/") for one in _directions_of(view, subject)]
    return sorted(found, key=lambda one: one.direction.order, reverse=True)


def direction(view: View, subject: str, about: str = "") -> Told | None:
    """One direction by its name; of two paper ones that licensees call alike, that about one of them."""
    found = _directions_of(view, subject)
    return next((one for one in found if about in ("", one.direction.about)), None)


def requests(view: View, clock: Callable[[date, date | None], Clock]) -> list[RequestStory]:
    """Every request for evidence that was made by the day, the newest first."""
    found = [one for subject in _subjects(view, "request/") for one in _requests_of(view, subject, clock)]
    return sorted(found, key=lambda one: one.request.order, reverse=True)


def request(
    view: View, subject: str, clock: Callable[[date, date | None], Clock], about: str = ""
) -> RequestStory | None:
    """One request by its name."""
    return next((one for one in _requests_of(view, subject, clock) if about in ("", one.request.about)), None)


def drafts(view: View) -> list[Draft]:
    """Every draft, in the version that stands, the newest first."""
    issued = {
        one.facts.draft: one
        for subject in _subjects(view, "direction/")
        for one in _of_kind(view, said_of(view, subject), direction_issued.KIND)
        if one.facts.draft
    }
    found = (draft_of(said_of(view, subject), view.day, issued.get(subject)) for subject in _subjects(view, "draft/"))
    return sorted((one for one in found if one), key=lambda one: one.version.order, reverse=True)


def said_of(view: View, subject: str) -> Effective:
    """What counts of the records about a subject, and of those that act on them."""
    there: dict[int, Record[Any]] = {}
    waiting = list(view.ties.about.get(subject, ()))
    while waiting:
        place = waiting.pop()
        if place in there or place >= view.size:
            continue
        there[place] = record = view.ties.records[place]
        waiting += [index for _, index in view.ties.acting.get(record.id, ())]
    return effective(there.values())


def known_of(records: Iterable[Record[Any]], pack: Pack, day: date) -> Addressee:
    """What some records say of a licensee: the brackets that it adopted, and Go Live, as known on a day."""
    there = [one for one in effective(records).records if one.occurred <= day]
    days = {one.facts.event: one.facts.day for one in there if one.kind is date_determined.KIND}
    adopted = [one for one in there if one.kind is pack_adopted.KIND and one.facts.pack == pack.name]
    settings = pack.accepted(adopted[-1].facts.parameters) if adopted else {}
    return Addressee({**pack.defaults(), **settings}, days.get("sec_go_live"), days.get("commencement"))


def _subjects(view: View, space: str) -> Iterator[str]:
    return (name for name, index in view.ties.subjects() if name.startswith(space) and index < view.size)


def _of_kind(view: View, said: Effective, kind: Kind[Any]) -> list[Record[Any]]:
    return [one for one in said.records if one.kind is kind and one.occurred <= view.day]


def _directions_of(view: View, subject: str) -> list[Told]:
    said = said_of(view, subject)
    return [
        Told(one, tuple(stories(one, said, view.day, view.go_live, view.of)), said)
        for one in _of_kind(view, said, direction_issued.KIND)
    ]


def _requests_of(view: View, subject: str, clock: Callable[[date, date | None], Clock]) -> list[RequestStory]:
    said = said_of(view, subject)
    return [
        request_story(one, said, view.day, clock(one.occurred, one.facts.due))
        for one in _of_kind(view, said, evidence_requested.KIND)
    ]


def draft_of(said: Effective, day: date, issued: Record[DirectionIssued] | None = None) -> Draft | None:
    """The version of a draft that stands on a day, of what was said about it; None if none does."""
    there = [one for one in said.records if one.occurred <= day]
    versions = [one for one in there if one.kind is direction_drafted.KIND and not said.successor(one)]
    if not versions or said.end(versions[-1]):
        return None
    version: Record[DirectionDrafted] = versions[-1]
    spoken = [one for one in there if one.kind is direction_agreed.KIND and one.facts.version == version.id.hex()]
    # On one day the later word counts, not the greater id.
    last = {one.actor.organisation: one.facts.decision for one in sorted(spoken, key=lambda one: one.index)}
    wrote = {version.actor.organisation: "agreed"}
    agreed = frozenset(issuer for issuer, name in ISSUING.items() if {**wrote, **last}.get(name) == "agreed")
    wrote_one = (one.actor for one in said.records if one.kind is direction_drafted.KIND)
    return Draft(version, tuple(spoken), agreed, issued, frozenset((one.person, one.organisation) for one in wrote_one))
