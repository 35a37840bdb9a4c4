"""Setting up a store: the ledger of a licensee, and those who can sign in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from meterward.adapters import clock
from meterward.adapters.salts import fresh_salt
from meterward.core.base.nearest import nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.values import NAME
from meterward.storage.repositories.together import together
from meterward.usecases.open_ledger import opening_lines
from meterward.usecases.ports import PersonKept
from meterward.wiring.store import alone_within, within

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from meterward.usecases.append_record import Appended
    from meterward.usecases.open_ledger import Opening
    from meterward.usecases.ports import People
    from meterward.wiring.installed import Installation

RESERVED = ("api", "invitation", "kinds", "ledgers", "sign-in", "sign-out", "static", "ways")
"""What the workplaces and the API have at addresses of their own, where a ledger would stand."""
_LEDGER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}", re.ASCII)
_SIGN_IN = re.compile(r"[\w.@+-]{1,150}")


class Listed(NamedTuple):
    """Somebody who can sign in, or could once; and the roles that the ledger of each licensee gives today."""

    person: PersonKept
    closed: bool
    roles: dict[str, list[str]]
    invited: bool = False
    """Whether they were invited and did not come yet."""


def name_of_ledger(name: str) -> Problem | None:
    """Why a ledger cannot be called so; it stands in the address of every page."""
    if _LEDGER.fullmatch(name) and name.lower() not in RESERVED:
        return None
    hint = f"Use letters, digits, - and _, at most 64; not {', '.join(RESERVED)}."
    return Problem(Code.FIELD_VALUE, f"A licensee in the store cannot be called “{name}”.", hint)


def initialise(home: Path, opening: Opening, sign_in: str, password: str) -> Appended | list[Problem]:
    """Open a ledger and let its first security manager sign in: both, or neither."""
    if problem := name_of_ledger(opening.organisation):
        return [problem]
    manager = PersonKept(sign_in, opening.manager, opening.organisation)

    def work(store: Installation) -> Appended | list[Problem]:
        return together(lambda: _initialise(store, opening, manager, password))

    done = alone_within(home, "opens a ledger in it", work)
    return [done] if isinstance(done, Problem) else done


def add_person(home: Path, person: PersonKept, password: str) -> Problem | None:
    """Let somebody sign in who could not, or can no longer."""
    return within(home, lambda store: _add(store.people, person, password))


def change_password(home: Path, sign_in: str, password: str) -> PersonKept | Problem:
    """Give somebody another password; whoever is signed in with the old one is no longer."""
    return within(home, lambda store: _change(store.people, sign_in, password))


def close_person(home: Path, sign_in: str) -> PersonKept | Problem:
    """Let somebody sign in no more. What they recorded stays, as it always does."""

    def close(people: People) -> PersonKept | Problem:
        person = people.get(sign_in)
        if person is None:
            return nobody(people, sign_in)
        people.close(sign_in)
        return person

    return within(home, lambda store: close(store.people))


def list_people(home: Path) -> list[Listed] | Problem:
    """Everybody who can sign in, or could."""

    def listed(store: Installation) -> list[Listed]:
        awaited = {one.person for one in store.invitations.open()}
        return [
            Listed(one, store.people.get(one.sign_in) is None, _roles(store, one), one in awaited)
            for one in store.people.all()
        ]

    return within(home, listed)


def _initialise(store: Installation, opening: Opening, manager: PersonKept, password: str) -> Appended | list[Problem]:
    from meterward.wiring.appending import append  # noqa: PLC0415 - rows can be loaded only within a store

    head = store.ledgers.head(opening.organisation)
    if head and head.size:
        hint = "Nothing was changed. “meterward append” adds records to it, “meterward person add” people."
        return [Problem(Code.LEDGER_OPENED_TWICE, f"{opening.organisation} has a ledger here already.", hint)]
    store.ledgers.open(opening.organisation)
    added = _add(store.people, manager, password)
    if added:
        return [added]
    done = append(opening.organisation, list(opening_lines(opening, clock.today(), fresh_salt)))
    if isinstance(done, list):
        return done
    return _brought(store, opening.organisation) or done


def _brought(store: Installation, organisation: str) -> list[Problem]:
    """Enter in a new ledger what others have recorded already that the organisation is a party to."""
    from meterward.wiring.appending import deliver_owed  # noqa: PLC0415 - rows can be loaded only within a store

    others = (name for name in store.ledgers.names() if name != organisation)
    return next((problems for name in others if (problems := deliver_owed(name, organisation))), [])


def _add(people: People, person: PersonKept, password: str) -> Problem | None:
    if problem := unfit(person) or taken(people, person) or weak(person, password):
        return problem
    people.keep(person, password)
    return None


def _change(people: People, sign_in: str, password: str) -> PersonKept | Problem:
    person = people.get(sign_in)
    if person is None:
        return nobody(people, sign_in)
    if problem := weak(person, password):
        return problem
    people.keep(person, password)
    return person


def unfit(person: PersonKept) -> Problem | None:
    """Why nobody can be known so; None if somebody can."""
    if not _SIGN_IN.fullmatch(person.sign_in):
        hint = "Use letters, digits and .@+-_ without spaces, at most 150."
        return Problem(Code.FIELD_VALUE, f"Nobody can sign in as “{person.sign_in}”.", hint, "name")
    for field, name in (("pseudonym", person.pseudonym), ("organisation", person.organisation)):
        if not NAME.fullmatch(name) or len(name) > _LONGEST:
            hint = f"Use letters, digits and ._()- as records do, at most {_LONGEST}."
            return Problem(Code.FIELD_VALUE, f"“{name}” is not a name that records know.", hint, field)
    return None


_LONGEST = 64


def taken(people: People, person: PersonKept) -> Problem | None:
    """Whether the name is somebody's, or the pseudonym; one who was closed comes back as the same person."""
    for one in people.all():
        who = f"{one.pseudonym} of {one.organisation}"
        if one.sign_in.casefold() == person.sign_in.casefold():
            if people.get(one.sign_in) is None and one[1:] == person[1:]:
                return None
            message = f"The name “{one.sign_in}” belongs to {who}."
            return Problem(Code.PERSON_TAKEN, message, "Choose another; “person password” changes a password.", "name")
        if one[1:] == person[1:]:
            message = f"{who} has the name “{one.sign_in}” already."
            hint = "Every person has a pseudonym of their own: choose another."
            return Problem(Code.PERSON_TAKEN, message, hint, "pseudonym")
    return None


def weak(person: PersonKept, password: str) -> Problem | None:
    """Why a password is too easily guessed for somebody; None if it is not."""
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415 - only where a store is in use
    from django.core.exceptions import ValidationError  # noqa: PLC0415 - the same

    from meterward.storage.models import Person  # noqa: PLC0415 - the same

    try:
        validate_password(password, Person(sign_in=person.sign_in, pseudonym=person.pseudonym))
    except ValidationError as error:
        hint = "Four words that nobody would put together are easy to keep in mind and hard to guess."
        return Problem(Code.PASSWORD_WEAK, " ".join(error.messages), hint, "password")
    return None


def nobody(people: People, sign_in: str) -> Problem:
    """What is said of a name under which nobody can sign in."""
    names: Iterable[str] = [one.sign_in for one in people.all() if people.get(one.sign_in)]
    hint = f"{nearest(sign_in, names)}“meterward person list” shows everybody."
    return Problem(Code.PERSON_UNKNOWN, f"Nobody can sign in as “{sign_in}”.", hint, "name")


def _roles(store: Installation, person: PersonKept) -> dict[str, list[str]]:
    held = {name: sorted(store.roles(name, person)) for name in store.ledgers.names()}
    return {name: [str(role) for role in roles] for name, roles in held.items() if roles}
