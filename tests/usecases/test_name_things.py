"""Names: always the same for the same text, always names, and no two texts unnoticed for one."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.records.values import NAME
from meterward.usecases.name_things import Names, joined, slug, subject
from tests.builders.inventories import NAMES


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Head end", "Head-end"),
        ("Café (north)", "Cafe-(north)"),
        ("a/b", "a/b"),
        ("  --x--", "x"),
        ("DLMS / COSEM", "DLMS-COSEM"),
        ("電力", ""),
        ("", ""),
    ],
)
def test_what_a_text_becomes(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text())
def test_a_name_is_a_name_and_stays_one(text: str) -> None:
    found = slug(text)
    assert not found or NAME.fullmatch(found)
    assert slug(found) == found
    named = subject("element", text)
    assert not named or (NAME.fullmatch(named) and subject("element", named) == named)


@given(st.lists(st.text()))
def test_joined_names_are_names(parts: list[str]) -> None:
    found = joined("link", parts)
    assert not found or NAME.fullmatch(found)


@given(NAMES)
def test_a_name_is_kept(name: str) -> None:
    assert subject("element", name) == subject("element", f"element/{name}") == f"element/{name}"


def test_long_texts_that_begin_alike_stay_apart() -> None:
    first, second = slug("a" * 100), slug("a" * 101)
    assert first != second
    assert len(first) == len(second) == 64


def test_a_name_of_just_so_many_characters_stays_whole_and_a_longer_one_ends_in_a_mark_of_eight() -> None:
    assert slug("a " * 32) == "-".join("a" * 32)
    assert slug("é" * 64) == "e" * 64
    assert slug("é" * 65) == f"{'e' * 55}-{sha256(('é' * 65).encode()).hexdigest()[:8]}"
    cut_at_hyphen = slug(f"{'é' * 54} {'é' * 20}")
    assert (cut_at_hyphen[:55], len(cut_at_hyphen)) == (f"{'e' * 54}-", 63)


def test_two_texts_for_one_name_are_noticed() -> None:
    names = Names()
    assert names.clash("element", "element/a-b", "a b") == ""
    assert names.clash("element", "element/a-b", "a b") == ""
    assert names.clash("zone", "element/a-b", "a,b") == ""
    assert names.clash("element", "element/a-b", "a,b") == "a b"


def test_what_is_too_long_and_differs_only_in_what_falls_away_has_two_names() -> None:
    assert slug("ä" * 70) != slug("a" * 70)
    assert len(slug("ä" * 70)) == len(slug("a" * 70)) == 64
