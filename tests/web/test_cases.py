"""Enforcement cases: a regulator keeps them, and a licensee meets them by no route."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from meterward.core.records.keeper import Keeper
from meterward.usecases.append_record import Appended
from meterward.usecases.ports import PersonKept
from meterward.usecases.select_records import Chosen
from meterward.wiring import bundling, today
from meterward.wiring.appending import append
from meterward.wiring.bundling import Wanted
from meterward.wiring.example_store import EXAMPLE_PASSWORD
from meterward.wiring.installed import installation
from tests.builders.desks import Machine, secret_of
from tests.builders.parties import direction, entered, line, open_for
from tests.builders.workplace import Seat

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.core.base.canonical import Json

DESK, LICENSEE, CASE = "authority", "harbour", "case/1"
SECRET = "heard of nobody else"  # noqa: S105 - the words of a note
ROUTES = (
    *(
        "/",
        "/cases",
        "/records",
        "/records?words=heard",
        "/changes",
        "/ledger",
        "/ledger/bundles",
        "/append",
        "/drafts",
    ),
    *("/append/case.opened", "/append/case.noted", "/append/bundle.taken", "/bundles", f"/licensees/{LICENSEE}"),
)


@pytest.fixture(autouse=True)
def parties(empty_home: Path) -> None:  # noqa: ARG001 - it is in use
    """A licensee, and the Authority with a case about it."""
    open_for(LICENSEE)
    open_for(DESK, Keeper.AUTHORITY)
    installation().people.keep(PersonKept("officer", "p-31", DESK), EXAMPLE_PASSWORD)
    installation().people.keep(PersonKept("security", "p-01", LICENSEE), EXAMPLE_PASSWORD)
    entered(append(DESK, [told("case.opened", {"clauses": ["Z.14"]}, "matter")]))
    entered(append(DESK, [told("case.noted", {"what": "finding"}, "note")]))


def told(kind: str, facts: dict[str, Json], text: str) -> dict[str, Json]:
    """Something that the Authority says in its case."""
    said = line(kind, Keeper.AUTHORITY, DESK, facts, LICENSEE, subject=CASE)
    return {**said, "text": {text: f"What is {SECRET}."}}


def test_a_case_is_told_with_its_notes_and_its_end() -> None:
    seat = Seat("officer")
    page = seat.at(f"/{DESK}/cases").text
    assert "Open" in page
    assert page.count(SECRET) == 2
    assert "case/1" in seat.at(f"/{DESK}/licensees/{LICENSEE}").text
    entered(append(DESK, [told("case.closed", {"outcome": "put_right"}, "reasons")]))
    page = seat.at(f"/{DESK}/cases").text
    assert "Closed on" in page
    assert "put right" in page
    assert "Note something" not in page


def test_the_licensee_meets_it_nowhere(tmp_path: Path, empty_home: Path) -> None:
    seat, machine = Seat("security"), Machine(secret_of("security"))
    before = [record.kind.name for record in installation().ledgers.records(LICENSEE)]
    assert not [name for name in before if name.startswith(("case.", "bundle."))]
    for route in ROUTES:
        for ledger in (LICENSEE, DESK):
            page = seat.at(f"/{ledger}{route}")
            assert SECRET not in page.text, route
            assert CASE not in page.text, route
            if ledger == DESK:
                assert page.status == 404, route
    for place in ("records", "position", "records/3", "records/4", "records/3/proof", "log/checkpoint", "changes"):
        assert machine.get(f"{DESK}/{place}").status_code == 404
    entered(append(DESK, [direction(DESK, [LICENSEE], "direction/authority-1")]))
    for ledger, party in ((DESK, LICENSEE), (LICENSEE, "")):
        out = tmp_path / f"{ledger}.tar"
        made = bundling.build(
            empty_home, Wanted(ledger, Chosen(party=party), today(), out), lambda *_: None, lambda _: None
        )
        assert not hasattr(made, "hint"), made
        assert SECRET.encode() not in out.read_bytes()


def test_a_case_is_opened_by_nobody_else_and_nowhere_else() -> None:
    for ledger in (LICENSEE, DESK):
        said = line("case.opened", Keeper.LICENSEE, LICENSEE, {}, subject="case/2")
        assert not isinstance(append(ledger, [said]), Appended)
    assert not isinstance(append(LICENSEE, [told("case.opened", {}, "matter")]), Appended)
    unfounded = told("case.opened", {"rests_on": ["somewhere"]}, "matter")
    assert not isinstance(append(DESK, [unfounded]), Appended)
