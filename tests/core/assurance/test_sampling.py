"""A sample follows from seed and population alone, so that anybody can draw it again."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from meterward.core.assurance.sampling import digest_of, draw, redraw
from meterward.core.records.kinds.sample_drawn import KIND, SampleDrawn

ITEMS = some.lists(some.text("0123456789abcdef", min_size=4, max_size=4), unique=True, max_size=40)
SEED = some.text(max_size=8)


@given(SEED, ITEMS, some.integers(0, 50), some.randoms())
def test_the_order_in_which_items_come_changes_nothing(seed: str, items: list[str], size: int, random: Any) -> None:  # noqa: ANN401 - of Hypothesis
    mixed = [*items, *items]
    random.shuffle(mixed)
    assert draw(seed, mixed, size) == draw(seed, items, size)
    assert digest_of(mixed) == digest_of(items)


@given(SEED, ITEMS, some.integers(0, 50))
def test_a_smaller_sample_stands_at_the_head_of_a_larger_one(seed: str, items: list[str], size: int) -> None:
    larger = draw(seed, items, size + 1)
    assert draw(seed, items, size) == larger[:size]
    assert len(larger) == min(size + 1, len(items))
    assert set(larger) <= set(items)


@given(SEED, ITEMS)
def test_an_item_that_goes_takes_no_other_place_but_its_own(seed: str, items: list[str]) -> None:
    whole = draw(seed, items, len(items))
    for gone in items[:3]:
        left = [one for one in items if one != gone]
        assert draw(seed, left, len(left)) == tuple(one for one in whole if one != gone)


def test_the_draw_is_what_the_documentation_says() -> None:
    items = ["aa", "bb", "cc", "dd"]
    by_hand = sorted(items, key=lambda one: sha256(b"seed\0" + one.encode()).hexdigest())
    assert draw("seed", items, 2) == tuple(by_hand[:2])
    assert digest_of(["bb", "aa"]) == sha256(b"aa\nbb\n").hexdigest()


def _told(**other: Any) -> SampleDrawn:  # noqa: ANN401 - whatever a fact is
    items = ["aa", "bb", "cc"]
    facts = {"population": 3, "digest": digest_of(items), "seed": "s", "size": 2, "drawn": draw("s", items, 2)}
    example: SampleDrawn = KIND.read(KIND.example)
    return example._replace(**{**facts, **other})


def test_a_sample_drawn_again_is_the_same_or_it_is_said_why_not() -> None:
    items = ["cc", "aa", "bb"]
    assert redraw(_told(), items).same
    other = redraw(_told(), [*items, "dd"])
    assert (other.same_population, other.same) == (False, False)
    chosen = redraw(_told(drawn=("aa", "aa")), items)
    assert (chosen.same_population, chosen.same) == (True, False)
    assert not redraw(_told(population=4), items).same_population
