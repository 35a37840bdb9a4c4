"""The store of a home folder, as commands use it: found or made, with every way in which it cannot be had."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.core.exceptions import ImproperlyConfigured

from meterward.adapters import holding
from meterward.adapters.home import DATABASE_FILE, EXAMPLE_FOLDER, is_elsewhere, turn_to_home
from meterward.adapters.key_files import KeyFileError
from meterward.core.base.nearest import nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import no_duties
from meterward.storage import preparing
from meterward.storage.repositories.failures import attempt, said_aloud
from meterward.wiring.failing import unusable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from meterward.usecases.ports import Head, Ledgers
    from meterward.wiring.installed import Installation

T = TypeVar("T")


class LedgerFound(NamedTuple):
    """A ledger of a store, in brief."""

    name: str
    size: int


class StoreFound(NamedTuple):
    """What a store is kept in, and the ledgers that it has."""

    place: str
    database: str
    ledgers: list[LedgerFound]


def within(home: Path, work: Callable[[Installation], T], *, make: bool = False) -> T | Problem:
    """What some work comes to in the store of a home, made if that is wanted; a problem if it cannot be had."""

    def enter() -> T | Problem:
        if problem := _make(home) if make else _enter(home):
            return problem
        from meterward.wiring.installed import installation  # noqa: PLC0415 - rows can be loaded only from here on

        return work(installation())

    try:
        return attempt(enter, said_aloud)
    except KeyFileError as error:
        return unusable(error)
    except ImproperlyConfigured as error:
        hint = "docs/guide/operating.md lists what can be set, and how."
        return Problem(Code.STORE_UNAVAILABLE, f"The store cannot be used: {error}.", hint)


def take(home: Path, doing: str) -> holding.Hold | Problem:
    """Have a home alone, which is made if need be, while this process is `doing` something to all of it."""
    try:
        found = holding.hold(home, doing)
    except OSError as error:
        return _unmade(home, error)
    return found if isinstance(found, holding.Hold) else in_use(home, found)


def in_use(home: Path, said: str) -> Problem:
    """What is said to whoever wants a home alone that somebody has, whose name and doing are said."""
    hint = "Nothing was changed. Stop that first, or name another folder with --home."
    return Problem(Code.STORE_IN_USE, f"“{home}” is in use: {said}.", hint)


def alone_within(home: Path, doing: str, work: Callable[[Installation], T]) -> T | Problem:
    """What some work comes to in the store of a home, made or brought up to date, that nobody has in use meanwhile."""
    taken = take(home, doing)
    if isinstance(taken, Problem):
        return taken
    try:
        return within(home, work, make=True)
    finally:
        taken.release()


def absent(home: Path) -> Problem | None:
    """Why a home has no store to turn to; None if it has one, or a database elsewhere is named."""
    try:
        return None if is_elsewhere() or (home / DATABASE_FILE).is_file() else _missing(f"in “{home}”", home)
    except OSError as error:
        return closed(home, error)


def closed(home: Path, error: OSError) -> Problem:
    """What is said of a home that may not be looked into."""
    hint = "Ask whoever runs it, or name another with --home."
    return Problem(Code.STORE_UNAVAILABLE, f"The store in “{home}” cannot be used: {error.strerror}.", hint)


def head_of(ledgers: Ledgers, ledger: str) -> Head | Problem:
    """Where a ledger that has records stands, or that there is none of that name."""
    head = ledgers.head(ledger)
    if head and head.size:
        return head
    there = ledgers.names()
    known = f"The ledgers here: {', '.join(there)}." if there else "“meterward init” or “restore” makes the first."
    return Problem(Code.LEDGER_UNKNOWN, f"There is no ledger “{ledger}” here.", f"{nearest(ledger, there)}{known}")


def licensee_of(ledgers: Ledgers, ledger: str) -> Head | Problem:
    """Where a licensee's ledger stands, or why none of that name does."""
    head = head_of(ledgers, ledger)
    return head if isinstance(head, Problem) else no_duties(ledger, head.sort) or head


def look(home: Path) -> StoreFound | Problem:
    """What store there is in a home."""

    def told(ledgers: Ledgers) -> StoreFound:
        heads = [head for name in ledgers.names() if (head := ledgers.head(name))]
        place = "the database that METERWARD_DATABASE names" if is_elsewhere() else str(home / DATABASE_FILE)
        return StoreFound(place, preparing.database_in_words(), [LedgerFound(one.ledger, one.size) for one in heads])

    return within(home, lambda store: told(store.ledgers))


def _enter(home: Path) -> Problem | None:
    """Turn to a store that is there. Looking for one never makes one."""
    if problem := absent(home):
        return problem
    turn_to_home(home)
    preparing.connect(home)
    if not preparing.is_ready():
        return _missing("in the database that METERWARD_DATABASE names" if is_elsewhere() else f"in “{home}”")
    if preparing.is_newer():
        hint = "Use that version, or a later one."
        return Problem(Code.STORE_UNAVAILABLE, "The store was changed by a later version of Meterward.", hint)
    if preparing.is_older():
        hint = "Make a copy of it; “meterward serve” then brings it up to date."
        return Problem(Code.STORE_UNAVAILABLE, "The store is of an earlier version of Meterward.", hint)
    return None


def _make(home: Path) -> Problem | None:
    """Make a store, or bring the one that is there up to date."""
    turn_to_home(home)
    try:
        preparing.prepare(home)
    except OSError as error:
        return _unmade(home, error)
    return None


def _unmade(home: Path, error: OSError) -> Problem:
    message = f"The store in “{home}” cannot be made: {error.strerror or error}."
    return Problem(Code.STORE_UNAVAILABLE, message, "Choose a folder that may be written to, with --home.")


def _missing(where: str, home: Path | None = None) -> Problem:
    """What is said where there is no store. Whoever just served the example most likely means that."""
    hint = "“meterward init” makes one, “meterward restore” brings one back; --home or METERWARD_HOME names another."
    if home and (home / EXAMPLE_FOLDER / DATABASE_FILE).is_file():
        hint = f"The example has a home of its own: name it with --home “{home / EXAMPLE_FOLDER}”."
    return Problem(Code.STORE_MISSING, f"There is no store {where}.", hint)
