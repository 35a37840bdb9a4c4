"""Threat intelligence beside the system of a ledger: compared, and told in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from meterward.adapters import clock
from meterward.adapters.inventories.any_format import AnyFormat
from meterward.adapters.salts import fresh_salt
from meterward.adapters.threats.any_source import AnySource
from meterward.core.base.canonical import Json
from meterward.core.base.days import in_words
from meterward.core.base.problem import Code, Problem
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.records.kinds import (
    element_declared,
    match_settled,
    risk_estimated,
    risk_identified,
    risk_treated,
    system_described,
    threats_matched,
)
from meterward.core.records.roles import PERSONNEL, Role
from meterward.core.system.model import system
from meterward.usecases.append_record import Appended
from meterward.usecases.match_threats import Compared, Hear, compare_threats, components_of, unheard
from meterward.usecases.operator_statement import licences_of
from meterward.usecases.ports import PersonKept
from meterward.usecases.tell_threats import Telling, lines_of
from meterward.wiring.bringing import statement_of
from meterward.wiring.store import licensee_of, within

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.core.system.model import Drawn
    from meterward.usecases.ports import Head
    from meterward.usecases.ports.inventories import Component
    from meterward.usecases.ports.threats import Intelligence
    from meterward.wiring.installed import Installation

_KINDS = tuple(
    kind.KIND.name
    for kind in (
        element_declared,
        system_described,
        risk_identified,
        risk_estimated,
        risk_treated,
        threats_matched,
        match_settled,
    )
)
MOST_ATTACHED = 16 * 2**20
"""A file of so many bytes is attached; of a larger one the digest has to do."""
_PIECE = 2**20


class Wanted(NamedTuple):
    """What is to be compared: which data with which ledger's system of which day, and who says so; nobody looks."""

    licensee: str
    data: tuple[Path, ...]
    as_at: date
    sign_in: str = ""
    note: str = ""


class Matched(NamedTuple):
    """What each source came to, and which entries tell it."""

    compared: tuple[Compared, ...]
    without_bill: int
    """How many elements say that they have a bill of materials that is not among the files of this ledger."""
    appended: Appended | None = None


def match_threats(home: Path, wanted: Wanted) -> Matched | list[Problem]:
    """Compare threats with the system of a ledger and, if somebody says so, append what was found: all or nothing."""
    done = within(home, lambda store: _matched(store, wanted))
    return [done] if isinstance(done, Problem) else done


def _matched(store: Installation, wanted: Wanted) -> Matched | list[Problem]:
    head = licensee_of(store.ledgers, wanted.licensee)
    if isinstance(head, Problem):
        return [head]
    if wanted.sign_in and wanted.as_at > clock.today():
        hint = "Leave --append out to look ahead, or name a day that has come."
        return [Problem(Code.DAY_INVALID, f"{wanted.as_at} has not come, and only what was is recorded.", hint)]
    says = _author(store, head, wanted.sign_in) if wanted.sign_in else None
    if isinstance(says, Problem):
        return [says]
    told = AnySource().read(wanted.data)
    if isinstance(told, list):
        return told
    found = beside_system(store, head, wanted.as_at, told)
    if isinstance(found, list) or says is None:
        return found
    done = tell(head, found.compared, says, wanted.note)
    return found._replace(appended=done) if isinstance(done, Appended) else done


def has_moved(store: Installation, head: Head, size: int) -> bool:
    """Whether a ledger of so many entries tells something since that a comparison rests on."""
    return head.size != size and any(True for _ in store.ledgers.records_of(head.ledger, _KINDS, start=size))


def beside_system(
    store: Installation, head: Head, as_at: date, told: tuple[Intelligence, ...], hear: Hear = unheard
) -> Matched | list[Problem]:
    """What was published beside the system of a ledger on a day."""
    index = Index(licences_of(store.ledgers, head)[0])
    for record in store.ledgers.records_of(head.ledger, _KINDS):
        index.append(record)
    read = Reader(index)
    drawn = system(read).on(as_at)
    if not drawn.elements:
        hint = "“meterward system import” tells of it from a file."
        what = f"Nothing is told of the system of {head.keeper} on {in_words(as_at)}."
        return [Problem(Code.RECORD_UNKNOWN, what, hint)]
    bills = _bills(head.ledger, drawn)
    if isinstance(bills, list):
        return bills
    lists = {digest: listed for digest, listed in bills.items() if listed is not None}
    found = compare_threats(read, as_at, told, components_of(drawn, lists), hear)
    if isinstance(found, Problem):
        return [found]
    return Matched(found, sum(1 for one in drawn.elements.values() if one.bill and one.bill not in lists))


def _bills(ledger: str, drawn: Drawn) -> dict[str, tuple[Component, ...] | None] | list[Problem]:
    """What each bill of materials that an element names lists, by its digest; None where it was never attached."""
    from meterward.wiring.filing import give  # noqa: PLC0415 - rows can be loaded only within a store

    bills: dict[str, tuple[Component, ...] | None] = {}
    for name, element in drawn.elements.items():
        if not element.bill or element.bill in bills:
            continue
        given = give(ledger, element.bill)
        if given is None:
            bills[element.bill] = None
            continue
        with given[1] as file:
            read = AnyFormat().read(cast("BinaryIO", file), f"the bill of materials of {name}")
        if isinstance(read, list):
            return read
        bills[element.bill] = read.bill.components if read.bill else None
    return bills


class Author(NamedTuple):
    """Who says what is appended."""

    person: PersonKept
    statement: Mapping[str, Json]


def _author(store: Installation, head: Head, sign_in: str) -> Author | Problem:
    """Who signs in by a name, as the actor of a statement; asked before anything is compared."""
    person = store.people.get(sign_in)
    held = store.roles(head.ledger, person) if person else frozenset()
    role = next((role for role in PERSONNEL if role in held), None)
    if person is None or role is None:
        message = f"“{sign_in}” has no role in the ledger of {head.keeper} in which threats are matched."
        return Problem(Code.ROLE_NOT_HELD, message, f"Name somebody who is one of: {', '.join(PERSONNEL)}.")
    return saying(store, head, person, role)


def saying(store: Installation, head: Head, person: PersonKept, role: Role) -> Author:
    """Somebody who says today, in a role, what was found."""
    told = Told(clock.today(), tuple(licences_of(store.ledgers, head)))
    return Author(person, statement_of(head, told, person, role))


class Told(NamedTuple):
    """As of which day something is told, and of which licences."""

    day: date
    licences: tuple[str, ...]


def tell(
    head: Head, compared: Sequence[Compared], author: Author, note: str, once: str = "", after: int | None = None
) -> Appended | list[Problem]:
    """Append a record for each source, all or none; of what is called `once`, once."""
    from meterward.wiring.appending import append  # noqa: PLC0415 - rows can be loaded only within a store

    with_files: list[tuple[Compared, Mapping[str, Json]]] = []
    for one in compared:
        files = _attached(head.ledger, author.person, one.intelligence)
        if isinstance(files, Problem):
            return [files]
        with_files.append((one, files))
    telling = Telling(author.statement, lambda: (fresh_salt(), fresh_salt()), note)
    return append(head.ledger, lines_of(with_files, telling), once, after)


def _attached(ledger: str, person: PersonKept, told: Intelligence) -> dict[str, Json] | Problem:
    """What was read, kept with the ledger: the file, or the list of the files with their digests."""
    from meterward.wiring.filing import clean_name, take  # noqa: PLC0415 - as above

    name = clean_name(Path(told.file).name) if told.file else f"{told.source}-files.sha256"
    if isinstance(name, Problem):
        return name
    if told.file and Path(told.file).stat().st_size > MOST_ATTACHED:
        return {}
    kept = take(ledger, person, _pieces(told))
    if isinstance(kept, Problem):
        return kept
    if kept.digest != told.digest:
        hint = "Nothing was appended. Match again."
        return Problem(Code.FILE_UNREADABLE, f"“{told.file}” changed while it was read.", hint)
    return {name: kept.digest}


def _pieces(told: Intelligence) -> Iterator[bytes]:
    if not told.file:
        yield told.listed.encode()
        return
    with Path(told.file).open("rb") as file:
        yield from iter(lambda: file.read(_PIECE), b"")
