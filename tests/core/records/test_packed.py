"""What goes from one process to another of a line of any kind arrives as it was."""

from __future__ import annotations

import pickle

import pytest

from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import Sealed, read_object
from meterward.core.records.packed import pack, unpack
from meterward.core.records.record import NO_LINKS
from tests.builders.wrong import line_of


@pytest.mark.parametrize("kind", all_kinds())
def test_every_kind_arrives_as_it_was(kind: str) -> None:
    sealed = read_object(line_of(kind))
    assert isinstance(sealed, Sealed), sealed
    arrived = unpack(pickle.loads(pickle.dumps(pack(sealed))))  # noqa: S301 - it was written in the same line
    assert arrived.kind is sealed.kind
    assert (arrived.header, arrived.facts, arrived.links) == (sealed.header, sealed.facts, sealed.links)
    assert (arrived.links is NO_LINKS) == (sealed.links is NO_LINKS)
    assert (arrived.recorded, arrived.recorded_day, arrived.claimed_id) == (
        sealed.recorded,
        sealed.recorded_day,
        sealed.claimed_id,
    )
    assert arrived.statement.files == sealed.statement.files
    assert arrived.statement.digest() == sealed.statement.digest()


def test_the_body_of_a_statement_stays_behind() -> None:
    sealed = read_object(line_of())
    assert isinstance(sealed, Sealed), sealed
    with pytest.raises(TypeError, match="another process"):
        unpack(pack(sealed)).statement.payload()
