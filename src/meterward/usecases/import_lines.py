"""Import the lines of a file, a batch at a time: each batch is appended whole, and the first bad one ends it."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.records.line import parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from meterward.core.base.canonical import Json
    from meterward.usecases.append_record import Appended, Line

BATCH = 1_000
"""So many lines are appended together, all or none."""
_NOT_OF_A_LINE = (Code.STORE_BUSY, Code.STORE_FULL, Code.STORE_UNAVAILABLE, Code.LEDGER_UNKNOWN)


class Imported(NamedTuple):
    """How far an import came: the entries that it made, and what stopped it at which lines of the file."""

    first: int | None
    """The index of the first entry; None if none was made."""
    made: int
    problems: list[Problem]
    refused: tuple[int, int] | None
    """The first and the last line of the batch that was refused, of which nothing was written."""


def parse_lines(raw: Iterable[bytes | Problem], first: int = 1) -> tuple[list[dict[str, Json]], list[Problem]]:
    """The lines that can be decoded, and what is wrong with the others. `first` is the number of the first."""
    parsed: list[dict[str, Json]] = []
    problems: list[Problem] = []
    for number, line in enumerate(raw, first):
        found = line if isinstance(line, Problem) else parse_json(line)
        if isinstance(found, Problem):
            problems.append(replace(found, line=number))
        else:
            parsed.append(found)
    return parsed, problems


def import_lines(
    raw: Iterable[bytes | Problem],
    start: int,
    append: Callable[[list[Line]], Appended | list[Problem]],
    tell: Callable[[int], None] = lambda _: None,
) -> Imported:
    """Append the lines of a file from line `start` on. `tell` hears the last line that was appended."""
    lines, first, count = islice(raw, start - 1, None), None, 0
    while batch := list(islice(lines, BATCH)):
        parsed, problems = parse_lines(batch, start)
        done = problems or append([*parsed])
        if isinstance(done, list):
            placed = done if problems else [_placed(one, start) for one in done]
            return Imported(first, count, placed, (start, start + len(batch) - 1))
        first = done.first if first is None else first
        count += done.count
        start += len(batch)
        tell(start - 1)
    return Imported(first, count, [], None)


def _placed(problem: Problem, start: int) -> Problem:
    """A problem of a batch, with the line of the file in which it lies."""
    if problem.code in _NOT_OF_A_LINE:
        return problem
    return replace(problem, line=max(problem.line, 1) + start - 1)
