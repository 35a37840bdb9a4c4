"""The next name of a sort: a number more than the highest, and none where names are words."""

from __future__ import annotations

import pytest

from meterward.core.records.naming import next_name


@pytest.mark.parametrize(
    ("start", "taken", "found"),
    [
        ("sample/", [], "sample/1"),
        ("sample/", ["sample/1", "sample/7", "paper/9"], "sample/8"),
        ("sample/", ["sample/rota", "sample/2"], "sample/3"),
        ("sample/", ["sample/rota"], "sample/"),
        ("sample/", ["sample/2", "sample/201306190"], "sample/3"),
        ("enquiry/a-", ["enquiry/7", "enquiry/a-2", "enquiry/a-1-5"], "enquiry/a-3"),
    ],
)
def test_the_next_number_follows_the_highest_of_those_that_begin_so(start: str, taken: list[str], found: str) -> None:
    assert next_name(start, taken) == found
