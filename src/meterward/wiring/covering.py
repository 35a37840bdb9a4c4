"""Premises supplied against the meter inventory: counted, listed in a file, and told in a ledger."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from meterward.adapters import clock
from meterward.adapters.coverage import DuckComparing
from meterward.adapters.files import copied_aside
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.usecases.measure_coverage import BOTH, coverage_line, licences_for
from meterward.usecases.ports.tables import Coverage

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.usecases.append_record import Appended
    from meterward.usecases.ports import Head
    from meterward.usecases.ports.tables import Tables, Tell
    from meterward.wiring.installed import Installation

    Then = Callable[[Coverage], "Appended | list[Problem]"]


class Done(NamedTuple):
    """What was counted, and where it stands in the ledger, if it was to be told there."""

    coverage: Coverage
    entry: int | None = None


def cover(tables: Tables, unmatched: Path | None, tell: Tell) -> Done | list[Problem]:
    """Compare, and write what does not match to a file, if one is named."""
    return _cover(tables, unmatched, tell)


def cover_and_append(
    home: Path, licensee: str, tables: Tables, unmatched: Path | None, tell: Tell
) -> Done | list[Problem]:
    """The same, and tell in a ledger of the store what was counted: both, or neither."""
    from meterward.wiring.store import licensee_of, within  # noqa: PLC0415 - without a ledger no store is needed

    def work(store: Installation) -> Done | list[Problem]:
        head = licensee_of(store.ledgers, licensee)
        return [head] if isinstance(head, Problem) else _appending(store, head, tables, unmatched, tell)

    done = within(home, work)
    return [done] if isinstance(done, Problem) else done


def _appending(
    store: Installation, head: Head, tables: Tables, unmatched: Path | None, tell: Tell
) -> Done | list[Problem]:
    from meterward.wiring.appending import append  # noqa: PLC0415 - rows can be loaded only within a store

    fuel = BOTH if len(tables.fuels) > 1 else tables.fuels[0]
    # Asked before anything is counted: nobody waits a minute to hear it.
    licences = licences_for(store.ledgers, head, fuel, tables.as_at, clock.today())
    if isinstance(licences, Problem):
        return [licences]

    def told(coverage: Coverage) -> Appended | list[Problem]:
        return append(head.ledger, [coverage_line(head, licences, coverage, clock.today(), fresh_salt)])

    return _cover(tables, unmatched, tell, told)


def _cover(tables: Tables, unmatched: Path | None, tell: Tell, then: Then | None = None) -> Done | list[Problem]:
    if unmatched and (problem := _misplaced(tables, unmatched)):
        return [problem]
    with DuckComparing() as comparing:
        found = comparing.compare(tables, tell)
        if isinstance(found, list):
            return found
        if unmatched is None:
            return _told(found, then)
        try:
            with copied_aside(Path(comparing.listed), unmatched) as settle:
                done = _told(found, then)
                if isinstance(done, Done):
                    settle()
                return done
        except OSError as error:
            return [_unwritten(unmatched, error.strerror or str(error))]


def _told(coverage: Coverage, then: Then | None) -> Done | list[Problem]:
    if then is None:
        return Done(coverage)
    appended = then(coverage)
    return appended if isinstance(appended, list) else Done(coverage, appended.first + 1)


def _misplaced(tables: Tables, unmatched: Path) -> Problem | None:
    """Why nothing can be written there; told before anything is counted."""
    if not unmatched.parent.is_dir():
        return _unwritten(unmatched, f"there is no folder “{unmatched.parent}”")
    if unmatched.exists() and not unmatched.is_file():
        return _unwritten(unmatched, "it is no file")
    for path in (tables.feed, tables.inventory):
        with suppress(OSError):
            if unmatched.samefile(path):
                return _unwritten(unmatched, "it is one of the files that are compared")
    return None


def _unwritten(path: Path, why: str) -> Problem:
    return Problem(Code.FILE_UNWRITABLE, f"“{path}” cannot be written: {why}.", "Choose another place.")
