"""Bills of materials: what is counted, in how much memory, and what is refused."""

from __future__ import annotations

import io
import json
import tracemalloc
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.core.base.problem import Code
from meterward.usecases.ports.inventories import Component, Tables
from tests.builders.inventories import sound, wrong

HEAD = {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1}
INNER = {"name": "inner", "version": "2", "purl": "pkg:generic/inner@2"}
BILL = HEAD | {
    "metadata": {"component": {"name": 'head "end" ]}', "type": "application"}, "components": [1]},
    "components": [{"name": "outer", "type": "library", "components": [INNER, {"name": "other"}]}, {"name": "last"}],
    "dependencies": [{"ref": "a", "dependsOn": []}],
}


@pytest.mark.parametrize("version", ["1.4", "1.5", "1.6"])
@pytest.mark.parametrize("indent", [None, 2])
def test_components_are_listed_those_within_others_too(version: str, indent: int | None) -> None:
    raw = json.dumps(BILL | {"specVersion": version}, indent=indent).encode()
    found = sound(raw, "bill.json")
    assert found.bill
    assert found.bill.digest == sha256(raw).hexdigest()
    assert [one.name for one in found.bill.components] == ["outer", "inner", "other", "last"]
    assert found.bill.components[1] == Component("inner", "2", "pkg:generic/inner@2")
    assert (found.source, found.drawn.elements, found.spaces) == ("cyclonedx", {}, frozenset())


def test_a_look_at_it_says_how_many_there_are() -> None:
    found = AnyFormat().tables(io.BytesIO(json.dumps(BILL).encode()), "bill.json")
    assert isinstance(found, Tables)
    assert found.notes[0].startswith("bill.json: 4 components; SHA-256 ")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), JSON), st.lists(st.text()), st.booleans(), st.sampled_from([None, 1]))
def test_whatever_else_a_bill_holds_is_stepped_over(
    other: dict[str, object], names: list[str], escaped: bool, indent: int | None
) -> None:
    bill = other | HEAD | {"components": [{"name": name} for name in names]}
    found = sound(json.dumps(bill, ensure_ascii=escaped, indent=indent).encode(errors="surrogatepass"), "bill.json")
    assert found.bill
    assert [one.name for one in found.bill.components] == names


def test_a_hundred_thousand_components_take_little_memory() -> None:
    one = '{"type":"library","name":"part-%d","version":"1.0","purl":"pkg:generic/part-%d@1.0","scope":"required"}'
    parts = ",".join(one % (place, place) for place in range(100_000))
    raw = f'{{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{parts}]}}'.encode()
    tracemalloc.start()
    try:
        found = sound(raw)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.bill
    assert len(found.bill.components) == 100_000
    assert most < 8 * len(raw), f"{most:,} bytes for a file of {len(raw):,}"


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (json.dumps(BILL | {"specVersion": "1.3"}), Code.INVENTORY_UNKNOWN, "“1.3”, and 1.4, 1.5, 1.6 are read"),
        (json.dumps(BILL)[:-1], Code.INVENTORY_DAMAGED, "not sound JSON"),
        (json.dumps(BILL)[:-10], Code.INVENTORY_DAMAGED, "breaks off"),
        (json.dumps(BILL) + "{}", Code.INVENTORY_DAMAGED, "follows the end"),
        (json.dumps(HEAD)[:-1] + ', "version": 2}', Code.INVENTORY_DAMAGED, "stands in it twice"),
        (json.dumps(HEAD | {"components": [{}]}), Code.INVENTORY_VALUE, "has no name"),
        (json.dumps(HEAD | {"components": [7]}), Code.INVENTORY_VALUE, "has no name"),
        (json.dumps(HEAD | {"components": [{"name": "a", "components": 7}]}), Code.INVENTORY_VALUE, "not a list"),
        (json.dumps(HEAD)[:-1] + ', "a": ' + "[" * 1000 + "]" * 1000 + "}", Code.INVENTORY_BOUNDS, "too deep"),
        (json.dumps(HEAD)[:-1] + ', "components": [{"name": "a"} {"name": "b"}]}', Code.INVENTORY_DAMAGED, "no “,”"),
        (json.dumps(HEAD)[:-1] + ', "components": [{"name": x}]}', Code.INVENTORY_DAMAGED, "not sound JSON"),
        (
            json.dumps(HEAD)[:-1] + ', "a": ["' + r"\"" * 200_000,
            Code.INVENTORY_DAMAGED,
            "quotation mark is never closed",
        ),
        (
            json.dumps(HEAD)[:-1] + ', "components": [{"name": "a", "name": "b"}]}',
            Code.INVENTORY_DAMAGED,
            "“name” stands",
        ),
        (json.dumps(HEAD)[:-1] + ', "components": [{"name": "a", "version": NaN}]}', Code.INVENTORY_DAMAGED, "NaN"),
        (json.dumps(HEAD)[:-1] + ', "a": }', Code.INVENTORY_DAMAGED, "not sound JSON"),
    ],
)
def test_what_is_no_sound_bill_is_refused(text: str, code: Code, said: str) -> None:
    (found,) = wrong(text, "bill.json")
    assert (found.code, said in found.message) == (code, True), found


def test_bounds_of_components(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meterward.adapters.inventories.cyclonedx.MOST_COMPONENTS", 3)
    (found,) = wrong(json.dumps(BILL))
    assert "more than 3 components" in found.message
    (found,) = wrong(json.dumps(HEAD | {"components": [{"name": "a" * 9_000_000}]}))
    assert "larger than 8 MiB" in found.message
