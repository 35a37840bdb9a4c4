"""Reading a ledger: what is said once, and where reading stops."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from meterward.usecases.read_ledger import MOST_PROBLEMS, read_ledger
from tests.builders.wrong import changed, line_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.core.base.canonical import Json
    from meterward.usecases.read_ledger import Loaded

OPENED, HELD = line_of("ledger.opened"), line_of("licence.held", subject="licence/electricity")
ELEMENT = line_of("element.declared")


def read(*lines: Mapping[str, Json]) -> Loaded:
    """What comes of some lines."""
    return read_ledger(written(line) for line in lines)


def said(loaded: Loaded) -> list[tuple[int, str]]:
    """The line and the code of each problem."""
    return [(problem.line, problem.code.value) for problem in loaded.problems]


def test_a_missing_opening_is_said_once() -> None:
    unknown = line_of("document.received", subject="audit/9")
    assert said(read(HELD, ELEMENT, unknown)) == [(1, "ledger.not-opened"), (3, "reference.unknown")]


@pytest.mark.parametrize("path", ["facts.purpose", "statement.occurred"])
def test_an_opening_that_is_refused_is_not_missed_as_well(path: str) -> None:
    assert said(read(changed(OPENED, path, "never"), HELD, ELEMENT)) == [(1, "field.value")]


def test_an_opening_that_comes_too_late_is_said_once() -> None:
    assert said(read(HELD, OPENED, ELEMENT)) == [(1, "ledger.not-opened")]


def test_reading_stops_one_problem_after_those_that_are_kept() -> None:
    taken: list[int] = []

    def lines() -> Iterator[bytes]:
        for number in count(1):
            taken.append(number)
            yield b"x"

    loaded = read_ledger(lines())
    assert (len(loaded.problems), loaded.more_problems, loaded.stopped) == (MOST_PROBLEMS, 1, MOST_PROBLEMS + 1)
    assert taken[-1] == loaded.stopped


@pytest.mark.parametrize("bad", [0, 1, MOST_PROBLEMS])
def test_reading_goes_on_to_the_end_while_problems_are_kept(bad: int) -> None:
    loaded = read_ledger([written(OPENED), *[b"x"] * bad, written(HELD)])
    assert (len(loaded.problems), loaded.stopped, loaded.size) == (bad, 0, 2)


def test_an_entry_is_found_in_its_line_though_lines_before_it_were_refused() -> None:
    loaded = read_ledger([b"x", written(OPENED), b"x", b"x", written(HELD), written(ELEMENT), b"x"])
    assert [loaded.line_of(record.index) for record in loaded.records] == [2, 5, 6]


def test_the_root_over_the_first_entries_is_noted_beside_that_over_all() -> None:
    lines = [written(line) for line in (OPENED, HELD, ELEMENT)]
    for size in (1, 2, 3):
        assert read_ledger(lines, root_at=size).root_at == read_ledger(lines[:size]).root
    assert read_ledger(lines, root_at=4).root_at == ""
    assert read_ledger(lines, root_at=2).root == read_ledger(lines).root
