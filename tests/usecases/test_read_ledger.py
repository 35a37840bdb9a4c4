"""Reading a ledger: what is said once, and where reading stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.usecases.read_ledger import read_ledger
from tests.builders.wrong import changed, line_of, written

if TYPE_CHECKING:
    from collections.abc import Mapping

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
