"""Canonical bytes are those of RFC 8785, as a package that nobody here wrote makes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.canonical import LARGEST_INTEGER, canonical, quote

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
KEYS = st.text(st.characters(max_codepoint=127))
VALUES: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | TEXTS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=20,
)
CONTROLS = "".join(map(chr, range(0x21)))


@given(VALUES)
def test_any_value_is_encoded_as_the_standard_says(value: Json) -> None:
    assert canonical(value) == rfc8785.dumps(value)


@given(TEXTS)
def test_a_text_alone_is_quoted_as_within_a_value(text: str) -> None:
    assert quote(text).encode() == canonical(text) == rfc8785.dumps(text)


@given(VALUES)
def test_what_was_encoded_reads_back_the_same(value: Json) -> None:
    assert json.loads(canonical(value)) == value


@pytest.mark.parametrize("text", [CONTROLS, '"\\/', "\x7f\x80\u2028\u2029\ufeff\uffff", "é é", "€ שׁ 😀", "\U0010ffff"])
def test_difficult_texts_are_escaped_as_the_standard_says(text: str) -> None:
    assert canonical(text) == rfc8785.dumps(text)


def test_keys_stand_in_the_order_of_their_characters() -> None:
    value: Json = {"b": 1, "B": 2, "a/b": 3, "a": 4, "a.b": 5, "": 6, "10": 7, "9": 8}
    assert canonical(value) == b'{"":6,"10":7,"9":8,"B":2,"a":4,"a.b":5,"a/b":3,"b":1}'


def test_the_largest_integer_is_the_last_that_the_standard_takes() -> None:
    assert canonical(LARGEST_INTEGER) == rfc8785.dumps(LARGEST_INTEGER) == b"9007199254740991"
    with pytest.raises(rfc8785.IntegerDomainError):
        rfc8785.dumps(LARGEST_INTEGER + 1)
