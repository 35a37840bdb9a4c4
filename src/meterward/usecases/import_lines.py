"""Import the lines of a file, a batch at a time: each batch is appended whole, and the first bad one ends it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.records.line import read_object
from meterward.core.records.strict_json import parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from meterward.core.base.canonical import Json
    from meterward.usecases.append_record import Appended, Line

BATCH = 1_000
"""So many lines are appended together, all or none."""
_SOME_TIME = "2199-01-01T00:00:00Z"
"""An instant of recording with which a line is looked at by itself."""
_NOT_OF_A_LINE = (Code.STORE_BUSY, Code.STORE_FULL, Code.STORE_UNAVAILABLE, Code.LEDGER_UNKNOWN)


class Imported(NamedTuple):
    """How far an import came: the entries that it made, and what stopped it at which lines of the file."""

    first: int | None
    """The index of the first entry; None if none was made."""
    made: int
    problems: list[Problem]
    refused: tuple[int, int] | None
    """The first and the last line of the batch that was refused, of which nothing was written."""


def parse_lines(raw: Sequence[bytes | Problem], first: int = 1) -> tuple[list[dict[str, Json]], list[Problem]]:
    """The lines, decoded. If one cannot be, everything that is wrong with any. `first` is the number of the first."""
    found = [line if isinstance(line, Problem) else parse_json(line) for line in raw]
    parsed = [one for one in found if not isinstance(one, Problem)]
    return parsed, [] if len(parsed) == len(found) else list(_wrong(found, first))


def _wrong(found: Iterable[dict[str, Json] | Problem], first: int) -> Iterator[Problem]:
    """What is wrong with each line by itself."""
    for number, one in enumerate(found, first):
        read = [one] if isinstance(one, Problem) else read_object({**one, "recorded": _SOME_TIME})
        for problem in read if isinstance(read, list) else ():
            yield replace(problem, line=number)


def import_lines(
    raw: Iterable[bytes | Problem],
    start: int,
    append: Callable[[list[Line]], Appended | list[Problem]],
    tell: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Append the lines of a file from line `start` on. `tell` hears the last line that was appended."""
    lines, first, count = islice(raw, start - 1, None), None, 0
    while batch := list(islice(lines, BATCH)):
        done = _append(batch, start, append)
        if isinstance(done, list):
            return Imported(first, count, done, (start, start + len(batch) - 1))
        first = done.first if first is None else first
        count += done.count
        start += len(batch)
        tell(start - 1)
    return Imported(first, count, [], None)


def _append(
    batch: Sequence[bytes | Problem], start: int, append: Callable[[list[Line]], Appended | list[Problem]]
) -> Appended | list[Problem]:
    parsed, problems = parse_lines(batch, start)
    if problems:
        return problems
    done = append([*parsed])
    return [_placed(one, start) for one in done] if isinstance(done, list) else done


def _placed(problem: Problem, start: int) -> Problem:
    """A problem of a batch, with the line of the file in which it lies."""
    if problem.code in _NOT_OF_A_LINE:
        return problem
    return replace(problem, line=max(problem.line, 1) + start - 1)
