"""The register as files in the browser: taken away as it is shown, changed, compared, and told once or never."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from meterward.adapters.inventories.any_format import AnyFormat
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from tests.builders.desks import browser_of
from tests.builders.risk_lines import estimate, many, risk, tell_risks
from tests.builders.workplace import Page, Seat, words
from tests.web.importers import begun, read, told, upload
from tests.web.writers import size

if TYPE_CHECKING:
    from meterward.usecases.ports.inventories import Table

BEGIN = f"/{LEDGER}/risks/import"
XLSX = "northlight.xlsx"


@pytest.fixture
def there(unassessed: Seat) -> Seat:
    """A desk in front of a register."""
    tell_risks(today())
    return unassessed


def taken(seat: Seat, form: str = "csv", **query: str) -> bytes:
    """A file that the register page gives away."""
    answered = seat.client.get(f"/{LEDGER}/risks/register.{form}", query)
    assert answered.status_code == 200, answered.content
    return bytes(answered.content)


def tables(content: bytes, name: str = XLSX) -> dict[str, Table]:
    """The tables of a file, by title."""
    found = AnyFormat().tables(io.BytesIO(content), name)
    assert not isinstance(found, list), found
    return {one.title: one for one in found.tables}


def names(table: Table) -> list[str]:
    """What the rows of a table are called."""
    return [row.cells[0] for row in table.rows]


def main(seat: Seat, address: str) -> str:
    """An import, in words."""
    return words(read(seat, address).one("main"))


def changed(seat: Seat, old: str, new: str) -> str:
    """The address of an import of the risks, in which one cell is written otherwise."""
    text = taken(seat).decode("utf-8-sig")
    assert text.count(old) == 1, text
    return begun(seat, text.replace(old, new), "risks.csv", begin=BEGIN)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_taken_away_is_read_back_as_what_was_told(there: Seat, form: str) -> None:
    address = begun(there, taken(there, form), f"register.{form}", begin=BEGIN)
    page = main(there, address)
    assert "There is nothing to tell" in page
    assert "To the register" in read(there, address).links()


def test_what_is_taken_away_is_what_the_page_shows(there: Seat) -> None:
    links = there.get("risks", words="T-1").links()
    assert {"Spreadsheet (XLSX)", "CSV of risks", "CSV of measures", "CSV of treatments"} <= links.keys()
    some = tables(bytes(there.client.get(links["Spreadsheet (XLSX)"]).content))
    risks = names(some["Risks"])
    assert 0 < len(risks) < 6
    assert set(names(some["Treatments"])) <= set(risks) if "Treatments" in some else True
    effects = some["Measures"].headers.index("effects")
    assert all(any(one in row.cells[effects] for one in risks) for row in some["Measures"].rows)
    before = there.client.get(f"/{LEDGER}/risks/register.csv", {"as_at": (today() - timedelta(90)).isoformat()})
    assert before.status_code == 404, "nothing was in it then"
    assert there.client.get(f"/{LEDGER}/risks/register.doc").status_code == 404
    assert there.client.get(f"/{LEDGER}/risks/register.csv", {"table": "x"}).status_code == 404


def test_a_formula_in_a_text_is_no_formula_in_the_file_and_comes_back(there: Seat) -> None:
    append(LEDGER, [risk(today(), "T-9", label="=1+1")])
    assert b'"=1+1"' not in taken(there)
    assert b",=1+1" not in taken(there)
    assert "There is nothing to tell" in main(there, begun(there, taken(there), "r.csv", begin=BEGIN))


def test_a_changed_register_is_compared_told_once_and_lands(there: Seat) -> None:
    address, before = changed(there, "Mass disconnection", "Mass disconnection by night"), size()
    page = main(there, address)
    assert "Label Mass disconnection →becomes Mass disconnection by night" in page
    assert "What of that which the file leaves out?" not in page
    assert size() == before
    first, again = told(there, address), there.client.post(address, {"do": "tell", "seen": "x"})
    assert size() == before + 1
    assert first.headers["Location"] == again.headers["Location"] == f"/{LEDGER}/records/{before + 1}?appended=1"
    assert there.at(first.headers["Location"]).links()["risks.csv"].startswith(f"/{LEDGER}/files/")
    assert "Mass disconnection by night" in words(there.get("risks").one("main"))


def test_what_is_new_goes_and_is_estimated_is_counted_and_found(there: Seat) -> None:
    table = "id,title,consequences,ended because,current likelihood,current supply,current rationale\n"
    rows = "N-1,A new one,supply,,3,2,As we think.\nT-5,,,It is decommissioned.,,,\n"
    address = begun(there, table + rows, "r.csv", begin=BEGIN)
    page = main(there, address)
    assert "Risks+ 10- 1Estimates+ 100" in page
    assert "1 risk will be gone." in page
    assert "Ended because: It is decommissioned." in page
    assert [words(one) for one in read(there, address, way="gone").all("td", class_="what")][-1].endswith("risk/T-5")
    assert "Nothing that changes fits." in words(read(there, address, words="elephant").one("main"))
    before = size()
    assert told(there, address).status_code == 302
    assert size() == before + 3


def test_an_estimate_of_today_that_changed_again_corrects_the_first(there: Seat) -> None:
    header = "id,current likelihood,current supply,current money,current rationale\n"
    for row in ("T-1,5,5,1,As we feared.", "T-1,1,1,1,We looked again."):
        assert told(there, begun(there, f"{header}{row}\n", "r.csv", begin=BEGIN)).status_code == 302
        assert "There is nothing to tell" in main(there, begun(there, f"{header}{row}\n", "r.csv", begin=BEGIN))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("T-1,9;5;7,2,", "current likelihood"),
        ("T-1,0,2,", "current likelihood"),
        ("T-1,3,2,", "current rationale"),
        ("T-1,3,a lot,Why.", "current supply"),
    ],
)
def test_what_cannot_be_is_said_by_row_and_nothing_is_told(there: Seat, row: str, says: str) -> None:
    header = "id,current likelihood,current supply,current rationale\n"
    address, before = begun(there, f"{header}{row}\n", "r.csv", begin=BEGIN), size()
    page = read(there, address)
    assert page.status == 422
    (wrong,) = page.all("table", class_="wrongs")
    assert says in words(wrong)
    assert "line 2" in words(wrong)
    assert there.client.post(address, {"do": "tell", "seen": ""}).status_code == 422
    assert size() == before


def test_units_that_are_mixed_are_refused(there: Seat) -> None:
    table = "id,current likelihood,current supply (households),current rationale\nT-1,3,2,Why.\n"
    assert "is in “households”" in main(there, begun(there, table, "r.csv", begin=BEGIN))


def test_other_columns_are_said_and_kept_for_registers_alone(there: Seat) -> None:
    address = begun(there, "Ticket,Heading,Weather\nN-2,From elsewhere,rain\n", "r.csv", begin=BEGIN)
    assert read(there, address).status == 422
    said = {"table-0-0": "risk", "table-0-1": "label", "table-0-2": "", "table-0-fill-consequences": "supply"}
    there.client.post(address, {"do": "columns", "save": "1", **said})
    assert "From elsewhere risk/N-2" in main(there, address)
    again = begun(there, "Ticket,Heading,Weather\nN-3,Another,sun\n", "r.csv", begin=BEGIN)
    assert "Another risk/N-3" in main(there, again)
    of_system = begun(there, "Ticket,Heading,Weather\nN-3,Another,sun\n", "r.csv")
    assert "Columns that were kept" not in main(there, of_system)


def test_who_saw_something_else_is_told_so_and_nothing_is_appended(there: Seat) -> None:
    address = changed(there, "Mass disconnection", "Mass disconnection by night")
    seen = read(there, address).one("input", name="seen").get("value", "")
    told(there, changed(there, "Mass disconnection", "Mass disconnection by day"))
    before = size()
    answered = Page(there.client.post(address, {"do": "tell", "seen": seen}))
    assert answered.status == 422
    assert "ledger.moved" in words(answered.one("main"))
    assert size() == before


def test_only_senior_management_accepts_a_risk_by_a_file(there: Seat) -> None:
    until = (today() + timedelta(30)).isoformat()
    table = f"risk,option,accepted_until,measures\nrisk/T-1,retain,{until},It is worth it.\n"
    address, before = begun(there, table, "t.csv", begin=BEGIN), size()
    page = Page(told(there, address))
    assert page.status == 422
    assert "is no senior_manager" in words(page.one("main"))
    assert size() == before


def test_treatments_by_a_file_take_a_second_factor_as_by_a_form(there: Seat) -> None:
    table = "risk,option,measures\nrisk/T-1,modify,It is made smaller.\n"
    weak = Seat()
    weak.client = browser_of("security", strong=False)
    address, before = begun(weak, table, "t.csv", begin=BEGIN), size()
    page = Page(told(weak, address))
    assert page.status == 422
    assert "That is said by somebody who showed a second factor" in words(page.one("main"))
    assert size() == before
    assert told(there, address).status_code == 302


def test_licences_that_have_other_registers_are_imported_one_by_one(there: Seat) -> None:
    one = estimate(today(), "T-1", 5, 5)
    statement = one["statement"]
    assert isinstance(statement, dict)
    statement["licences"] = ["gas"]
    assert not isinstance(append(LEDGER, [one]), list)
    assert "system.apart" in main(there, begun(there, taken(there), "r.csv", begin=BEGIN))
    by_gas = begun(there, taken(there, licence="gas"), "r.csv", begin=BEGIN, licences=["gas"])
    assert "There is nothing to tell" in main(there, by_gas)


def test_an_import_of_the_register_is_none_of_the_system(there: Seat) -> None:
    address = changed(there, "Mass disconnection", "Mass disconnection by night")
    assert there.at(address.replace("/risks/", "/system/")).status == 404
    assert there.get("drafts").links()["Import of a file"] == address
    assert Seat("counsel").at(address).status == 404


def test_a_file_that_is_no_register_is_said_to_be_none(there: Seat) -> None:
    bill = '{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": []}'
    page = read(there, begun(there, bill, "bill.json", begin=BEGIN))
    assert page.status == 422
    assert Page(upload(there, "", "empty.csv", begin=BEGIN)).status in (302, 422)


def test_files_of_few_and_of_many_risks_need_as_many_queries(
    there: Seat, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    assert not isinstance(append(LEDGER, many(today(), 200, [])), list)
    taken(there, "xlsx")
    with django_assert_max_num_queries(20):  # type: ignore[operator]  # as pytest-django makes it
        taken(there, "xlsx")
