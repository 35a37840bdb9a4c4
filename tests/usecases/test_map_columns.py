"""Which column is which field: guessed, said, kept and given again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.problem import Code, Problem
from meterward.usecases.column_words import COLUMNS, VALUES
from meterward.usecases.map_columns import FIELDS, columns_for, mapping_of, read_mapping
from meterward.usecases.ports.inventories import ColumnMapping, Columns, Table


def table(*headers: str, title: str = "", space: str = "") -> Table:
    return Table("inventory.csv", headers, (), title, space)


def guessed(*headers: str, title: str = "", space: str = "") -> Columns:
    found = columns_for(table(*headers, title=title, space=space), None)
    assert isinstance(found, Columns), found
    return found


def test_words_are_known_for_fields_that_there_are() -> None:
    assert {space: set(words) for space, words in COLUMNS.items()} == {space: set(FIELDS[space]) for space in FIELDS}
    fields = {name: field for space in FIELDS.values() for name, field in space.items()}
    for name, words in VALUES.items():
        assert set(words) <= (set(fields[name].choices) or {"true", "false"})


@pytest.mark.parametrize("space", FIELDS)
def test_the_names_of_fields_are_their_own_headers(space: str) -> None:
    assert guessed(*FIELDS[space]) == Columns(space, {name: (name,) for name in FIELDS[space]})


@pytest.mark.parametrize(
    ("headers", "space", "columns"),
    [
        (("Name", "Category"), "element", {"Name": ("label", "element"), "Category": ("categories",)}),
        (("Asset-ID", "NAME"), "element", {"Asset-ID": ("element",), "NAME": ("label",)}),
        (("From", "To", "Protocol"), "link", {"From": ("source",), "To": ("target",), "Protocol": ("protocol",)}),
        (
            ("Asset", "Quantity", "Firmware version", "Status"),
            "population",
            {"Asset": ("element",), "Quantity": ("devices",), "Firmware version": ("firmware",), "Status": ("state",)},
        ),
    ],
)
def test_what_a_row_is_follows_from_the_headers(
    headers: tuple[str, ...], space: str, columns: dict[str, tuple[str, ...]]
) -> None:
    assert guessed(*headers) == Columns(space, columns)


def test_headers_that_tell_nothing_are_a_problem() -> None:
    found = columns_for(table("Foo", "Bar"), None)
    assert isinstance(found, Problem)
    assert (found.code, "“Foo”, “Bar”" in found.message) == (Code.INVENTORY_MAPPING, True)


def test_headers_of_any_length_are_told_by_their_beginnings() -> None:
    found = columns_for(table("x" * 1_000_000, "\u202egnp"), None)
    assert isinstance(found, Problem)
    assert len(found.message) < 200
    assert found.message.isprintable()


def test_a_mapping_goes_before_a_guess() -> None:
    said = Columns("element", {"Tag": ("element",), "Name": ("zone",)}, {"power": "within"})
    assert columns_for(table("Tag", "Name"), ColumnMapping((said,))) == said


def test_a_mapping_without_columns_leaves_them_to_be_guessed() -> None:
    found = columns_for(table("ID", "Name"), ColumnMapping((Columns("element", fill={"power": "within"}),)))
    assert found == Columns("element", {"ID": ("element",), "Name": ("label",)}, {"power": "within"})


def test_the_title_of_a_sheet_chooses() -> None:
    first, second = (
        Columns("element", {"A": ("element",)}, table="One"),
        Columns("element", {"A": ("zone",)}, table="two"),
    )
    mapping = ColumnMapping((first, second))
    assert columns_for(table("A", title="One"), mapping) == first
    assert columns_for(table("A", title="TWO"), mapping) == second


def test_columns_that_a_mapping_names_and_a_table_lacks_are_a_problem() -> None:
    mapping = ColumnMapping((Columns("element", {"A": ("element",), "B": ("zone",)}, table="One"),))
    found = columns_for(table("A", title="One"), mapping)
    assert isinstance(found, Problem)
    assert found.message == "The mapping names columns that are not there: “B”."


TEXT = st.text(max_size=8)
FIELD = st.sampled_from([*FIELDS["element"]])
COLUMN = st.builds(
    Columns,
    st.just("element"),
    st.dictionaries(TEXT, st.lists(FIELD).map(tuple)),
    st.dictionaries(FIELD, TEXT),
    st.dictionaries(FIELD, st.dictionaries(TEXT, TEXT)),
    TEXT,
)


@given(st.lists(COLUMN).map(tuple))
def test_a_mapping_that_was_kept_is_read_again(columns: tuple[Columns, ...]) -> None:
    assert read_mapping(mapping_of(columns)) == ColumnMapping(columns)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": "other"}, "This is not a mapping."),
        ({"tables": 7}, "This is not a mapping."),
        ({"tables": [7]}, "does not say what a row is"),
        ({"tables": [{"space": "premises"}]}, "does not say what a row is"),
        ({"tables": [{"space": "element", "colums": {}}]}, "“colums” is nothing"),
        ({"tables": [{"space": "element", "columns": []}]}, "It is not a group"),
        ({"tables": [{"space": "element", "columns": {"A": "zone"}}]}, "“A” is not a list of fields"),
        ({"tables": [{"space": "element", "columns": {"A": ["zones"]}}]}, "“zones” is no field of element"),
        ({"tables": [{"space": "element", "fill": {"zone": 1}}]}, "“zone” is not a text"),
        ({"tables": [{"space": "element", "words": {"zone": {"a": 1}}}]}, "“zone” is not a group of texts"),
        ({"tables": [{"space": "link", "fill": {"zone": "a"}}]}, "“zone” is no field of link"),
    ],
)
def test_a_mapping_that_says_nothing_sound_is_a_problem(change: dict[str, object], said: str) -> None:
    found = read_mapping(json.dumps({"format": "meterward.mapping/1", "tables": []} | change).encode())
    assert isinstance(found, list)
    assert [(one.code, said in one.message) for one in found] == [(Code.INVENTORY_MAPPING, True)]


def test_what_is_no_json_is_a_problem() -> None:
    assert isinstance(read_mapping(b"{"), list)
