"""Bundles of which parts are withheld: verified all the same, told of, and never a way to look better."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from meterward import wiring
from meterward.core.base.problem import Problem
from meterward.core.bundle.manifest import RECORDS
from meterward.core.bundle.steps import Outcome
from meterward.usecases.select_records import Chosen
from meterward.usecases.verify_withheld import resting_in_words
from meterward.usecases.withhold import Asked
from tests.builders.bundles import AS_AT, law
from tests.builders.northlight import LARGE, SMALL, failed, lines_of, maker, named, said, whole
from tests.builders.withheld import APPOINTED, FACT, FILES, ROLE, TEXTS, shown


def test_without_texts_and_files_a_bundle_is_verified_as_a_whole_and_tells_who_withheld_them() -> None:
    for asked in ((TEXTS,), (FILES,), (TEXTS, FILES), (Asked("text", "post", ROLE),)):
        found = maker(SMALL).verify(shown(*asked))
        assert found.holds, named(found)
        assert not found.holds_in_part
        assert "parts are withheld by northlight" in found.steps[5].found.says
        assert said(shown(*asked))["receipts"] == said(whole(SMALL))["receipts"]


def test_a_content_that_is_withheld_is_not_there_and_told_as_withheld() -> None:
    assert any(name.startswith("files/") for name in whole(SMALL).files)
    assert not any(name.startswith("files/") for name in shown(FILES).files)
    assert "1 withheld" in maker(SMALL).verify(shown(FILES)).steps[7].found.says


def test_where_a_fact_is_withheld_what_rests_on_it_is_indeterminate_and_the_whole_is_no_pass() -> None:
    found = maker(SMALL).verify(shown(FACT))
    assert not found.holds
    assert found.holds_in_part
    assert found.steps[9].found.outcome is Outcome.PARTIAL
    assert failed(found) == []
    assert set(found.indeterminate) == {"electricity", "gas"}
    for receipt in said(shown(FACT))["receipts"]:
        unknown = receipt["indeterminate"]
        assert list(found.indeterminate[receipt["licence"]]) == unknown
        assert 0 < len(unknown) < len(unknown) + len(receipt["duties"])
        assert "Z.7(a)" in unknown, "a duty rests on what those rest on that it is made of"
        assert not set(unknown) & set(receipt["duties"])
        assert all(f"{name}" in named(found) for name in unknown)
        assert "result" not in receipt


def test_every_part_together_is_withheld_and_still_verified_in_part() -> None:
    found = maker(SMALL).verify(shown(TEXTS, FILES, FACT, APPOINTED))
    assert found.holds_in_part
    told = said(shown(TEXTS, FILES, FACT, APPOINTED))["withheld"]
    assert told == {
        "because": "It is a trade secret.",
        "by": "northlight",
        "facts": 16,
        "files": 1,
        "records": 24,
        "texts": 24,
    }
    names = {name for one in found.hidden for name in one.names}
    assert {"text.post", "files.word.txt", "facts.power", "facts.role"} <= names


def test_where_every_duty_reads_what_is_withheld_nothing_is_said_of_any() -> None:
    found = maker(SMALL).verify(shown(Asked("facts", "held_from", "licence.held")))
    assert found.holds_in_part
    assert "every duty rests on" in found.steps[9].found.says
    assert all(not one["duties"] and "parameters" not in one for one in found.receipts)


def test_a_selection_is_withheld_from_in_the_same_way() -> None:
    by = maker(LARGE)
    found = by.verify(
        by.bundle(Chosen(subject="policy/1"), withheld=(TEXTS, Asked("facts", "effective", "policy.issued")))
    )
    assert found.holds, named(found)
    assert "parts are withheld by northlight" in found.steps[5].found.says
    assert found.steps[9].found.outcome is Outcome.NOTHING


@cache
def stands(licence: str) -> dict[str, str]:
    """The digest of where each duty stands, computed from everything."""
    found = maker(SMALL).verify(whole(SMALL))
    assert found.records
    held = wiring.dossiers(found.records.loaded, licence)
    assert not isinstance(held, Problem)
    (position,) = wiring.positions(held, law(), AS_AT)
    return dict(position.digests)


@st.composite
def some_asked(draw: st.DrawFn) -> tuple[Asked, ...]:
    """Anything that the small ledger has, and that may be withheld."""
    there = sorted(
        {
            Asked(part, name, line["statement"]["kind"] if of_kind else line["id"])
            for line in lines_of(whole(SMALL))
            for of_kind in (False, True)
            for part in ("text", "facts", "files")
            for name in line.get(part, {})
            if part != "facts" or line["statement"]["kind"] not in ("ledger.opened", "key.introduced")
        }
    )
    return tuple(sorted(draw(st.sets(st.sampled_from(there), min_size=1, max_size=6))))


@settings(max_examples=40, deadline=None)
@given(some_asked())
def test_whatever_is_withheld_nine_steps_pass_and_no_duty_looks_other_than_it_is(asked: tuple[Asked, ...]) -> None:
    by = maker(SMALL)
    bundle = by.bundle(withheld=asked)
    found = by.verify(bundle)
    assert {step.found.outcome for step in found.steps[:9]} <= {Outcome.PASSED, Outcome.NOTHING}, named(found)
    facts = any(one.part == "facts" for one in asked)
    assert found.holds or found.holds_in_part
    assert found.holds or facts
    if not facts:
        assert said(bundle)["receipts"] == said(whole(SMALL))["receipts"]
    for line, before in zip(lines_of(bundle), lines_of(whole(SMALL)), strict=True):
        assert line["id"] == before["id"]
    assert bundle.files[RECORDS] != whole(SMALL).files[RECORDS]
    for receipt in found.receipts:
        known = receipt.get("duties", {})
        assert isinstance(known, dict)
        assert known.items() <= stands(str(receipt["licence"])).items()


def test_the_duties_that_rest_on_what_is_withheld_are_told_in_the_order_of_the_text() -> None:
    told = resting_in_words({"Z.11", "Z.4", "Z.7(b)/retain"}, known=True)
    assert told.startswith("Partial: Z.4, Z.7(b)/retain and Z.11 rest on facts")
