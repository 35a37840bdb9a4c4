"""Read a ledger, line by line, into records: everything that is wrong at once, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.records.admission import Admission
from meterward.core.records.line import Sealed, read_line
from meterward.core.records.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

MOST_PROBLEMS = 1_000
"""So many problems are kept; more are only counted."""
_TELL_EVERY = 1_000


@dataclass(slots=True)
class Loaded:
    """What is known of a ledger: the records of a prefix (or all), and every problem in the whole of it."""

    licensee: str = ""
    records: list[Record[Any]] = field(default_factory=list)
    size: int = 0
    """How many entries the prefix has."""
    root: str = ""
    """The Merkle root over them, in hex."""
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0

    def refuse(self, problem: Problem) -> None:
        """Note a problem."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(problem)
        else:
            self.more_problems += 1

    def note(self, admission: Admission) -> None:
        """Note how far the ledger has come."""
        self.licensee, self.size, self.root = admission.licensee, admission.tree.size, admission.tree.root().hex()


def read_ledger(
    lines: Iterable[bytes | Problem],
    known_at: date | int | None = None,
    tell: Callable[[int], None] = lambda _: None,
) -> Loaded:
    """Read lines (bytes, or a problem where the file had none) up to `known_at`: a ledger size, or a day inclusive.

    The lines after the prefix are checked all the same. `tell` hears now and then how many lines were read.
    """
    loaded, admission, within = Loaded(), Admission(), True
    for number, line in enumerate(lines, 1):
        sealed = [line] if isinstance(line, Problem) else read_line(line)
        if isinstance(sealed, Sealed):
            if known_at is not None and within and _beyond(sealed, admission.tree.size, known_at):
                loaded.note(admission)
                within = False
            found = admission.admit(sealed)
        else:
            found = sealed
        if isinstance(found, Record):
            if within:
                loaded.records.append(found)
        else:
            for problem in found:
                loaded.refuse(replace(problem, line=number))
        if not number % _TELL_EVERY:
            tell(number)
    if within:
        loaded.note(admission)
    if not admission.tree.size and not loaded.problems:
        hint = "A ledger begins with ledger.opened; “meterward example DIR” writes one to start from."
        loaded.refuse(Problem(Code.FILE_EMPTY, "There is no record in it.", hint))
    return loaded


def _beyond(sealed: Sealed, index: int, known_at: date | int) -> bool:
    return index >= known_at if isinstance(known_at, int) else sealed.recorded_day > known_at
