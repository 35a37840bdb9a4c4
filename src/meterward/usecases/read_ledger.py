"""Read a ledger, line by line, into records: everything that is wrong at once, in bounded memory."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from meterward.core.base.problem import Code, Problem
from meterward.core.records.admission import Admission
from meterward.core.records.line import Sealed, read_line
from meterward.core.records.record import Record
from meterward.core.records.signatures import vouch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from meterward.core.ledger.keys import PublicKey

Line: TypeAlias = bytes | Problem
"""A line, or what keeps one from being read."""
Read: TypeAlias = Sealed | list[Problem]
"""What reading a line by itself comes to."""
MOST_PROBLEMS = 1_000
"""So many problems are kept. With one more, reading stops: such a file is no ledger, or is better mended before."""
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
    """How many more were found; if reading stopped, there may be any number beyond."""
    stopped: int = 0
    """The last line that was read, if reading stopped before the end; else 0."""
    refused: list[int] = field(default_factory=list)
    """The lines, from 1, that are no record."""
    root_at: str = ""
    """The root, in hex, over the first so many entries as were asked for; empty if there are not so many."""

    def refuse(self, problem: Problem, line: int) -> None:
        """Note a problem of a line."""
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(replace(problem, line=line))
        else:
            self.more_problems += 1

    def line_of(self, index: int) -> int:
        """The line of the file, from 1, in which an entry stands."""
        line = index + 1
        for refused in self.refused:
            if refused > line:
                break
            line += 1
        return line

    def note(self, admission: Admission) -> None:
        """Note how far the ledger has come."""
        self.licensee, self.size, self.root = admission.keeper, admission.tree.size, admission.tree.root().hex()


def one_by_one(lines: Iterable[Line], keys: Mapping[str, PublicKey] | None = None) -> Iterator[tuple[Line, Read]]:
    """Read each line by itself, in order; with keys, by their ids, as those of a bundle, saying how each is signed."""
    for line in lines:
        found = [line] if isinstance(line, Problem) else read_line(line, in_bundle=keys is not None)
        if keys is not None and isinstance(found, Sealed):
            found.vouched = vouch(found.statement.payload(), found.signatures, keys)
        yield line, found


def read_ledger(
    lines: Iterable[Line],
    known_at: date | int | None = None,
    tell: Callable[[int], None] = lambda _: None,
    see: Callable[[Record[Any], bytes], None] | None = None,
    root_at: int | None = None,
    read: Callable[[Iterable[Line]], Iterable[tuple[Line, Read]]] = one_by_one,
) -> Loaded:
    """Read lines (bytes, or a problem where the file had none) up to `known_at`: a ledger size, or a day inclusive.

    The lines after the prefix are checked all the same. `tell` hears now and then how many lines were read;
    `see` is shown every record of the prefix with its line, for who needs the texts. `root_at` is a size of the ledger
    whose root is wanted as well. `read` does as `one_by_one`. After `MOST_PROBLEMS` and one more, nothing further is
    read.
    """
    reading = _Reading(known_at, root_at, see)
    for number, (line, found) in enumerate(read(lines), 1):
        reading.take(line, found, number)
        if reading.loaded.more_problems:
            reading.loaded.stopped = number
            break
        if not number % _TELL_EVERY:
            tell(number)
    return reading.done()


@dataclass(slots=True)
class _Reading:
    """A ledger while it is read."""

    known_at: date | int | None
    root_at: int | None
    see: Callable[[Record[Any], bytes], None] | None = None
    loaded: Loaded = field(default_factory=Loaded)
    admission: Admission = field(default_factory=Admission)
    within: bool = True

    def take(self, line: Line, found: Read, number: int) -> None:
        """Take in one line, and what it was read to be."""
        record = self._admit(found) if isinstance(found, Sealed) else found
        if isinstance(record, Record):
            if self.root_at == self.admission.tree.size:
                self.loaded.root_at = self.admission.tree.root().hex()
            if self.within:
                self.loaded.records.append(record)
                if self.see and isinstance(line, bytes):
                    self.see(record, line)
        else:
            self.admission.excused = True
            self.loaded.refused.append(number)
            for problem in record:
                self.loaded.refuse(problem, number)

    def done(self) -> Loaded:
        """What was read."""
        if self.within:
            self.loaded.note(self.admission)
        if not self.admission.tree.size and not self.loaded.problems:
            hint = "A ledger begins with ledger.opened; “meterward example DIR” writes one to start from."
            self.loaded.refuse(Problem(Code.FILE_EMPTY, "There is no record in it.", hint), 0)
        return self.loaded

    def _admit(self, sealed: Sealed) -> Record[Any] | list[Problem]:
        if self.known_at is not None and self.within and self._beyond(sealed, self.known_at):
            self.loaded.note(self.admission)
            self.within = False
        return self.admission.admit(sealed)

    def _beyond(self, sealed: Sealed, known_at: date | int) -> bool:
        return self.admission.tree.size >= known_at if isinstance(known_at, int) else sealed.recorded_day > known_at
