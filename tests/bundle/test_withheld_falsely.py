"""What a bundle says of something withheld is not believed: digests, files, counts, by whom, and what rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.records.withheld import Withheld
from meterward.usecases.select_records import Chosen
from meterward.usecases.withhold import withhold
from tests.builders.northlight import SMALL, failed, lines_of, maker, named, said, saying, whole, with_lines
from tests.builders.withheld import ELEMENT, FACT, FILES, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.builders.bundles import MemoryBundle


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
