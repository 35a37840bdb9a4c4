"""Versions and ranges of them: compared as published examples say, and not at all where nobody can tell."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from meterward.core.risk.version_ranges import EVERY, UNKNOWN, exactly, read_range
from meterward.core.risk.versions import LONGEST, Scheme, compare

SEMVER = (
    "1.0.0-alpha",
    "1.0.0-alpha.1",
    "1.0.0-alpha.beta",
    "1.0.0-beta",
    "1.0.0-beta.2",
    "1.0.0-beta.11",
    "1.0.0-rc.1",
    "1.0.0",
    "2.0.0",
    "2.1.0",
    "2.1.1",
)
"""The order that the specification of Semantic Versioning 2.0.0 gives as its examples (clause 11)."""
NUMBERS = st.lists(st.integers(0, 12), min_size=1, max_size=4).map(lambda parts: ".".join(map(str, parts)))
STEPS = st.lists(st.tuples(st.sampled_from(["SP", "Update", "HF"]), st.integers(1, 3)), max_size=2).map(
    lambda steps: "".join(f" {word} {number}" for word, number in steps)
)
STEPPED = st.tuples(NUMBERS, STEPS).map("".join)
ODD = st.text(max_size=12)


def test_pre_releases_are_in_the_order_of_the_specification() -> None:
    for one, other in pairwise(SEMVER):
        assert (compare(one, other, "semver"), compare(other, one, "semver")) == (-1, 1)
    assert compare("1.0.0+20130313144700", "1.0.0+exp.sha.5114f85", "semver") == 0


@given(NUMBERS, NUMBERS)
def test_numbers_are_in_the_order_that_another_library_has(one: str, other: str) -> None:
    order = (Version(one) > Version(other)) - (Version(one) < Version(other))
    assert compare(one, other) == order
    assert compare(f"V{one}", f"v{other}") == order


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("V5.5", "V5.5 SP1"),
        ("V5.2 SP3 HF13", "V5.2 SP 3 HF 15"),
        ("V17 Update 4", "V17_Update_7"),
        ("V17 Update 9", "V17.1"),
        ("02.20.126", "2.21"),
    ],
)
def test_service_packs_and_updates_are_later_than_what_they_are_for(one: str, other: str) -> None:
    assert (compare(one, other), compare(other, one)) == (-1, 1)


@pytest.mark.parametrize(
    ("one", "other", "scheme"),
    [
        ("6.6.8a", "6.6.9", "numbers"),
        ("1.2 SP1", "1.2 HF1", "numbers"),
        ("R15x", "R16x", "numbers"),
        ("2.0-beta9", "2.0", "numbers"),
        ("1.0.2k-19", "1.0.2k-21", "text"),
        ("1", "2", "text"),
        ("", "1", "numbers"),
        ("\u0661.\u0662", "1.3", "numbers"),
        ("1" * (LONGEST + 1), "1", "numbers"),
    ],
)
def test_what_nobody_can_tell_is_not_told(one: str, other: str, scheme: Scheme) -> None:
    assert compare(one, other, scheme) is None
    assert compare(other, one, scheme) is None


@given(STEPPED, STEPPED, STEPPED)
def test_the_order_is_one_where_there_is_one(one: str, other: str, third: str) -> None:
    there, back = compare(one, other), compare(other, one)
    assert there == (None if back is None else -back)
    assert compare(one, one) == 0
    if there in (-1, 0) and compare(other, third) == -1:
        assert compare(one, third) == -1


@given(ODD, ODD, st.sampled_from(["numbers", "semver", "text"]))
def test_whatever_is_written_is_compared_or_not_the_same_both_ways(one: str, other: str, scheme: Scheme) -> None:
    there, back = compare(one, other, scheme), compare(other, one, scheme)
    assert there == (None if back is None else -back)


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("< V2.0", "1.9.9", "2.0"),
        ("<= 2.0", "2", "2.0.1"),
        ("vers:all/<V4.3.8", "V4.3.7", "V4.3.8"),
        ("vers:all/>=V5.4<V5.5 SP1", "5.5", "5.5 SP1"),
        (">= V7.80 < V9.30", "8", "7.79"),
        (">= 13.3.1 | <= 13.3.2", "13.3.2", "13.3.3"),
        ("12.4.1-12.4.11", "12.4.11", "12.4.12"),
        ("2.0.0 | 2.0.1", "2.0.1", "2.0.2"),
        ("All BIOS versions < V25.02.08", "25.2.7", "25.02.08"),
        ("All versions prior to V1.5.1", "1.5", "1.5.1"),
        ("vers:npm/1.2.3|>=2.0.0|<5.0.0", "2.0.0", "2.0.0-rc.1"),
        ("vers:pypi/>=1.0|!=1.3|<2.0", "1.4", "1.3"),
        ("vers:deb/1.2-3", "1.2-3", "1.2-4"),
        ("<1.0|>=2.0|<3.0", "2.5", "1.5"),
        ("<V3.2_HF1", "3.2", "3.2 HF 1"),
    ],
)
def test_a_version_lies_in_a_range_as_it_is_written(text: str, inside: str, outside: str) -> None:
    found = read_range(text)
    assert (found.has(inside), found.has(outside)) == (True, False)


@pytest.mark.parametrize("text", ["vers:all/*", "*", "All versions", "all", "All_versions"])
def test_all_versions_are_all_even_one_that_is_not_known(text: str) -> None:
    assert read_range(text) == EVERY
    assert read_range(text).has("") is True


@pytest.mark.parametrize(
    "text",
    [
        "All versions with Ethernet interface",
        ">1|>2",
        "<2|<3",
        ">=5|<2",
        "<>1",
        "<",
        "1" * 3_000,
        "All versions using it",
    ],
)
def test_a_range_that_says_something_else_is_not_understood(text: str) -> None:
    assert read_range(text) == UNKNOWN
    assert read_range(text).has("1.0") is None


def test_a_bound_that_cannot_be_compared_leaves_it_open() -> None:
    assert read_range("<= 6.6.8a").has("6.6.7") is None
    assert read_range(">=1.0 < 2.0beta").has("0.9") is False
    assert read_range("vers:deb/<1.2-3").has("1.2-1") is None
    assert exactly("R15A").has("R15A") is True


@given(st.text(max_size=40), st.text(max_size=10))
def test_any_text_is_a_range_or_not_understood(text: str, version: str) -> None:
    assert read_range(text).has(version) in (True, False, None)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_range_has_what_lies_between_its_ends(low: str, high: str, version: str) -> None:
    found = read_range(f"vers:all/>={low}|<{high}")
    if Version(low) <= Version(high):
        assert found.has(version) is (Version(low) <= Version(version) < Version(high))
    else:
        assert found == UNKNOWN
