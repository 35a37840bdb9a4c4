"""Cells of spreadsheets: read as a library that others wrote reads them, and refused where two readers would differ."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time
from typing import TypeAlias

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet

from meterward.adapters.inventories.sheet_cells import SheetCells
from meterward.adapters.inventories.workbook import open_book
from meterward.core.base.problem import Code

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEXTS = st.text(st.characters(exclude_categories=["C"]), max_size=20).filter(
    lambda text: not text.startswith(("=", "#")) and "_x" not in text
)
DAYS = st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 30)).map(lambda one: one.replace(microsecond=0))  # noqa: DTZ001 - a cell has no zone
Value: TypeAlias = "str | bool | int | date | datetime | None"
CELLS: st.SearchStrategy[Value] = (
    st.none() | TEXTS | st.booleans() | st.integers(-(10**15), 10**15) | DAYS | DAYS.map(datetime.date)
)
FORMS = st.sampled_from(["yyyy-mm-dd", "d/m/yy;@", '"day" d', "[$-809]dd mmmm yyyy;@", "[Red]h:mm", "mm\\-yy"])


def book(rows: str, shared: str = "", days: str = "", space: str = SPACE) -> bytes:
    """A spreadsheet as somebody writes it by hand, with one sheet."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts = {
        "[Content_Types].xml": f'<Types><Override PartName="/xl/workbook.xml" ContentType="{types}"/></Types>',
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{RELATED}">{days}<sheets>'
        '<sheet name="One" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<R><R Id="r1" Type="{RELATED}/worksheet" Target="sheet.xml"/>'
        f'<R Id="r2" Type="{RELATED}/sharedStrings" Target="/xl/texts.xml"/>'
        f'<R Id="r3" Type="{RELATED}/styles" Target="styles.xml"/></R>',
        "xl/texts.xml": f'<sst xmlns="{space}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{space}"><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf/>'
        '<xf numFmtId="14"/></cellXfs><cellStyles><xf numFmtId="14"/></cellStyles></styleSheet>',
        "xl/sheet.xml": f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def read(raw: bytes) -> tuple[list[tuple[int, list[str]]], list[tuple[Code, str, int]]]:
    """The rows of the first sheet, and what is wrong with it."""
    wrong: list[tuple[Code, str, int]] = []
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        found = open_book(archive)
        with archive.open(found.sheets[0][1]) as part:
            cells = SheetCells(found, lambda code, what, _, line: wrong.append((code, what, line)))
            return [*cells.read(part)], wrong


def row(cells: str, number: int = 2) -> str:
    return f'<row r="{number}">{cells}</row>'


def refused(rows: str, said: str, shared: str = "<si><t>a</t></si><si><t>last</t></si>") -> None:
    """See that a sheet has one problem, which says that."""
    found, wrong = read(book(rows, shared))
    assert [(one[0], said in one[1]) for one in wrong] == [(Code.INVENTORY_DAMAGED, True)], wrong
    assert not any("last" in cells for _, cells in found)


SHARING = {
    b"</Types>": b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.'
    b'openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>',
    b"</Relationships>": b'<Relationship Id="texts" Type="%s/sharedStrings" Target="sharedStrings.xml"/>'
    % RELATED.encode(),
}


def sharing(raw: bytes) -> bytes:
    """The same spreadsheet, with its texts in the part that cells share."""
    texts: list[bytes] = []

    def shared(found: re.Match[bytes]) -> bytes:
        texts.append(b"<si>%s</si>" % found[2])
        return b'<c%s t="s"><v>%d</v></c>' % (found[1], len(texts) - 1)

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            kept = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                kept = re.sub(rb'<c([^>]*) t="inlineStr"><is>(.*?)</is></c>', shared, kept, flags=re.DOTALL)
            for end, more in SHARING.items():
                kept = kept.replace(end, more + end)
            new.writestr(name, kept)
        new.writestr("xl/sharedStrings.xml", b'<sst xmlns="%s">%s</sst>' % (SPACE.encode(), b"".join(texts)))
    return out.getvalue()


def meant(value: object) -> str:
    """What the text of a value is that the other library read."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value).strip()


@given(st.lists(st.lists(CELLS, max_size=6), max_size=6), FORMS, st.booleans())
def test_random_sheets_are_read_as_others_read_them(rows: list[list[Value]], form: str, shared: bool) -> None:
    made = openpyxl.Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for place, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            cell = sheet.cell(place, column, value)
            if isinstance(value, date):
                cell.number_format = form
    out = io.BytesIO()
    made.save(out)
    raw = sharing(out.getvalue()) if shared else out.getvalue()
    other = openpyxl.load_workbook(io.BytesIO(raw)).worksheets[0]
    expected = [tuple(meant(value) for value in cells) for cells in other.iter_rows(values_only=True)]
    found, wrong = read(raw)
    assert wrong == []
    told: dict[int, list[str]] = dict(found)
    for line, theirs in enumerate(expected, 1):
        mine = told.get(line, [])
        assert (*mine, *[""] * (len(theirs) - len(mine))) == theirs


@pytest.mark.parametrize("index", ["-1", "2", "1.0", "x", "9" * 5000, "\u0660"])
def test_a_text_that_is_not_shared_is_never_another_one(index: str) -> None:
    refused(row(f'<c r="A2" t="s"><v>{index}</v></c>'), "Cell A2")


@pytest.mark.parametrize("place", ["B7", "B22", "B", "2", "B02", "b2", "$B$2"])
def test_a_cell_that_says_it_is_of_another_row_is_refused(place: str) -> None:
    refused(row(f'<c r="{place}"><v>1</v></c>'), f"“{place}”")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('<c r="A2"><v>1</v><v>2</v></c>', "two values"),
        ('<c r="A2" t="inlineStr"><v>1</v><is><t>2</t></is></c>', "two values"),
        ('<c r="A2" t="s"><v>0</v><is><t>last</t></is></c>', "two values"),
        ('<c r="A2"><v>1</v><c r="B2"><v>2</v></c></c>', "twice, or out of order"),
        ('<c r="A2"><v>1_000</v></c>', "which is no number"),
        ('<c r="A2"><v>NaN</v></c>', "which is no number"),
        ('<c r="A2" t="b"><v>2</v></c>', "neither yes nor no"),
        ('<c r="A2" t="q"><v>2</v></c>', "of the kind “q”"),
        ('<c r="A2" t="inlineStr"><v>last</v></c>', "of the kind “inlineStr”"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused(cell: str, said: str) -> None:
    refused(row(cell), said)


@pytest.mark.parametrize("rows", [row("", 2) + row("", 2), row("", 3) + row("", 2), row(row("", 3))])
def test_rows_come_once_and_in_order(rows: str) -> None:
    refused(rows, "out of order after row")


def test_texts_come_without_what_says_how_they_are_spoken_and_with_what_xml_cannot_hold() -> None:
    shared = (
        "<si><r><t>He</t></r><r><t>ad </t></r><rPh><t>spoken</t></rPh></si>"
        "<si><t>a_x000A_b_x005F_x000A_ _xD800_</t></si>"
    )
    own = "<is><r><t> in</t></r><rPh><t>spoken</t></rPh><r><t>side</t></r></is>"
    cells = f'<c t="s"><v>0</v></c><c t="s"><v> 1 </v></c><c t="inlineStr">{own}</c><c t="str"><v>said</v></c>'
    assert read(book(row(cells), shared)) == ([(2, ["Head", "a\nb_x000A_ _xD800_", "inside", "said"])], [])


def test_rows_and_cells_without_a_place_follow_those_before() -> None:
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row>" + row('<c r="B4"><v>5</v></c><c><v>6</v></c>', 4) + "<row/>"
    assert read(book(rows)) == ([(1, ["1", "", "3"]), (4, ["", "5", "6"])], [])


def test_more_columns_than_a_table_has_are_a_bound() -> None:
    assert read(book(row("<c/>" * 257)))[1] == [(Code.INVENTORY_BOUNDS, "It has more than 256 columns.", 2)]


@pytest.mark.parametrize("space", [SPACE, STRICT])
def test_days_are_those_of_the_style_of_the_cell_and_of_the_calendar_of_the_book(space: str) -> None:
    rows = row(
        '<c s="1"><v>41337.0</v></c><c s="0"><v>41337</v></c><c s="1"><v>0.5</v></c><c s="1"><v>41337.25</v></c>'
    )
    later = '<workbookPr date1904="1"/>'
    assert read(book(rows, space=space))[0] == [(2, ["2013-03-04", "41337", "12:00:00", "2013-03-04T06:00:00"])]
    assert read(book(rows, days=later))[0][0][1][0] == "2017-03-05"


@pytest.mark.parametrize("number", ["-1", "2958465", "1e300", "x"])
def test_a_number_that_is_no_day_is_no_day(number: str) -> None:
    ((code, said, line),) = read(book(row(f'<c s="1"><v>{number}</v></c>')))[1]
    assert (code, line) == (Code.INVENTORY_VALUE, 2)
    assert re.search("Cell A2 is shown as a day, and “.+” is none", said)


def test_whole_numbers_are_whole_however_they_are_written() -> None:
    rows = row("".join(f"<c><v>{one}</v></c>" for one in ("007", "1E3", "-0", "12.0", "12345678901234567890")))
    assert read(book(rows))[0][0][1] == ["7", "1000", "0", "12", "12345678901234567890"]


def test_types_that_a_part_declares_end_the_walk() -> None:
    raw = book(row("<c><v>1</v></c>")).replace(b"<worksheet", b"<!DOCTYPE worksheet><worksheet")
    with pytest.raises(Exception, match=r"."):
        read(raw)
