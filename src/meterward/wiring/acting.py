"""Appending to the store from the command line: a few records with what they change, or the many of a file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward import wiring
from meterward.adapters.background import Job
from meterward.adapters.journal import open_journal
from meterward.core.base.problem import Problem
from meterward.core.records.by_hand import not_by_hand
from meterward.core.records.keeper import Keeper
from meterward.present.answer import Question
from meterward.present.differences import Change, differences
from meterward.usecases.append_record import Appended
from meterward.usecases.exchange_records import Reach, reach_of
from meterward.usecases.import_lines import import_lines
from meterward.wiring.store import head_of, within

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from meterward.adapters.journal import Journal
    from meterward.usecases.append_record import Line
    from meterward.usecases.import_lines import Imported
    from meterward.wiring import Hear
    from meterward.wiring.installed import Installation

    Wait = Callable[[Job], None]
    """Waits until a job has ended, and shows meanwhile how far it has come."""


class Acted(NamedTuple):
    """What was appended, what that changed in the position, and where else it is entered."""

    appended: Appended
    changes: list[Change] | None
    """None if it is no licensee's ledger, in which no duty stands."""
    reach: Reach


def append_lines(home: Path, licensee: str, lines: Sequence[Line], wait: Wait) -> Acted | list[Problem]:
    """Append lines that somebody wrote, all or none, and say what changed."""
    by_hand = [
        replace(problem, line=number)
        for number, line in enumerate(lines, 1)
        for problem in not_by_hand(line.get("statement"))
    ]
    if by_hand:
        return by_hand
    done = within(home, lambda store: _append(store, licensee, lines, wait))
    return [done] if isinstance(done, Problem) else done


def import_file(home: Path, licensee: str, file: str, start: int, hear: Hear) -> Imported | Problem:
    """Append the lines of a file in batches, from a line on."""
    journal = open_journal(file)
    if isinstance(journal, Problem):
        return journal
    with journal:
        return within(home, lambda store: _import(store, licensee, journal, start, hear))


def _import(store: Installation, licensee: str, journal: Journal, start: int, hear: Hear) -> Imported | Problem:
    from meterward.wiring.appending import append  # noqa: PLC0415 - rows can be loaded only within a store

    head = head_of(store.ledgers, licensee)
    if isinstance(head, Problem):
        return head
    return import_lines(
        wiring.told(journal), start, lambda lines: append(licensee, lines), lambda line: hear(line, journal.share)
    )


def _append(store: Installation, licensee: str, lines: Sequence[Line], wait: Wait) -> Acted | list[Problem]:
    from meterward.wiring.appending import append  # noqa: PLC0415 - rows can be loaded only within a store

    head = head_of(store.ledgers, licensee)
    if isinstance(head, Problem):
        return [head]
    # Law is evaluated over licensees' ledgers alone.
    before = _positions(licensee, wait) if head.sort is Keeper.LICENSEE else None
    if isinstance(before, list):
        return before
    done = append(licensee, lines)
    if isinstance(done, list):
        return done
    reach = reach_of(store.ledgers, licensee, lines)
    if before is None:
        return Acted(done, None, reach)
    after = _positions(licensee, wait)
    return Acted(done, [] if isinstance(after, list) else differences(before, after), reach)


def _positions(licensee: str, wait: Wait) -> dict[str, Any] | list[Problem]:
    from meterward.wiring.installed import answering  # noqa: PLC0415 - rows can be loaded only within a store

    day = wiring.today()
    question = Question(licensee, None, day, None, wiring.DEFAULT_PACK, {}, day)
    while isinstance(found := answering().positions(question), Job):
        wait(found)
    return found
