"""What the rows of an inventory come to, and every way in which they do not hold together."""

from __future__ import annotations

import pytest

from meterward.core.base.problem import Code, Problem
from meterward.usecases.draw_inventory import draw
from meterward.usecases.ports.inventories import ColumnMapping, Columns, Read, Row, Table, Tables

ELEMENTS = "element,label,categories,operator,power,in_service,within,offers,enabled,components,bill,type"
HES = "HES,Head end,network,licensee,within,2013-03-04,,,,,,"
MDM = "MDM,Readings,network,licensee,within,2013-03-04,HES,,,,,"
LINKS = "source,target,protocol,both_ways,protection"
POPULATIONS = "element,devices,state,model,firmware,region"


def table(headers: str, *rows: str) -> Table:
    """A table of texts, its rows from line 2 on."""
    cells = [Row(tuple(row.split(",")), line) for line, row in enumerate(rows, 2)]
    return Table("inventory.csv", tuple(headers.split(",")), cells)


def read(*tables: Table, mapping: ColumnMapping | None = None, known: tuple[str, ...] = ()) -> Read | list[Problem]:
    return draw(Tables("csv", tables), mapping, known)


def sound(*tables: Table, mapping: ColumnMapping | None = None, known: tuple[str, ...] = ()) -> Read:
    found = read(*tables, mapping=mapping, known=known)
    assert isinstance(found, Read), found
    return found


def wrong(*tables: Table, mapping: ColumnMapping | None = None) -> list[Problem]:
    found = read(*tables, mapping=mapping)
    assert isinstance(found, list), found
    return found


def test_all_tables_of_a_file_are_one_system() -> None:
    found = sound(
        table(ELEMENTS, HES, MDM),
        table(LINKS, "HES,MDM,DLMS,both,encrypted"),
        table(POPULATIONS, 'HES,"1200,live,,1.10,North West'.replace('"', "")),
    )
    assert found.spaces == {"element", "link", "population"}
    assert found.drawn.elements["element/MDM"].within == "element/HES"
    link = found.drawn.links["link/HES-MDM-DLMS"]
    assert (link.both_ways, link.protection) == (True, ("encrypted",))
    population = found.drawn.populations["population/HES-1.10-North-West-live"]
    assert (population.devices, population.firmware, population.region) == (1200, "1.10", "North-West")


@pytest.mark.parametrize(
    ("name", "known", "noted"),
    [
        ("hes", (), "element/HES and element/hes"),
        ("MDM", ("element/Hes", "element/mdm"), "element/HES and element/Hes, element/MDM and element/mdm"),
        ("MDM", ("element/HES", "element/other"), ""),
    ],
)
def test_names_that_differ_only_in_capitals_are_noted(name: str, known: tuple[str, ...], noted: str) -> None:
    notes = sound(table(ELEMENTS, HES, MDM.replace("MDM", name).replace(",HES", ",")), known=known).notes
    assert [note.rpartition(": ")[2] for note in notes] == ([f"{noted}."] if noted else [])


@pytest.mark.parametrize(
    ("text", "other", "said"),
    [
        ("Caf\u00e9 one", "Cafe\u0301 one", "other characters: U+0065 U+0301 and U+00E9."),
        ("a b", "a\u00a0b", "other characters: U+00A0 and U+0020."),
        ("a b", "a-b", "the name “element/a-b”."),
        ("\ufb03" * 5 + "x y", "ffi" * 5 + "x y", "other characters: U+0066 U+0066 U+0069 U+0066 … and U+FB03 U+FB03 "),
    ],
)
def test_texts_that_look_the_same_and_are_not_are_told_apart(text: str, other: str, said: str) -> None:
    (found,) = wrong(table(ELEMENTS, HES.replace("HES", text), HES.replace("HES", other)))
    assert (found.code, said in found.message) == (Code.INVENTORY_NAME, True), found.message


def test_a_near_word_is_sought_for_problems_that_are_told_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[str] = []

    def seek(word: str, _: object) -> str:
        sought.append(word)
        return ""

    monkeypatch.setattr("meterward.usecases.read_cells.nearest", seek)
    rows = (HES.replace("HES", f"E{place}").replace("network", f"netwrok{place}") for place in range(500))
    assert len(wrong(table(ELEMENTS, *rows))) == 101
    assert len(sought) == 100


@pytest.mark.parametrize(
    ("row", "code", "line", "said"),
    [
        ("HES,A,network,licensee,within,2013-03-04,,,,,,", Code.INVENTORY_NAME, 4, "element/HES stands there twice"),
        ("X,A,,licensee,within,2013-03-04,,,,,,", Code.INVENTORY_VALUE, 4, "Nothing tells its “categories”"),
        ("X,A,;,licensee,within,2013-03-04,,,,,,", Code.INVENTORY_VALUE, 4, "It has no category"),
        ("X,A,netwrok,licensee,within,2013-03-04,,,,,,", Code.INVENTORY_VALUE, 4, "“netwrok” is none of its values"),
        ("X,A,network,licensee,within,04/03/2013,,,,,,", Code.INVENTORY_VALUE, 4, "It is “04/03/2013”"),
        (
            "X,A,network,licensee,within,2013-03-04,X,,,,,",
            Code.INVENTORY_NAME,
            4,
            "element/X is part of itself.",
        ),
        (
            "X,A,network,licensee,within,2013-03-04,HSE,,,,,",
            Code.INVENTORY_NAME,
            4,
            "element/HSE, and there is no such",
        ),
        ("X,A,network,licensee,within,2013-03-04,,,event log,,,", Code.INVENTORY_VALUE, 4, "does not offer event_log"),
        ("X,A,network,licensee,within,2013-03-04,,,,-3,,", Code.INVENTORY_VALUE, 4, "It is -3"),
        ("X,A,network,licensee,within,2013-03-04,,,,many,,", Code.INVENTORY_VALUE, 4, "“many” is not a whole number"),
        (f"X,{'a' * 121},network,licensee,within,2013-03-04,,,,,,", Code.INVENTORY_VALUE, 4, "It is “aaa"),
        ("電力,A,network,licensee,within,2013-03-04,,,,,,", Code.INVENTORY_NAME, 4, "can stand in a name"),
        (",A,network,licensee,within,2013-03-04,,,,,,", Code.INVENTORY_NAME, 4, "It has no name"),
        ("M D M,A,network,licensee,within,2013-03-04,M-D-M,,,,,", Code.INVENTORY_NAME, 4, "both become the name"),
    ],
)
def test_an_element_that_does_not_hold_is_a_problem_with_its_row(row: str, code: Code, line: int, said: str) -> None:
    (found,) = wrong(table(ELEMENTS, HES, MDM, row))
    assert (found.code, found.line) == (code, line)
    assert said in found.message
    assert found.field.startswith("inventory.csv")
    assert found.hint


def test_a_word_that_is_not_known_comes_with_the_nearest_and_its_column() -> None:
    (found,) = wrong(table(ELEMENTS, HES.replace("network", "netwrok")))
    assert found.hint.startswith("Did you mean network? Write one of: communication_equipment, network,")
    assert found.field == "inventory.csv, column “categories”"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("HES,HES,,,", "It links element/HES with itself"),
        ("HES,NIL,,,", "element/NIL, and there is no such element"),
        ("HES,,,,", "Nothing tells its “target”"),
        ("HES,MDM,,perhaps,", "neither yes nor no"),
        ("HES,MDM,,,locked", "“locked” is none of its values"),
    ],
)
def test_a_link_that_does_not_hold_is_a_problem(row: str, said: str) -> None:
    (found,) = wrong(table(ELEMENTS, HES, MDM), table(LINKS, row))
    assert said in found.message


def test_links_alike_need_names_of_their_own() -> None:
    (found,) = wrong(table(ELEMENTS, HES, MDM), table(LINKS, "HES,MDM,DLMS,,", "HES,MDM,DLMS,,"))
    assert found.message == "link/HES-MDM-DLMS stands there twice; first at line 2, inventory.csv."


@pytest.mark.parametrize(
    ("row", "said"),
    [("HES,-5,live,,,", "It is -5"), ("HES,5,asleep,,,", "“asleep” is none"), ("NIL,5,live,,,", "no such element")],
)
def test_a_population_that_does_not_hold_is_a_problem(row: str, said: str) -> None:
    (found,) = wrong(table(ELEMENTS, HES), table(POPULATIONS, row))
    assert said in found.message


def test_a_circle_of_containment_is_told_once() -> None:
    rows = [f"E{one},E,network,licensee,within,2013-03-04,E{(one + 1) % 9},,,,," for one in range(9)]
    (found,) = wrong(table(ELEMENTS, HES, *rows))
    assert found.message.startswith(
        "element/E0 is part of itself, by way of element/E1, element/E2, element/E3 and 5 more"
    )


def test_an_element_is_meant_by_what_it_is_called_if_no_other_is() -> None:
    found = sound(table(ELEMENTS, HES, MDM), table(LINKS, "Head end,Readings,,,"))
    (link,) = found.drawn.links.values()
    assert (link.link, link.source, link.target) == ("link/Head-end-Readings", "element/HES", "element/MDM")
    twice = table(ELEMENTS, HES, MDM.replace("Readings", "Head end"))
    assert "there is no such element" in wrong(twice, table(LINKS, "Head end,MDM,,,"))[0].message


def test_links_alone_may_be_between_elements_told_elsewhere() -> None:
    links = table(LINKS, "HES,MDM,,,")
    assert sound(links).spaces == {"link"}
    assert sound(links, known=("element/HES", "element/MDM")).drawn.links
    assert isinstance(read(links, known=("element/HES",)), list)


def test_what_a_mapping_fills_and_what_words_mean() -> None:
    rows = table("Tag,Class,Note", "a,RTU,x", "b,PLC,y", "c,,")
    said = Columns(
        "element",
        {"Tag": ("element",), "Class": ("type", "categories")},
        {"operator": "licensee", "power": "within", "in_service": "2013-03-04", "categories": "process"},
        {"type": {"rtu": "head_end", "*": ""}, "categories": {"RTU": "network", "*": "premises_equipment"}},
    )
    found = sound(rows, mapping=ColumnMapping((said,)))
    told = {name: (one.type, one.categories) for name, one in found.drawn.elements.items()}
    assert told == {
        "element/a": ("head_end", ("network",)),
        "element/b": (None, ("premises_equipment",)),
        "element/c": (None, ("process",)),
    }
    assert found.notes == ("inventory.csv: not taken, because no field has it: “Note”.",)


def test_what_no_column_and_no_mapping_tells_is_one_problem_not_one_for_each_row() -> None:
    (found,) = wrong(table("element,label", "a,b", "c,d"))
    assert found.code is Code.INVENTORY_MAPPING
    assert found.message == "Nothing tells, of each element: categories, operator, power, in_service."


def test_at_most_a_hundred_problems_are_listed_and_the_rest_counted() -> None:
    rows = [HES.replace("HES", f"E{one}").replace("network", "nothing") for one in range(1234)]
    found = wrong(table(ELEMENTS, *rows))
    assert len(found) == 101
    assert (found[-1].code, found[-1].message) == (Code.INVENTORY_MORE, "There are 1,134 more problems.")


def test_a_row_with_one_problem_draws_nothing_of_all_others() -> None:
    assert len(wrong(table(ELEMENTS, HES, MDM.replace("2013-03-04", "soon")))) == 1


def test_what_many_rows_refer_to_in_vain_is_told_at_once() -> None:
    """A name that is near is sought for those problems alone that are told."""
    rows = [f"E{place},E,network,licensee,within,2013-03-04,F{place},,,,," for place in range(3000)]
    found = wrong(table(ELEMENTS, *rows))
    assert found[0].hint.startswith("Did you mean element/")
    assert found[-1].message == "There are 2,900 more problems."


def test_what_is_a_name_already_is_not_taken_for_what_something_else_is_called() -> None:
    other = "X1,HES,network,licensee,within,2013-03-04,,,,,,"
    assert sound(table(ELEMENTS, HES, other, MDM)).drawn.elements["element/MDM"].within == "element/HES"
    away = read(table(ELEMENTS, other, MDM), known=("element/HES",))
    assert isinstance(away, Read)
    assert away.drawn.elements["element/MDM"].within == "element/HES"
