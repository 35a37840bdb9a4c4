"""Tables with commas: encodings, what stands between cells, and layouts that are no table."""

from __future__ import annotations

import pytest

from meterward.core.base.problem import Code
from tests.builders.inventories import sound, wrong

TABLE = """Asset ID,Asset Name,Class,Category,Operated by,Within power,Commissioned,Zone
HES-1,Head end,Head-end,Communications equipment,outsourced,yes,2013-03-04,Core
WAN,Café network,wide area network,network,external,partial,2013-05-01,Wide area
"""


def test_usual_headers_and_words_are_understood() -> None:
    found = sound(TABLE)
    assert (found.source, set(found.spaces), found.notes) == ("csv", {"element"}, ())
    one = found.drawn.elements["element/HES-1"]
    assert (one.label, one.type, one.categories, one.operator, one.power, one.zone) == (
        "Head end",
        "head_end",
        ("communication_equipment",),
        "on_behalf",
        "within",
        "Core",
    )
    assert found.drawn.elements["element/WAN"].zone == "Wide-area"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("between", [",", ";", "\t", "|"])
def test_any_encoding_that_is_certain_and_anything_between_cells(encoding: str, between: str) -> None:
    found = sound(TABLE.replace(",", between).encode(encoding))
    assert found.drawn == sound(TABLE).drawn
    assert found.notes == ()


@pytest.mark.parametrize(("encoding", "told"), [("cp1252", "Windows-1252"), ("utf-16-le", "UTF-16")])
def test_an_encoding_that_is_a_guess_is_told_as_one(encoding: str, told: str) -> None:
    found = sound(TABLE.encode(encoding))
    assert found.drawn == sound(TABLE).drawn
    assert [told in note and "guess" in note for note in found.notes] == [True]


@pytest.mark.parametrize(
    "raw",
    [
        b"id,name\n\x81,x\n",
        b"\xff\xfeab\x00\xd8",
        b"\xef\xbb\xbfid,\xff",
        b"id,name\na\x00b,c\n",
        "id,name\na\0b,c\n".encode("utf-16"),
        "id,name\na,b\n".encode("utf-32"),
        b'id,name\n"a,b\n',
        b'id,name\na,"b"c\n',
    ],
)
def test_bytes_that_are_no_text_and_quotes_that_do_not_close_are_a_problem(raw: bytes) -> None:
    assert [one.code for one in wrong(raw)] == [Code.INVENTORY_DAMAGED]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("HES-1,Head end", "HES-1,=A1&B1"), "is a formula"),
        (("HES-1,Head end", "HES-1,@SUM(A1)"), "is a formula"),
        (("Asset ID,Asset Name", "Zone,Asset Name"), "Two columns are called “Zone”"),
        (("Commissioned,Zone", "Commissioned,"), "stands in column H, which has no header"),
        (("2013-03-04,Core", "2013-03-04,Core,more"), "stands in column I, which has no header"),
        (("HES-1,Head", "element,label,type,categories,operator,power,in_service,zone\nHES-1,Head"), "second row of"),
    ],
)
def test_a_layout_that_is_no_table_is_a_problem_with_its_line(change: tuple[str, str], said: str) -> None:
    found = wrong(TABLE.replace(*change))
    assert said in found[0].message, found
    assert (found[0].code, found[0].line > 0) == (Code.INVENTORY_LAYOUT, True)


def test_a_title_above_the_headers_is_a_problem() -> None:
    assert {one.code for one in wrong(f"Inventory 2013\n\n{TABLE}")} <= {Code.INVENTORY_LAYOUT, Code.INVENTORY_MAPPING}


def test_empty_rows_and_columns_do_not_matter() -> None:
    spaced = "\n".join(f"{line},," if line else ",,," for line in TABLE.replace("\n", "\n\n").split("\n"))
    assert sound(spaced).drawn == sound(TABLE).drawn


def test_a_line_that_names_what_stands_between_is_obeyed() -> None:
    assert sound("sep=;\r\n" + TABLE.replace(",", ";")).drawn == sound(TABLE).drawn


def test_a_problem_names_the_line_on_which_its_row_begins() -> None:
    two_lines = TABLE.replace("Café network", '"Café\nnetwork"').replace("partial", "partly?")
    (found,) = wrong(two_lines)
    assert (found.line, found.field) == (3, "inventory.csv, column “Within power”")
    assert sound(two_lines.replace("partly?", "partial")).drawn.elements["element/WAN"].label == "Café network"


def test_nothing_but_headers_is_an_empty_system_and_nothing_at_all_a_problem() -> None:
    assert sound(TABLE.split("\n", maxsplit=1)[0]).drawn.elements == {}
    assert [one.code for one in wrong("\n\n")] == [Code.INVENTORY_LAYOUT]
    assert [one.code for one in wrong("")] == [Code.FILE_EMPTY]


def test_many_rows_are_refused_at_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("meterward.adapters.inventories.grid.MOST_ROWS", 3)
    header, row, _, _ = TABLE.split("\n")
    rows = [row.replace("HES-1", f"HES-{place}") for place in range(4)]
    assert len(sound("\n".join([header, *rows[:3]])).drawn.elements) == 3
    assert [one.code for one in wrong("\n".join([header, *rows]))] == [Code.INVENTORY_BOUNDS]


def test_a_row_of_a_million_columns_is_refused_as_that() -> None:
    (found,) = wrong(",".join(f"c{place}" for place in range(10**6)) + "\n")
    assert (found.code, found.message) == (Code.INVENTORY_BOUNDS, "It has 1,000,000 columns.")


def test_a_cell_that_is_too_long_is_refused() -> None:
    (found,) = wrong(f"ID,Name\nA,{'x' * 200_000}\n")
    assert (found.code, found.line) == (Code.INVENTORY_DAMAGED, 2)
