"""The licences that records are about, where one is asked for that is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.usecases.evaluate_position import dossiers_of
from tests.builders.stories import told


@pytest.mark.parametrize(("count", "more"), [(10, ""), (12, " and 2 more")])
def test_of_many_licences_ten_are_listed(count: int, more: str) -> None:
    licences = tuple(f"l-{number:02}" for number in range(count))
    records = [replace(record, licences=licences) for record in told()]
    problem = dossiers_of("northlight", records, "1-09", {})
    assert isinstance(problem, Problem)
    ten = "l-00, l-01, l-02, l-03, l-04, l-05, l-06, l-07, l-08, l-09"
    hint = f"Did you mean l-09? The licences are: {ten}{more}."
    assert (problem.code, problem.hint) == (Code.LICENCE_UNKNOWN, hint)
