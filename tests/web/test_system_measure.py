"""Measuring coverage in the browser: files in, counts looked at, and told in the ledger only when somebody says so."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from meterward.adapters.background import CancelledError
from meterward.core.records.kinds import coverage_measured
from meterward.wiring import measuring, today
from meterward.wiring.covering import cover
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.premises import Device, Spell, day, write_both
from tests.builders.workplace import Page, Seat, words
from tests.web.benches import append, compared

if TYPE_CHECKING:
    from meterward.core.records.record import Record

AT = f"/{LEDGER}/system/coverage/measure"
FEED = (Spell("P-1", "gas", day(0)), Spell("P-2", "gas", day(0)), Spell("P-3", "gas", day(0), day(9)))
INVENTORY = (
    Device("P-1", "D-1", "gas", "live", day(0)),
    Device("P-3", "D-3", "gas", "live", day(0)),
    Device(None, "D-4", "gas", "decommissioned", day(0)),
)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """A feed and an inventory in which one premises has nothing, and one metering system supplies nobody."""
    feed, inventory = write_both(tmp_path, FEED, INVENTORY)
    return {"feed": Path(feed).read_bytes(), "inventory": Path(inventory).read_bytes()}


def send(seat: Seat, files: dict[str, bytes], **asked: str) -> Page:
    """Send the files, and wait until they are compared."""
    sent = {name: SimpleUploadedFile(f"{name}.csv", content) for name, content in files.items()}
    said = {"as_at": today().isoformat(), "fuel": "gas", **asked}
    answered = Page(seat.client.post(AT, {**said, **sent}))
    if answered.status != 302:
        return answered
    return compared(seat, AT)


def told() -> list[Record[coverage_measured.CoverageMeasured]]:
    """What the ledger tells of the coverage of these few premises."""
    there = installation().ledgers.records_of(LEDGER, (coverage_measured.KIND.name,))
    return [one for one in there if one.facts.premises < 10]


def lying() -> list[str]:
    """The names of the files that lie in folders of counts."""
    return sorted(one.name for one in (Path(settings.HOME) / measuring.FOLDER).glob("*/*"))


def test_counts_are_shown_before_anything_is_told(seat: Seat, files: dict[str, bytes]) -> None:
    page = send(seat, files)
    says = words(page.one("main"))
    assert page.status == 200
    assert "3 rows of the feed, 3 rows of the inventory, compared by duckdb. Nothing of this is told yet." in says
    rows = [" ".join(words(cell) for cell in row) for row in page.all("tr")]
    assert rows[1:] == [
        "Premises supplied 2",
        "one metering system 1 50.0 %",
        "none 1 50.0 %",
        "two or more 0 0.0 %",
        "Metering systems in scope 2",
        "supplying nobody 1 50.0 %",
    ]
    assert "None: they are supplied, and the inventory has no metering system there" in says
    assert told() == []
    assert lying() == ["found.json", "unmatched.csv"]


def test_what_does_not_match_is_given_to_whoever_counted_alone(seat: Seat, files: dict[str, bytes]) -> None:
    send(seat, files)
    given = seat.client.get(f"{AT}/unmatched")
    listed = b"".join(given).decode()
    assert "no_metering_system,gas,P-2," in listed
    assert "supplies_nobody,gas,P-3,D-3" in listed
    assert Seat("counsel").client.get(f"{AT}/unmatched").status_code == 404
    assert "What is compared" in words(Seat("counsel").at(AT).one("main"))


def test_one_button_tells_it_with_the_list(seat: Seat, files: dict[str, bytes]) -> None:
    send(seat, files)
    answered = append(seat, AT, attach="on", note="From the registration system.")
    (record,) = told()
    assert answered.location == f"/{LEDGER}/records/{record.index + 1}?appended=1"
    facts = record.facts
    assert (facts.premises, facts.with_one, facts.with_none, facts.supplying_nobody) == (2, 1, 1, 1)
    assert (record.actor.person, record.licences) == ("p-01", ("gas",))
    line = installation().ledgers.line(LEDGER, record.index)
    assert line
    assert line["files"] == {"unmatched.csv": facts.unmatched}
    assert line["text"] == {"note": "From the registration system."}
    page = seat.get("system/coverage")
    given = seat.client.get(page.links()["2 rows, to download"])
    assert b"P-2" in b"".join(given)
    assert lying() == []
    assert seat.post(AT, do="append").location == f"/{LEDGER}/system/coverage"
    assert len(told()) == 1


def test_the_list_stays_out_of_the_ledger_if_that_is_wanted(seat: Seat, files: dict[str, bytes]) -> None:
    send(seat, files)
    append(seat, AT)
    (record,) = told()
    assert (record.files, record.facts.unmatched_rows) == (0, 2)
    assert "in a file that is not kept here" in words(seat.get("system/coverage").one("main"))


def test_what_is_discarded_is_gone(seat: Seat, files: dict[str, bytes]) -> None:
    send(seat, files)
    assert seat.post(AT, do="discard").location == AT
    assert "What is compared" in words(seat.at(AT).one("main"))
    assert lying() == []


def test_another_count_than_the_one_that_was_seen_is_not_told(seat: Seat, files: dict[str, bytes]) -> None:
    seen = send(seat, files).one("input", name="seen").get("value", "")
    seat.post(AT, do="discard")
    send(seat, {**files, "inventory": files["inventory"].replace(b"live", b"suspended")})
    answered = seat.post(AT, do="append", seen=seen)
    assert answered.status == 422
    assert "You saw another count" in words(answered.one("main"))
    assert told() == []
    assert append(seat, AT).status == 302


def test_a_second_click_shows_how_far_the_first_is(
    seat: Seat, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(*asked: Any) -> Any:  # noqa: ANN401 - as the one that it stands for
        go_on.wait(30)
        return cover(*asked)

    monkeypatch.setattr(measuring, "cover", slowly)
    sent = {name: SimpleUploadedFile(f"{name}.csv", content) for name, content in files.items()}
    said = {"as_at": today().isoformat(), "fuel": "gas"}
    assert seat.client.post(AT, {**said, **sent}).status_code == 302
    for one in sent.values():
        one.seek(0)
    second = Page(seat.client.post(AT, {**said, **sent}))
    go_on.set()
    assert second.status == 422
    assert "A count of yours is under way." in words(second.one("main"))
    assert list(second.all("progress"))
    assert compared(seat, AT).status == 200


def test_a_count_that_was_stopped_does_not_reach_the_files_of_the_next(
    seat: Seat, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    next_began, begun = threading.Event(), iter(("first", "next"))

    def in_turn(*asked: Any) -> Any:  # noqa: ANN401 - as the one that it stands for
        if next(begun) == "first":
            next_began.wait(30)
            raise CancelledError
        next_began.set()
        assert first.ended.wait(30)
        return cover(*asked)

    monkeypatch.setattr(measuring, "cover", in_turn)
    sent = {name: SimpleUploadedFile(f"{name}.csv", content) for name, content in files.items()}
    assert seat.client.post(AT, {"as_at": today().isoformat(), "fuel": "gas", **sent}).status_code == 302
    (first,) = [job for owner, job in installation().handing.items() if owner[0] == "coverage"]
    seat.post(AT, do="discard")
    assert "compared by duckdb" in words(send(seat, files).one("main"))


def test_a_server_that_stopped_meanwhile_says_so_and_keeps_no_file(seat: Seat, files: dict[str, bytes]) -> None:
    send(seat, files)
    (mine,) = (Path(settings.HOME) / measuring.FOLDER).glob("*")
    (mine / "found.json").unlink()
    (mine / "feed").write_bytes(files["feed"])
    installation().handing.clear()
    page = seat.at(AT)
    assert page.status == 422
    assert "The server stopped before your files were compared. Send them once more" in words(page.one("main"))
    assert lying() == []
    assert seat.at(AT).status == 200


def test_files_that_do_not_fit_on_the_disk_leave_nothing_behind(
    seat: Seat, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(tray: Path, name: str, _pieces: object) -> None:
        (tray / name).write_bytes(b"the beginning")
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(measuring, "put", full)
    with pytest.raises(OSError, match="No space left"):
        send(seat, files)
    assert lying() == []
    assert "What is compared" in words(seat.at(AT).one("main"))


def test_a_count_goes_after_an_hour(seat: Seat, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    send(seat, files)
    late = time.time() + measuring.LASTS + 1
    session = seat.client.session
    session["seen"] = late
    session.save()
    monkeypatch.setattr(time, "time", lambda: late)
    assert "What is compared" in words(seat.at(AT).one("main"))
    measuring.BENCH.clear()
    assert lying() == []


def test_files_that_cannot_be_compared_say_why_by_line_and_lie_nowhere(seat: Seat, files: dict[str, bytes]) -> None:
    page = send(seat, {**files, "feed": files["feed"].replace(b"2020-01-10", b"10/01/2020")})
    says = words(page.one("main"))
    assert page.status == 422
    assert "Line 4 feed.lost" in says
    assert lying() == []
    assert told() == []


def test_a_message_names_no_place_of_the_server(seat: Seat, files: dict[str, bytes]) -> None:
    says = words(send(seat, {**files, "feed": b"PK\x03\x04 and more"}).one("main"))
    assert "cannot be read: it is a spreadsheet or an archive." in says
    assert str(settings.HOME) not in says


@pytest.mark.parametrize(
    ("asked", "leave", "says"),
    [
        ({"as_at": "x"}, "", "is not a day from 1990 to 2199."),
        ({"fuel": "coal"}, "", "That is no fuel."),
        ({}, "feed", "The registration feed is missing."),
        ({}, "inventory", "The meter inventory is missing."),
        ({"as_at": (today() + timedelta(1)).isoformat()}, "", "has not come, and only what was is recorded."),
    ],
)
def test_what_cannot_be_counted_is_said_at_once(
    seat: Seat, files: dict[str, bytes], asked: dict[str, str], leave: str, says: str
) -> None:
    page = send(seat, {name: one for name, one in files.items() if name != leave}, **asked)
    assert page.status == 422
    assert says in words(page.one("main"))
    assert told() == []


def test_whoever_may_not_tell_it_may_not_count(example_auditor: Seat, files: dict[str, bytes]) -> None:
    assert example_auditor.at(AT).status == 403
    assert send(example_auditor, files).status == 403
    assert example_auditor.client.get(f"{AT}/unmatched").status_code == 403
    assert "Measure it now" not in example_auditor.get("system/coverage").links()


@pytest.fixture
def example_auditor(seat: Seat) -> Seat:  # noqa: ARG001 - the store is set up by it
    """Somebody who reads and tells no coverage."""
    return Seat("auditor")
