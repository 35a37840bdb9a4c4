"""Whether a record belongs in a ledger: what opens one, which kinds are said there, about whom and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import glass_broken, ledger_opened, role_appointed
from meterward.core.records.roles import OWN_ROLES, REGULATORS, Side, named, organisation_needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.records.line import Sealed


class Place(NamedTuple):
    """Where a record is to be entered: whose ledger, what its keeper is, and how many entries it has."""

    keeper: str
    sort: Keeper
    size: int


def sort_of(sealed: Sealed) -> Keeper:
    """What the keeper of a ledger is that a statement opens."""
    told = sealed.kind is ledger_opened.KIND and sealed.facts is not None
    return Keeper(sealed.facts.keeper) if told else Keeper.LICENSEE


def check_opening(sealed: Sealed, place: Place) -> Problem | None:
    """A ledger begins with its opening, and has no other."""
    if sealed.kind is ledger_opened.KIND:
        hint = "Only the first record opens it. Another ledger is another file; a note is a text of its opening."
        twice = Problem(Code.LEDGER_OPENED_TWICE, "The ledger was opened already.", hint, "statement.kind")
        return twice if place.size else None
    if place.size:
        return None
    return Problem(
        Code.LEDGER_NOT_OPENED,
        f"The first record is {sealed.kind.name}.",
        "A ledger begins with ledger.opened, which says what it is for and which clock stamps it.",
        "statement.kind",
    )


def check_belonging(sealed: Sealed, place: Place) -> Iterator[Problem]:
    """What stands against a record's being entered in a ledger, by whom it is about, its kind, and who says it."""
    if wrong := _about(sealed, place):
        yield wrong
        return
    if place.sort is Keeper.READS:
        # Whoever was let in anywhere may have read there.
        return
    actor = sealed.header.actor
    side = Side(place.keeper, place.sort, sealed.header.licensee)
    if needed := organisation_needed(actor.role, actor.organisation, side):
        yield Problem(
            Code.ROLE_ORGANISATION,
            f"Nobody acts for “{actor.organisation}” as {actor.role}.",
            f"Write {needed}; or the role in which the person acted for {actor.organisation}.",
            "statement.actor.organisation",
        )
    yield from _own_people(sealed, place)


def _own_people(sealed: Sealed, place: Place) -> Iterator[Problem]:
    """An organisation's own people alone appoint its people or break glass there, and for its own roles."""
    if sealed.kind not in (role_appointed.KIND, glass_broken.KIND):
        return
    own, organisation = OWN_ROLES[place.sort], sealed.header.actor.organisation
    if organisation != place.keeper:
        message = f"{sealed.kind.name} is said by people of {place.keeper}, not of {organisation}."
        hint = "Let somebody of that organisation say it."
        yield Problem(Code.ROLE_ORGANISATION, message, hint, "statement.actor.organisation")
    if sealed.facts and sealed.facts.role not in own:
        message = f"Nobody is {named([sealed.facts.role])} of {place.keeper}."
        hint = f"Its people are: {', '.join(own)}. Others are let in by access.granted."
        yield Problem(Code.FIELD_VALUE, message, hint, "facts.role")


def reaches(sealed: Sealed, keeper: str) -> bool:
    """Whether a statement is entered in an organisation's ledger, whoever said it.

    One that takes back, ends or replaces another goes where that is, which its link says. Where facts are withheld,
    nobody can tell.
    """
    header, kind = sealed.header, sealed.kind
    if kind.needs_link or sealed.facts is None:
        return True
    return keeper in kind.parties(header.licensee, header.actor.organisation, sealed.facts)


def _may_reach(sealed: Sealed, place: Place) -> bool:
    """Whether what is about somebody else may stand in a ledger: in a licensee's only what a regulator says of itself.

    Otherwise one licensee could put into another's ledger what would then be evaluated there.
    """
    actor = sealed.header.actor
    of_itself = actor.role in REGULATORS and actor.organisation == sealed.header.licensee
    return place.sort is not Keeper.LICENSEE or of_itself


def _about(sealed: Sealed, place: Place) -> Problem | None:
    about, kind = sealed.header.licensee, sealed.kind
    if about != place.keeper and reaches(sealed, place.keeper) and _may_reach(sealed, place):
        return None
    if about != place.keeper and place.sort is Keeper.LICENSEE:
        return Problem(
            Code.LEDGER_OTHER_LICENSEE,
            f"It is about {about}; this ledger is about {place.keeper}.",
            "Keep one licensee in one file.",
            "statement.licensee",
        )
    if place.sort in kind.homes:
        return None
    homes = " or ".join(f"of {'an' if home[0] == 'a' else 'a'} {home}" for home in kind.homes)
    return Problem(
        Code.KIND_ELSEWHERE,
        f"{kind.name} is not said in the ledger of {place.keeper}.",
        f"It belongs in the ledger {homes}.",
        "statement.kind",
    )
