"""Spreadsheets: real cells, merged ones, formulas, and archives that are made to harm."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from meterward.core.base.problem import Code
from tests.builders.inventories import sound, wrong

if TYPE_CHECKING:
    from collections.abc import Callable


HEADERS = ["ID", "Name", "Category", "Operator", "Power", "In service", "Components"]
ROW = ["HES", "Head end", "communication", "own", "yes", datetime(2013, 3, 4), 12.0]  # noqa: DTZ001 - a cell has no zone


def book(change: Callable[[Worksheet], None] = lambda _: None) -> bytes:
    """A spreadsheet of one element, changed."""
    found = openpyxl.Workbook()
    sheet = found.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Assets"
    sheet.append(HEADERS)
    sheet.append(ROW)
    found.create_sheet("Empty")
    change(sheet)
    return saved(found)


def saved(found: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def with_part(raw: bytes, name: str, content: bytes | None = None, change: tuple[bytes, bytes] = (b"", b"")) -> bytes:
    """The archive with a part that is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            kept = old.read(part)
            if part == name:
                kept = kept.replace(*change) if content is None else content
            new.writestr(part, kept)
        if name not in old.namelist():
            new.writestr(name, content or b"")
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_are_read_as_they_are_meant() -> None:
    found = sound(book(), "anything.txt")
    one = found.drawn.elements["element/HES"]
    assert (found.source, one.in_service.isoformat(), one.components, one.label) == (
        "xlsx",
        "2013-03-04",
        12,
        "Head end",
    )


def set_cell(place: str, value: str | float) -> Callable[[Worksheet], None]:
    def change(sheet: Worksheet) -> None:
        sheet[place] = value

    return change


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        (set_cell("B2", "=1+1"), Code.INVENTORY_LAYOUT, "Cell B2 is a formula"),
        (set_cell("B2", "#REF!"), Code.INVENTORY_LAYOUT, "Cell B2 is the error"),
        (set_cell("G2", 1.5), Code.INVENTORY_VALUE, "Cell G2 is the number 1.5"),
        (set_cell("G2", -1), Code.INVENTORY_VALUE, "It is -1"),
        (set_cell("J2", "x"), Code.INVENTORY_LAYOUT, "column J, which has no header"),
        (lambda sheet: sheet.merge_cells("A3:C3"), Code.INVENTORY_LAYOUT, "The cells A3:C3 are merged"),
        (lambda sheet: sheet.insert_rows(1), None, ""),
    ],
)
def test_what_no_table_has_is_a_problem_with_its_cell(
    change: Callable[[Worksheet], None], code: Code | None, said: str
) -> None:
    if code is None:
        assert sound(book(change)).drawn == sound(book()).drawn
        return
    (found,) = wrong(book(change), "inventory.xlsx")
    assert found.code is code
    assert said in found.message
    assert found.field.startswith("inventory.xlsx, Assets")


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    bomb = with_part(book(), SHEET, b"0" * (130 * 2**20))
    assert len(bomb) < 2**20
    (found,) = wrong(bomb)
    assert found.code is Code.INVENTORY_BOUNDS
    assert "zip bomb" in found.message


def test_shared_texts_have_a_bound_of_their_own() -> None:
    (found,) = wrong(with_part(book(), "xl/sharedStrings.xml", b"<si/>" * (7 * 2**20)))
    assert found.code is Code.INVENTORY_BOUNDS


@pytest.mark.parametrize(
    "content",
    [
        b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>',
        b" " * (2**20 - 4) + b"<!DOCTYPE a []>",
        '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16"),
    ],
)
def test_declared_entities_are_refused_wherever_they_stand(content: bytes) -> None:
    (found,) = wrong(with_part(book(), SHEET, content))
    assert found.code is Code.INVENTORY_BOUNDS


@pytest.mark.parametrize("column", ["IW", "ZZ", "XFD"])
def test_a_cell_far_to_the_right_is_refused(column: str) -> None:
    (found,) = wrong(with_part(book(), SHEET, change=(b'r="B2"', f'r="{column}2"'.encode())))
    assert "beyond column IV" in found.message


def test_a_row_far_below_does_not_make_a_million_rows() -> None:
    far = with_part(book(), SHEET, change=(b'<row r="2"', b'<row r="99999999"'))
    assert [one.code for one in wrong(far)] == [Code.INVENTORY_BOUNDS]


def test_a_sheet_that_hides_from_the_first_look_is_refused() -> None:
    raw = book()
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        sheet = archive.read(SHEET)
    hidden = with_part(raw, "xl/worksheets/sheet1.bin", sheet)
    for part in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
        hidden = with_part(hidden, part, change=(b"sheet1.xml", b"sheet1.bin"))
    (found,) = wrong(hidden)
    assert "is no XML by its name" in found.message


def test_rows_out_of_order_are_refused_and_not_left_out() -> None:
    twice = with_part(book(), SHEET, change=(b'<row r="2"', b'<row r="1"'))
    (found,) = wrong(twice)
    assert "has rows out of order after row 1" in found.message


def test_many_rows_are_in_order_however_the_sheet_is_cut_into_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    def more(sheet: Worksheet) -> None:
        for place in range(300):
            sheet.append([f"E{place}", *ROW[1:]])

    raw = book(more)
    for size in (300, 777, 2**20):
        monkeypatch.setattr("meterward.adapters.inventories.zip_guard._PIECE", size)
        assert len(sound(raw).drawn.elements) == 301


def test_a_sheet_that_claims_to_be_huge_is_read_as_it_is() -> None:
    claims = with_part(book(), SHEET, change=(b'<dimension ref="A1:G2"', b'<dimension ref="A1:XFD1048576"'))
    assert sound(claims).drawn == sound(book()).drawn


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/styles.xml"])
def test_a_damaged_part_is_a_problem(part: str) -> None:
    assert [one.code for one in wrong(with_part(book(), part, b"<broken"))] == [Code.INVENTORY_DAMAGED]


def test_no_archive_at_all_and_one_that_is_cut_off_are_problems() -> None:
    assert [one.code for one in wrong(b"PK\x03\x04 and nothing")] == [Code.INVENTORY_DAMAGED]
    assert [one.code for one in wrong(book()[:-40])] == [Code.INVENTORY_DAMAGED]


def test_each_sheet_is_a_table_and_an_empty_book_a_problem() -> None:
    found = openpyxl.Workbook()
    assert [one.code for one in wrong(saved(found))] == [Code.INVENTORY_LAYOUT]
    for sheet in range(20):
        found.create_sheet(f"More {sheet}")
    assert Code.INVENTORY_BOUNDS in [one.code for one in wrong(saved(found))]


MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'


@pytest.mark.parametrize("places", [(b'r="B2"', b'r="A2"'), (b'r="G2"', b'r="B2"'), (b'r="A2"', b'r="D2"')])
def test_a_cell_that_stands_there_twice_or_out_of_order_is_refused_and_not_left_out(
    places: tuple[bytes, bytes],
) -> None:
    (found, *_) = wrong(with_part(book(), SHEET, change=places))
    assert (found.code, found.line) == (Code.INVENTORY_DAMAGED, 2)
    assert "stands there twice, or out of order" in found.message


@pytest.mark.parametrize(
    "places",
    [
        (b'<row r="2"', b"<row r='1'"),
        (b'<row r="2"', b'<row r = "&#49;"'),
        (b'r="B2"', b"r='XFD2'"),
        (b'<c r="B2"', b"<c x=\">\" r='B2'"),
    ],
)
def test_a_place_that_is_written_oddly_is_refused(places: tuple[bytes, bytes]) -> None:
    (found,) = wrong(with_part(book(), SHEET, change=places))
    assert "whose place cannot be told" in found.message


def test_a_merged_cell_is_found_however_it_is_written() -> None:
    merged = b"</sheetData><mergeCells><mergeCell x='>' ref='A1:B1'/></mergeCells>"
    (found,) = wrong(with_part(book(), SHEET, change=(b"</sheetData>", merged)))
    assert "The cells A1:B1 are merged" in found.message


@pytest.mark.parametrize(
    "inside",
    [
        b"<sheetData><row>" + b"<c/>" * 2**20 + b"</row></sheetData>",
        b"<x/>" * 2**20,
        b'<z xmlns="other">' + b"<row/>" * 10 + b"</z>",
        b'<sheetData><row r="1"/><y:row xmlns:y="other"/><row r="2"/></sheetData>',
    ],
)
def test_a_sheet_that_would_fill_the_memory_is_refused_before_it_is_opened(inside: bytes) -> None:
    (found,) = wrong(with_part(book(), SHEET, MAIN + inside + b"</worksheet>"))
    assert (found.code, "too many tags" in found.message) == (Code.INVENTORY_BOUNDS, True)


def test_many_rows_have_many_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meterward.adapters.inventories.zip_guard.MOST_TAGS", 300)

    def more(sheet: Worksheet) -> None:
        for place in range(300):
            sheet.append([f"E{place}", *ROW[1:]])

    assert len(sound(book(more)).drawn.elements) == 301


@pytest.mark.parametrize(
    "content", [b"<!DOCTYPE sst []><sst/>", b" \n<!DOCTYPE sst []><sst/>", "<sst/>".encode("utf-16")]
)
def test_a_part_of_another_name_is_looked_at_too(content: bytes) -> None:
    hidden = with_part(book(), "xl/sharedStrings.dat", content)
    assert [one.code for one in wrong(hidden)] == [Code.INVENTORY_BOUNDS]


def test_a_picture_is_not_looked_at() -> None:
    assert sound(with_part(book(), "xl/media/image1.png", b"\x89PNG\r\n\0\0<!DOCTYPE")).drawn == sound(book()).drawn


def test_what_a_library_says_of_a_damaged_archive_is_told_by_its_beginning() -> None:
    raw, name = book(), b"xl/styles.xml"
    long = raw.replace(name, b"\1" * len(name), 1)
    (found,) = wrong(long)
    assert (found.code, found.message.isprintable(), len(found.message) < 250) == (Code.INVENTORY_DAMAGED, True, True)
