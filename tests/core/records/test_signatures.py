"""The signatures of a line are read in the form in which they are written, and in no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.core.base.base64 import to_base64
from meterward.core.base.problem import Code
from meterward.core.records.signatures import MOST, signatures_of, written

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem

KEY, VALUE = "ab" * 32, to_base64(b"v" * 64)


def test_they_are_read_as_they_are_written() -> None:
    problems: list[Problem] = []
    found = signatures_of({KEY: VALUE}, problems)
    assert (written(found), problems) == ({KEY: VALUE}, [])
    many: dict[str, Json] = {f"{number:064x}": VALUE for number in range(MOST)}
    assert len(signatures_of(many, problems)) == MOST
    assert not problems


@pytest.mark.parametrize(
    "said",
    [
        {},
        [VALUE],
        {f"{number:064x}": VALUE for number in range(MOST + 1)},
        {KEY.upper(): VALUE},
        {KEY[:-1]: VALUE},
        {KEY: ""},
        {KEY: 7},
        {KEY: VALUE.rstrip("=")},
        {KEY: "A" * 8_196},
    ],
)
def test_whatever_else_is_no_signature(said: Json) -> None:
    problems: list[Problem] = []
    signatures_of(said, problems)
    assert [one.code in (Code.FIELD_TYPE, Code.FIELD_VALUE) for one in problems] == [True]
