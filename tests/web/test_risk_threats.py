"""Matching threats in the browser: files in, matches looked at, told in one act, then settled from page and queue."""

from __future__ import annotations

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from meterward.core.records.kinds import threats_matched
from meterward.wiring import matching_here, today
from meterward.wiring.appending import append as append_lines
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from meterward.wiring.matching import beside_system
from tests.builders.advisories import advisory, bundle, catalogue, entry, named, related, technique
from tests.builders.risk_lines import risk, work_risks
from tests.builders.systems import describe_system, line
from tests.builders.workplace import Page, Seat, words
from tests.web.benches import append, compared

if TYPE_CHECKING:
    from meterward.core.records.record import Record

AT = f"/{LEDGER}/risks/threats"
ABOUT = advisory("A-1", [named(name="Head End")])
KEV = catalogue(entry(product="Command Gateway", vendor="Maker"))
ATTACK = bundle(technique("1", "T0855"), technique("2", "T9999"), technique("3", "T0859", revoked=True))


@pytest.fixture
def told(unassessed: Seat) -> Seat:
    """A desk in front of a system and a register."""
    describe_system(today() - timedelta(390), today() - timedelta(390))
    work_risks(today())
    return unassessed


def send(seat: Seat, *values: object, as_at: str = "") -> Page:
    """Send files with these values, and wait until they are compared."""
    files = [
        SimpleUploadedFile(f"file-{place}.json", one if isinstance(one, bytes) else json.dumps(one).encode())
        for place, one in enumerate(values)
    ]
    answered = Page(seat.client.post(AT, {"as_at": as_at or today().isoformat(), "files": files}))
    return compared(seat, AT) if answered.status == 302 else answered


def matched() -> list[Record[threats_matched.ThreatsMatched]]:
    """What the ledger tells of comparisons beyond what the example does."""
    there = installation().ledgers.records_of(LEDGER, (threats_matched.KIND.name,))
    return [one for one in there if one.occurred == today()]


def lying() -> list[str]:
    """What lies in trays."""
    return [one.name for one in (Path(settings.HOME) / matching_here.FOLDER).glob("*/**/*")]


def test_matches_are_shown_with_reason_confidence_and_risks_before_anything_is_told(told: Seat) -> None:
    before = len(matched())
    page = send(told, ABOUT, KEV)
    says = words(page.one("main"))
    assert page.status == 200, says
    assert "CSAF advisories: 1 entry beside" in says
    (row,) = [one for one in page.texts("tr") if "A-1" in one]
    assert "Possible A-1" in row
    assert "Head end" in row
    assert "The product agrees by name, and its version cannot be told." in row
    assert "R-01" in row
    assert row.endswith("New")
    assert "known to be exploited" in says
    assert len(matched()) == before
    assert "What is compared" in words(Seat("counsel").at(AT).one("main"))


def test_one_button_tells_all_sources_in_one_act_and_the_queue_leads_to_settling(told: Seat) -> None:
    send(told, ABOUT, KEV)
    before = {one.id for one in matched()}
    answered = append(told, AT, note="From the bulletin.")
    new = [one for one in matched() if one.id not in before]
    assert sorted(one.facts.source for one in new) == ["csaf", "kev"]
    assert new[1].index == new[0].index + 1
    stored = installation().ledgers.line(LEDGER, new[0].index)
    assert stored
    assert stored["text"] == {"note": "From the bulletin."}
    assert isinstance(stored["files"], dict)
    assert [*stored["files"].values()] == [new[0].facts.data]
    assert lying() == []
    says = words(told.at(answered.location).one("main"))
    assert "Told in the ledger, as entry" in says
    assert f"1 entry, 1 match entry {new[0].index + 1:,}" in says
    assert told.post(AT, do="append", seen="x").location == AT
    queued = told.get("risks/queue", why="match")
    assert "A-1 Head end in head-end" in words(queued.one("main"))
    assert "Settle the match: match/A-1/head-end" in queued.links()
    again = send(told, ABOUT)
    assert "Found before, open" in words(again.one("main"))
    form = told.at(again.links()["Settle match/A-1/head-end"])
    assert "match/A-1/head-end" in form.text


def test_what_is_asked_for_is_shown_alone_and_grouped(told: Seat) -> None:
    send(told, ABOUT, KEV)
    assert "A-1" not in words(told.at(AT, sure="possible", stands="settled").one("main"))
    by = told.at(AT, by="advisory")
    assert any(one.startswith("A-1 Title of A-1") for one in by.texts("tr"))
    assert told.at(AT, sure="perhaps").status == 400


def test_techniques_that_no_risk_considers_are_named_and_those_that_are_current_no_longer(told: Seat) -> None:
    says = words(send(told, ATTACK).one("main"))
    assert "Risks of the register consider 1 of the 2 techniques that are current." in says
    assert "T0859 Name of T0859 ⚑ revoked by" in says
    assert "No risk considers 1T9999 Name of T9999" in says
    assert append(told, AT).status == 302
    assert [(one.facts.source, one.facts.matches) for one in matched()][-1] == ("attack", ())


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ((b"no json",), "file-0.json It is not sound JSON"),
        (({"some": "thing"},), "file-0.json It is none of what is read here"),
        ((ABOUT, advisory("A-2", status={"known_affected": ["P9"]})), "There is no product “P9” in it."),
        ((bundle(technique("1", "T1"), related("uses", "x--1", "attack-pattern--1")),), "which is not there"),
        ((KEV, {**KEV, "count": 7}), "It says that it has 7 entries, and there are 1."),
        ((b"PK\x03\x04 and more",), "The archive cannot be read"),
    ],
)
def test_what_is_wrong_is_said_by_file_and_place_and_nothing_is_kept(
    told: Seat, values: tuple[object, ...], says: str
) -> None:
    page = send(told, *values)
    assert page.status == 422
    assert says in words(page.one("main"))
    assert str(settings.HOME) not in page.text
    assert lying() == []


def test_a_form_without_a_file_a_day_or_with_a_day_to_come_comes_back(told: Seat) -> None:
    assert "No file is chosen." in words(send(told).one("main"))
    assert "is not a day" in words(send(told, ABOUT, as_at="x").one("main"))
    assert "has not come" in words(send(told, ABOUT, as_at=(today() + timedelta(1)).isoformat()).one("main"))
    assert lying() == []


def test_a_ledger_that_moved_meanwhile_is_said_and_the_files_are_compared_again(told: Seat) -> None:
    seen = send(told, ABOUT).one("input", name="seen").get("value", "")
    assert not isinstance(append_lines(LEDGER, [risk(today(), "R-77", "element/head-end")]), list)
    assert "Compare again before you append" in words(told.at(AT).one("main"))
    before = len(matched())
    refused = told.post(AT, do="append", seen=seen)
    assert refused.status == 422
    assert "The ledger tells something else of the system" in words(refused.one("main"))
    assert len(matched()) == before
    assert told.post(AT, do="again").status == 302
    assert "R-77" in words(compared(told, AT).one("main"))
    assert "You saw another comparison" in words(told.post(AT, do="append", seen=seen).one("main"))
    assert append(told, AT).status == 302
    assert len(matched()) == before + 1


def test_what_else_the_ledger_gets_does_not_keep_matches_from_being_told(told: Seat) -> None:
    send(told, ABOUT)
    incident = line("incident.recorded", today(), {"detected": today().isoformat(), "severity": "low"}, "incident/77")
    assert not isinstance(append_lines(LEDGER, [incident]), list)
    assert append(told, AT).status == 302


def test_a_second_click_shows_how_far_the_first_is_which_can_be_stopped(
    told: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()

    def slowly(*asked: Any) -> Any:  # noqa: ANN401 - as the one that it stands for
        go_on.wait(30)
        return beside_system(*asked)

    monkeypatch.setattr(matching_here, "beside_system", slowly)
    file = SimpleUploadedFile("a.json", json.dumps(ABOUT).encode())
    assert told.client.post(AT, {"as_at": today().isoformat(), "files": [file]}).status_code == 302
    second = send(told, ABOUT)
    assert second.status == 422
    assert "A comparison of yours is under way." in words(second.one("main"))
    assert told.post(f"/{LEDGER}/stop", job=second.one("input", name="job").get("value", "")).status == 200
    go_on.set()
    assert "What is compared" in words(compared(told, AT).one("main"))
    assert lying() == []


def test_whoever_may_not_tell_it_may_not_compare(told: Seat) -> None:
    auditor = Seat("auditor")
    assert (auditor.at(AT).status, send(auditor, ABOUT).status) == (403, 403)
    assert "Threats" not in auditor.get("risks/queue").links()
    assert "Threats" in told.get("risks/queue").links()
