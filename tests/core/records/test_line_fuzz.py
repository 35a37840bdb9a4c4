"""Whatever a line holds, reading it gives a record or problems, never an exception; and a refusal leaves no trace."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.core.records.admission import Admission
from meterward.core.records.kinds import all_kinds
from meterward.core.records.line import Sealed, read_line, read_object
from meterward.core.records.record import Record
from tests.builders.ledgers import opened, rich_ledger
from tests.builders.wrong import line_of, plain, state_of, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem

KINDS = sorted(all_kinds())
_NUMBERS = st.integers(-(2**70), 2**70) | st.floats() | st.sampled_from([0, 1, -1, 2**53, 10**400])
_WORDS = st.text(max_size=20) | st.sampled_from(
    ["policy.issued", "northlight", "element/1", "2013-02-29", "2013-09-02", "00" * 32, "00" * 16, "\ud800", "a\nb"]
)
_LEAVES = st.none() | st.booleans() | _NUMBERS | _WORDS
_KEYS = _WORDS | st.sampled_from(["statement", "facts", "text", "salts", "erased", "files", "id", "kind", "recorded"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4), max_leaves=15
)


@cache
def sample() -> list[dict[str, Json]]:
    """Lines that were admitted, and one of every kind."""
    return [*rich_ledger(7, count=40).lines, *(line_of(kind) for kind in KINDS)]


@cache
def grown() -> list[bytes]:
    """A ledger in which much happens."""
    return rich_ledger(11, count=30).file()


def ledger() -> Admission:
    """That ledger, admitted anew."""
    admission = Admission()
    for line in grown():
        sealed = read_line(line)
        assert isinstance(sealed, Sealed)
        assert isinstance(admission.admit(sealed), Record)
    return admission


def attempt(raw: bytes, admission: Admission) -> list[Problem] | Record[Any]:
    """What comes of a line; whatever is refused is refused plainly and leaves no trace."""
    before = state_of(admission)
    found = read_line(raw)
    outcome = admission.admit(found) if isinstance(found, Sealed) else found
    if isinstance(outcome, Record):
        assert admission.tree.size == outcome.index + 1
        return outcome
    assert outcome
    assert state_of(admission) == before
    return plain(outcome)


def ways(value: Json, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to every value within a value."""
    if way:
        yield way
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in inner:
        yield from ways(item, (*way, step))


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A good line with one thing changed: a value, a key, or some bytes."""
    line: Any = copy.deepcopy(draw(st.sampled_from(sample())))
    *outer, last = draw(st.sampled_from(sorted(ways(line), key=str)))
    inner = line
    for step in outer:
        inner = inner[step]
    what = draw(st.sampled_from(["value", "value", "gone", "more", "bytes"]))
    if what == "value":
        inner[last] = draw(VALUES)
    elif what == "gone":
        del inner[last]
    elif what == "more" and isinstance(inner, dict):
        inner[draw(_KEYS)] = draw(VALUES)
    raw = written(line)
    if what == "bytes":
        start, length = draw(st.integers(0, len(raw))), draw(st.integers(0, 5))
        raw = raw[:start] + draw(st.binary(max_size=5)) + raw[start + length :]
    return raw


@settings(max_examples=500, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_plainly(raw: bytes) -> None:
    assert isinstance(attempt(raw, opened().admission), list)


@settings(max_examples=500, deadline=None)
@given(VALUES)
def test_any_json_is_refused_plainly(value: object) -> None:
    assert isinstance(attempt(json.dumps(value).encode(), opened().admission), list)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(_KEYS, VALUES, max_size=6))
def test_any_object_is_refused_plainly_though_no_one_decoded_it(value: dict[str, Any]) -> None:
    found = read_object(value)
    assert isinstance(found, list)
    plain(found)


@settings(max_examples=1_000, deadline=None)
@given(mutated())
def test_a_line_with_one_thing_changed_is_refused_plainly_or_fits(raw: bytes) -> None:
    attempt(raw, opened().admission)


@settings(max_examples=25, deadline=None)
@given(st.lists(mutated(), min_size=1, max_size=12), st.data())
def test_refusals_change_nothing_of_what_comes_after(wrong: list[bytes], data: st.DataObject) -> None:
    """A ledger into which bad lines are pushed at any place is, but for those that fit, the ledger without them."""
    pushed, plainly = Admission(), Admission()
    places = [data.draw(st.integers(0, len(grown()) - 1)) for _ in wrong]
    for place, line in enumerate(grown()):
        for one, at in zip(wrong, places, strict=True):
            if at == place and isinstance(read := read_line(one), Sealed):
                trial = copy.deepcopy(pushed)
                if isinstance(trial.admit(read), list):
                    attempt(one, pushed)
        sealed = read_line(line)
        assert isinstance(sealed, Sealed)
        first, second = pushed.admit(sealed), plainly.admit(sealed)
        assert isinstance(first, Record)
        assert isinstance(second, Record)
        assert (first.id, first.index) == (second.id, second.index)
    assert pushed.tree.root() == plainly.tree.root() == ledger().tree.root()
