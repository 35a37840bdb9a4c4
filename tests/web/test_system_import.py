"""Import of the system in the browser: a file is private, read within bounds, compared, and told once or never."""

from __future__ import annotations

import re
import threading
import time
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.test import Client

from meterward.usecases.draw_inventory import draw
from meterward.usecases.ports.inventories import Columns
from meterward.wiring import imports_kept, today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.importing import LARGEST
from meterward.wiring.imports_kept import columns_kept, importing_in
from meterward.wiring.installed import installation
from meterward.wiring.tidying import tidy_now
from tests.builders.workplace import Page, Seat, words
from tests.web.importers import BEGIN, HEADERS, POLLER, TABLE, begun, only, only_a_part, read, told, upload
from tests.web.writers import size

if TYPE_CHECKING:
    import pytest

KIND = "system.described"
FOREIGN = "Tag,Name,Type,Operator,Colour\nA1,Alpha,RTU,us,red\nA2,Beta,PLC,ACME,blue\n"


def draft_of(address: str) -> str:
    return address.rpartition("/")[2]


def test_a_file_is_compared_told_once_and_lands_on_its_record(seat: Seat) -> None:
    address, before = begun(seat, TABLE), size()
    page = only_a_part(seat, address)
    assert "+ Added Poller of the north element/poller" in words(page.one("main"))
    assert size() == before
    first, again = told(seat, address), seat.client.post(address, {"do": "tell", "seen": "x"})
    assert size() == before + 1
    assert first.headers["Location"] == again.headers["Location"] == f"/{LEDGER}/records/{before + 1}?appended=1"
    record = seat.at(first.headers["Location"])
    assert "The list of March." in words(record.one("main"))
    assert record.links()["elements.csv"].startswith(f"/{LEDGER}/files/")
    assert record.links()["To the map"] == f"/{LEDGER}/system/map"
    assert "Poller of the north" in words(seat.get("system", words="poller").one("main"))


def test_what_is_left_out_is_gone_unless_somebody_says_that_it_stays(seat: Seat) -> None:
    address = begun(seat, TABLE)
    gone = words(read(seat, address).one("main"))
    assert "Gone Head end element/head-end" in gone
    assert "elements will be gone." in gone
    stays = words(only_a_part(seat, address).one("main"))
    assert "Gone Head end" not in stays
    assert "Tell this change" in stays


def test_the_columns_are_shown_said_and_kept_for_the_next_file(seat: Seat) -> None:
    address = begun(seat, FOREIGN)
    page = read(seat, address)
    assert page.status == 422
    assert "Nothing tells, of each element: categories, power, in_service." in words(page.one("main"))
    (row,) = [one for one in page.all("tr") if words(one).startswith("Colour")]
    assert "red · blue" in words(row)
    assert {words(one) for one in page.all("label")} >= {"“RTU” means", "“PLC” means", "“ACME” means"}
    said = {
        "table-0-0": "element",
        "table-0-1": "label",
        "table-0-2": "type",
        "table-0-3": "operator",
        "table-0-2-word-0": "head_end",
        "table-0-2-word-1": "",
        "table-0-3-word-0": "on_behalf",
        "table-0-fill-categories": "communication_equipment",
        "table-0-fill-power": "within",
        "table-0-fill-in_service": "2013-03-04",
    }
    seat.client.post(address, {"do": "columns", "save": "1", **said})
    shown = words(read(seat, address).one("main"))
    assert "Alpha element/A1" in shown
    assert "Type: head end; Operator" not in shown
    assert re.search("not taken, because no field has it: “?Colour”?", shown)
    assert columns_kept(LEDGER, KIND).tables[0].words["operator"] == {"ACME": "on_behalf"}
    again = read(seat, begun(seat, FOREIGN + "A3,Gamma,RTU,us,\n"))
    assert "Gamma" in again.texts("b"), "it is read as the first was"


def test_of_what_is_kept_the_last_counts_first_and_the_oldest_goes(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: ARG001 - the store is set up by it
    monkeypatch.setattr(imports_kept, "_MOST_KEPT", 2)
    first, second, third = (Columns("element", {header: ("element",)}) for header in ("A", "B", "C"))
    for one in (first, second, third, second):
        assert imports_kept.keep_columns(LEDGER, KIND, [one]) is None
    assert columns_kept(LEDGER, KIND).tables == (second, third)


def test_what_is_typed_is_heeded_once_the_file_was_read_again(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    from meterward.wiring import importing  # noqa: PLC0415 - Django must be set up
    from meterward.wiring.importers import system  # noqa: PLC0415 - the same

    address = begun(seat, "From,To,Name\nelement/head-end,element/ihd,Feed\n")
    read(seat, address)
    go_on = threading.Event()

    def slowly(*asked: Any) -> Any:  # noqa: ANN401 - as the one that it stands for
        go_on.wait(30)
        return draw(*asked)

    monkeypatch.setattr(importing, "PATIENCE", 0.0)
    monkeypatch.setattr(system, "draw", slowly)
    importing._looked.cache_clear()  # noqa: SLF001 - as after other looks, or in a server that was started again
    answered = seat.client.post(address, {"do": "columns", "table-0-2": ""})
    assert answered.status_code == 202
    go_on.set()
    until = time.monotonic() + 30
    while (answered := seat.client.get(address)).status_code == 202:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert answered.headers["Location"] == address
    monkeypatch.undo()
    while (page := seat.at(address)).status == 202:
        assert time.monotonic() < until
        time.sleep(0.05)
    assert re.search("not taken, because no field has it: “?Name”?", words(page.one("main")))


def test_another_sort_of_row_is_guessed_anew(seat: Seat) -> None:
    address = begun(seat, "From,To,Name\nelement/head-end,element/ihd,Feed\n")
    assert "+ Added Feed" in words(read(seat, address).one("main"))
    seat.client.post(address, {"do": "columns", "table-0-space": "element"})
    assert read(seat, address).status == 422


def test_what_is_told_again_on_a_day_takes_the_place_of_what_was_told_for_it(seat: Seat) -> None:
    told(seat, only(seat, TABLE))
    told(seat, only(seat, TABLE.replace("Poller of the north", "Poller")))
    assert seat.get("system/elements/poller").texts("h1") == ["Poller element/poller"]


def test_a_change_of_what_was_told_before_shows_both(seat: Seat) -> None:
    address = begun(seat, TABLE, day=(today() - timedelta(5)).isoformat())
    seat.client.post(address, {"do": "read", "day": (today() - timedelta(5)).isoformat(), "missing": "leaves"})
    told(seat, address)
    page = only_a_part(seat, begun(seat, TABLE.replace(",within,", ",limited,")))
    (row,) = page.all("td", class_="says")
    assert words(row) == "Power within →becomes limited"


def test_nobody_else_sees_it_and_it_stands_among_the_drafts_of_whoever_chose_it(seat: Seat) -> None:
    address = begun(seat, TABLE)
    assert Seat("counsel").at(address).status == 404
    assert Client().get(address).status_code == 302
    assert seat.get("drafts").links()["Import of a file"] == address
    assert seat.get(f"append/system.described/{draft_of(address)}").status == 404
    assert seat.client.get(f"/{LEDGER}/drafts/{draft_of(address)}").headers["Location"] == address


def test_what_is_discarded_or_left_alone_is_cleared(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = begun(seat, TABLE), begun(seat, TABLE + "x,,,,,,\n")
    seat.client.post(f"/{LEDGER}/drafts/{draft_of(first)}/discard")
    assert seat.at(first).status == 404
    tidy_now(installation())
    assert read(seat, second).status == 422
    monkeypatch.setattr(imports_kept, "ABANDONED", timedelta(seconds=-60))
    tidy_now(installation())
    assert seat.at(second).status == 404


def test_who_saw_something_else_is_told_so_and_nothing_is_appended(seat: Seat) -> None:
    address, other = only(seat, TABLE), only(seat, TABLE)
    seen = read(seat, address).one("input", name="seen").get("value", "")
    told(seat, other)
    before = size()
    answered = Page(seat.client.post(address, {"do": "tell", "seen": seen}))
    assert answered.status == 422
    assert "ledger.moved" in words(answered.one("main"))
    assert size() == before


def test_the_ledger_that_moves_between_look_and_append_refuses(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    from meterward.wiring import importing  # noqa: PLC0415 - Django must be set up
    from meterward.wiring.appending import append  # noqa: PLC0415 - the same

    address = only(seat, TABLE)

    def late(ledger: str, lines: Any, key: str, after: int) -> Any:  # noqa: ANN401 - as the one that it stands for
        return append(ledger, lines, key, after - 1)

    monkeypatch.setattr(importing, "append", late)
    before = size()
    assert "ledger.moved" in words(Page(told(seat, address)).one("main"))
    assert size() == before
    monkeypatch.undo()
    assert told(seat, address).status_code == 302


def test_what_the_act_would_change_in_the_position_can_be_looked_at(seat: Seat) -> None:
    page = read(seat, f"{only(seat, TABLE)}?effect=1")
    assert "If you tell it now" in words(page.one("main"))


def test_a_bill_of_materials_asks_whose_it_is(seat: Seat) -> None:
    bill = '{"bomFormat": "CycloneDX", "specVersion": "1.5", "components": [{"type": "library", "name": "zlib"}]}'
    address = begun(seat, bill, "bill.json")
    page = read(seat, address)
    assert page.status == 200
    assert "Whose bill of materials is it?" in page.texts("label")
    assert "element/billing-interface" in [one.get("value") for one in page.all("option")]
    seat.client.post(address, {"do": "read", "element": "element/billing-interface"})
    shown = words(read(seat, address).one("main"))
    assert "Components 1" in shown
    assert told(seat, address).status_code == 302


def test_ten_thousand_differences_are_a_hundred_rows_and_counts(seat: Seat) -> None:
    rows = "\n".join(
        POLLER.replace("poller", f"poller-{one}").replace("Poller", f"Poller {one}") for one in range(2500)
    )
    address = only(seat, f"{HEADERS}\n{rows}\n")
    page = read(seat, address)
    assert len(list(page.all("td", class_="says"))) == 100
    assert "Page 1 of 25, 2,500 in all" in words(page.one("main"))
    found = read(seat, address, words="poller-2499")
    assert [words(one) for one in found.all("td", class_="what")][-1].endswith("element/poller-2499")
    assert len(list(read(seat, address, page=25).all("td", class_="says"))) == 100


def test_the_record_of_many_elements_lists_a_dozen_and_names_the_file(seat: Seat) -> None:
    rows = "\n".join(POLLER.replace("poller", f"poller-{one}") for one in range(30))
    record = seat.at(told(seat, only(seat, f"{HEADERS}\n{rows}\n")).headers["Location"])
    assert "12 of 30 are shown here; the attached file has all." in words(record.one("main"))
    assert len([one for one in record.all("dd") if words(one).startswith("element/poller-")]) == 12


def test_what_is_too_large_or_missing_is_said_before_it_is_kept(seat: Seat) -> None:
    large = Page(upload(seat, b"x" * (LARGEST + 1)))
    assert large.status == 422
    assert "a file that is imported has at most 64" in words(large.one("main"))
    ahead = Page(upload(seat, TABLE, day=(today() + timedelta(1)).isoformat()))
    assert "The day lies ahead." in words(ahead.one("main"))
    assert "No file is chosen." in words(Page(seat.client.post(BEGIN, {"day": today().isoformat()})).one("main"))
    assert not [one for one in installation().drafts.all(LEDGER) if importing_in(one)]


def test_a_day_ahead_or_none_is_said_and_changes_nothing(seat: Seat) -> None:
    address = only(seat, TABLE)
    for day, says in (((today() + timedelta(1)).isoformat(), "The day lies ahead."), ("x", "The day is missing.")):
        answered = Page(seat.client.post(address, {"do": "read", "day": day}))
        assert answered.status == 422
        assert says in words(answered.one("main"))
    assert read(seat, address).one("input", id="day").get("value") == today().isoformat()


def test_who_has_lost_the_role_tells_nothing(seat: Seat, monkeypatch: pytest.MonkeyPatch) -> None:
    from meterward.web.views import importing  # noqa: PLC0415 - Django must be set up

    address, before = only(seat, TABLE), size()
    seen = read(seat, address).one("input", name="seen").get("value", "")
    monkeypatch.setattr(importing, "acting_roles", lambda *_: ())
    assert seat.client.post(address, {"do": "tell", "seen": seen}).status_code == 404
    assert size() == before


def test_what_a_file_says_is_never_markup(seat: Seat) -> None:
    page = read(seat, only(seat, TABLE.replace("Poller of the north", "<script>alert(1)</script>")))
    assert not [one for one in page.all("script") if "alert" in (one.text or "")]
    assert "<script>alert(1)</script>" in words(page.one("main"))


def test_who_may_not_tell_of_the_system_is_not_offered_it(seat: Seat) -> None:
    assert "Import" in seat.get("system").links()
    auditor = Seat("auditor")
    assert auditor.get("system").status == 200
    assert "Import" not in auditor.get("system").links()
    assert auditor.at(BEGIN).status == 403


def test_an_element_is_told_anew_by_a_form_that_knows_what_is_told(seat: Seat) -> None:
    told(seat, only(seat, TABLE))
    form = seat.at(seat.get("system/elements/poller").links()["Tell it anew"])
    assert form.one("input", name="facts.telling").get("value") == "2"
    assert form.one("input", name="facts.elements.0.element").get("value") == "element/poller"
    assert form.one("input", name="facts.elements.0.told.label").get("value") == "Poller of the north"
    of_before = seat.at(seat.get("system/elements/head-end").links()["Tell it anew"])
    assert not of_before.one("input", name="facts.telling").get("value"), "nothing was told of it today"
    ticked = [one for one in form.all("input", name="facts.elements.0.told.categories") if "checked" in one.attrib]
    assert [one.get("value") for one in ticked] == ["communication_equipment"]
    assert re.search(r"Who operates it\?", form.text)
