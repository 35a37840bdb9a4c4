"""What a group of fields takes: what Python takes for the same value is not the same in a record."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from meterward.core.records.fields import fields_of, reader
from meterward.core.records.unfit import UnfitError


class Pair(NamedTuple):
    """A count and a flag."""

    number: int
    flag: bool


class Holder(NamedTuple):
    """A group with a group in it."""

    pair: Pair


READ = reader(Holder, fields_of(Holder))


@pytest.mark.parametrize("pair", [{"number": True, "flag": True}, {"number": 1, "flag": 1}])
def test_one_is_never_taken_for_true_though_it_was_read_before(pair: dict[str, object]) -> None:
    good = READ({"pair": {"number": 1, "flag": True}})
    assert good == Holder(Pair(1, flag=True))
    with pytest.raises(UnfitError):
        READ({"pair": pair})  # type: ignore[dict-item]  # JSON, as the decoder gives it
