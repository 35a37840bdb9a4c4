"""Bundles of which parts are withheld: verified all the same, told of, and never a way to look better."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meterward import wiring
from meterward.core.base.canonical import canonical
from meterward.core.base.problem import Problem
from meterward.core.bundle.manifest import MANIFEST, NOTE, RECORDS
from meterward.core.bundle.steps import Outcome
from meterward.core.records.withheld import Withheld
from meterward.usecases.select_records import Chosen
from meterward.usecases.verify_withheld import resting_in_words
from meterward.usecases.withhold import Asked, withhold
from tests.builders.bundles import AS_AT, law
from tests.builders.northlight import LARGE, SMALL, failed, lines_of, maker, named, whole, with_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders.bundles import Maker, MemoryBundle

ELEMENT, ROLE = "element.declared", "role.appointed"
TEXTS, FILES = Asked("text"), Asked("files")
FACT = Asked("facts", "power", ELEMENT)
APPOINTED = Asked("facts", "role", ROLE)


@cache
def shown(*asked: Asked) -> MemoryBundle:
    """The small ledger without what is withheld."""
    return maker(SMALL).bundle(withheld=asked)


def said(bundle: MemoryBundle) -> dict[str, Any]:
    """The manifest of a bundle."""
    found: dict[str, Any] = json.loads(bundle.files[MANIFEST])
    return found


def saying(bundle: MemoryBundle, by: Maker, **parts: object) -> MemoryBundle:
    """A bundle whose manifest says something else, and is signed again."""
    written = canonical(said(bundle) | parts) + b"\n"
    return bundle.changed(MANIFEST, written).changed(NOTE, str(by.sign(written)).encode())


def outcomes(bundle: MemoryBundle) -> list[Outcome]:
    """What came of each step."""
    return [step.found.outcome for step in maker(SMALL).verify(bundle).steps]


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


def _place(bundle: MemoryBundle, kind: str) -> int:
    return next(place for place, line in enumerate(lines_of(bundle)) if line["statement"]["kind"] == kind)


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "another digest": lambda line: line["withheld"]["facts"].update(power="0" * 64),
    "a digest of another name": lambda line: line["withheld"]["facts"].update(
        operator=line["withheld"]["facts"].pop("power")
    ),
    "a value in place of the digest": lambda line: (
        line["facts"].update(power="none"),
        line["salts"]["facts"].update(power="0" * 32),
        line.pop("withheld"),
    ),
    "a value beside the digest": lambda line: (
        line["facts"].update(power="none"),
        line["salts"]["facts"].update(power="0" * 32),
    ),
    "a field that the kind does not have": lambda line: line["withheld"]["facts"].update(colour="0" * 64),
    "an optional field that was never there": lambda line: line["withheld"]["facts"].update(retired="0" * 64),
    "a text that is shown": lambda line: line["withheld"].update(text={"description": "0" * 64}),
    "a text that the kind does not have": lambda line: line["withheld"].update(text={"song": "0" * 64}),
    "a file that is not attached": lambda line: line["withheld"].update(files=["word.txt"]),
    "files twice": lambda line: line["withheld"].update(files=["a.pdf", "a.pdf"]),
    "no files": lambda line: line["withheld"].update(files=[]),
    "nothing": lambda line: line.update(withheld={}),
    "something else": lambda line: line["withheld"].update(signatures={}),
    "no digest": lambda line: line["withheld"]["facts"].update(power="F" * 64),
    "the salt of the part": lambda line: line["salts"].update(facts="0" * 32),
    "the fact left out altogether": lambda line: line.pop("withheld"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_said_of_something_withheld_is_not_believed(change: str) -> None:
    by, lines = maker(SMALL), lines_of(shown(FACT))
    CHANGES[change](lines[_place(shown(FACT), ELEMENT)])
    found = by.verify(with_lines(shown(FACT), lines, by))
    assert failed(found) == [6], change
    assert not found.holds_in_part


def test_digests_that_were_swapped_between_records_are_noticed() -> None:
    by, lines = maker(SMALL), lines_of(shown(FACT))
    one, other = [line for line in lines if line["statement"]["kind"] == ELEMENT][:2]
    one["withheld"], other["withheld"] = other["withheld"], one["withheld"]
    assert failed(by.verify(with_lines(shown(FACT), lines, by))) == [6]


def test_a_file_that_is_said_to_be_withheld_and_is_there_is_named() -> None:
    by = maker(SMALL)
    (name,) = [name for name in whole(SMALL).files if name.startswith("files/")]
    bundle = shown(FILES).changed(name, whole(SMALL).files[name])
    found = by.verify(with_lines(bundle, lines_of(bundle), by))
    assert failed(found) == [8]
    assert name in named(found)


@pytest.mark.parametrize("part", ["records", "texts", "facts", "files"])
def test_a_manifest_tells_how_much_is_withheld(part: str) -> None:
    by, told = maker(SMALL), said(shown(FACT))["withheld"]
    assert failed(by.verify(saying(shown(FACT), by, withheld=told | {part: told[part] + 1}))) == [6]


def test_whose_ledger_it_is_is_not_for_the_manifest_to_say() -> None:
    by, told = maker(SMALL), said(shown(FACT))["withheld"]
    for bundle, more in ((whole(SMALL), {}), (shown(FACT), {"withheld": told | {"by": "southlight"}})):
        assert failed(by.verify(saying(bundle, by, licensee="southlight", **more))) == [6]
    some = by.bundle(Chosen(subject="element/mdm"))
    assert failed(by.verify(saying(some, by, licensee="southlight"))) == [6]


def test_what_is_withheld_is_never_withheld_by_nobody_or_by_somebody_else() -> None:
    by, told = maker(SMALL), said(shown(FACT))["withheld"]
    assert failed(by.verify(saying(shown(FACT), by, withheld=None))) == [6]
    assert failed(by.verify(saying(shown(FACT), by, withheld=told | {"by": "authority"}))) == [6]
    assert failed(by.verify(saying(whole(SMALL), by, withheld=told))) == [6]


@pytest.mark.parametrize(
    "parts",
    [
        {"because": ""},
        {"because": " "},
        {"because": "a\nb"},
        {"because": 7},
        {"by": 7},
        {"facts": True},
        {"files": -1},
        {"records": 0},
        {"more": 1},
    ],
)
def test_a_manifest_says_why_in_one_form_only(parts: dict[str, Any]) -> None:
    by, told = maker(SMALL), said(shown(FACT))["withheld"]
    assert 2 in failed(by.verify(saying(shown(FACT), by, withheld=told | parts)))


def test_a_partial_receipt_that_claims_something_else_is_named_duty_by_duty() -> None:
    by, receipts = maker(SMALL), said(shown(FACT))["receipts"]
    known, unknown = next(iter(receipts[0]["duties"])), receipts[0]["indeterminate"][0]
    changed = [{**receipts[0], "duties": receipts[0]["duties"] | {known: "0" * 64}}, *receipts[1:]]
    found = by.verify(saying(shown(FACT), by, receipts=changed))
    assert failed(found) == [10]
    assert found.steps[9].found.items == (f"electricity: {known}",)
    for claimed in (
        [{**receipts[0], "duties": receipts[0]["duties"] | {unknown: "0" * 64}}, *receipts[1:]],
        [{**receipts[0], "indeterminate": receipts[0]["indeterminate"][1:]}, *receipts[1:]],
        [*receipts, receipts[0]],
        said(whole(SMALL))["receipts"],
        [],
    ):
        assert failed(by.verify(saying(shown(FACT), by, receipts=claimed))) == [10]


def test_a_key_whose_facts_are_withheld_signs_for_nobody() -> None:
    """A licensee that builds its bundle by other means may try; then nobody answers for what that key signed."""
    by = maker(SMALL)
    lines = lines_of(whole(SMALL))
    last = lines[-1]
    lines[-1] = withhold(last, Withheld(facts=tuple(last["facts"])))
    told = {
        "because": "No reason.",
        "by": "northlight",
        "facts": len(last["facts"]),
        "files": 0,
        "records": 1,
        "texts": 0,
    }
    found = by.verify(saying(with_lines(whole(SMALL), lines, by), by, withheld=told))
    assert 7 in failed(found)


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
