"""Files that somebody brings, and what is said of a ledger by them: read once, attached, and said by one person."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from meterward.adapters.inventories.any_format import LARGEST, too_large
from meterward.core.base.problem import Code, Problem
from meterward.core.records.roles import PERSONNEL, Role
from meterward.usecases.map_columns import SYSTEM, Layout, read_mapping
from meterward.usecases.operator_statement import licences_of
from meterward.usecases.ports import PersonKept

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import Head
    from meterward.usecases.ports.inventories import ColumnMapping
    from meterward.wiring.installed import Installation

_PIECE = 2**20


class Telling(Protocol):
    """What is to be told: as of which day, and of which licences."""

    @property
    def day(self) -> date:
        """Since when it is so."""

    @property
    def licences(self) -> tuple[str, ...]:
        """Of which licences."""


class Author(NamedTuple):
    """Who says it, and in which role."""

    person: PersonKept
    role: Role
    roles: frozenset[Role]
    """All that the person holds in the ledger."""


def as_it_is(path: Path) -> BinaryIO | Problem:
    """A file as it is now: what is read twice from a disk may be two different files, and one of them is attached."""
    try:
        if problem := _no_file(path):
            return problem
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            return too_large(size, path.name) if size > LARGEST else BytesIO(file.read(LARGEST + 1))
    except OSError as error:
        return _unreadable(path, error)


def mapping_in(path: Path, layout: Layout = SYSTEM) -> ColumnMapping | list[Problem]:
    """The mapping that a file has."""
    file = as_it_is(path)
    return [file] if isinstance(file, Problem) else read_mapping(file.read(LARGEST), layout)


def licences_for(store: Installation, head: Head, wanted: tuple[str, ...]) -> tuple[str, ...] | Problem:
    """Of which licences something is told: of those that are wanted, else of all."""
    held = tuple(licences_of(store.ledgers, head))
    if unknown := [one for one in wanted if one not in held]:
        hint = f"Its licences: {', '.join(held)}."
        return Problem(Code.LICENCE_UNKNOWN, f"“{head.keeper}” has no licence “{unknown[0]}”.", hint)
    return wanted or held


def author_of(store: Installation, head: Head, sign_in: str, what: str) -> Author | Problem:
    """Who signs in under a name, if they act for the licensee; `what` is done in the ledger, such as “it is told”."""
    person = store.people.get(sign_in)
    held = frozenset(store.roles(head.ledger, person)) if person else frozenset[Role]()
    role = next((one for one in PERSONNEL if one in held), None)
    if person is None or role is None:
        message = f"“{sign_in}” has no role in the ledger of {head.keeper} in which {what}."
        return Problem(Code.ROLE_NOT_HELD, message, f"Name somebody who is one of: {', '.join(PERSONNEL)}.")
    return Author(person, role, held)


def attached(head: Head, person: PersonKept, called: str, file: BinaryIO) -> dict[str, Json] | Problem:
    """A file kept for a ledger, as lines name it."""
    from meterward.wiring.filing import clean_name, take  # noqa: PLC0415 - rows can be loaded only within a store

    name = clean_name(called)
    file.seek(0)
    kept = name if isinstance(name, Problem) else take(head.ledger, person, iter(lambda: file.read(_PIECE), b""))
    return kept if isinstance(kept, Problem) else {str(name): kept.digest}


def statement_of(head: Head, wanted: Telling, person: PersonKept, role: Role) -> dict[str, Json]:
    """What each line of an import says beside its facts: of which licences, as of which day, and who says it."""
    return {
        "licensee": head.keeper,
        "licences": [*wanted.licences],
        "occurred": wanted.day.isoformat(),
        "actor": {"person": person.pseudonym, "role": role.value, "organisation": person.organisation},
    }


def _no_file(path: Path) -> Problem | None:
    """Why nothing is read from a pipe or a device: one may never end, and neither can be read again."""
    if not path.exists() or path.is_file() or path.is_dir():
        return None
    what = f"“{path}” cannot be read: it is a pipe or a device."
    return Problem(Code.FILE_UNREADABLE, what, "Write it to a file first, and name that.")


def _unreadable(path: Path, error: OSError) -> Problem:
    return Problem(Code.FILE_MISSING, f"“{path}” cannot be read: {error.strerror}.", "Name a file that is there.")
