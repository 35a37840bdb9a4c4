"""The pages of directions and requests: what each side sees, who may do what, and a constant number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meterward.core.records.keeper import Keeper
from meterward.wiring.appending import append
from tests.builders.desks import browser_of
from tests.builders.parties import direction, entered, last_of, line, open_for
from tests.builders.workplace import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.test import Client

    from meterward.core.base.canonical import Json

pytestmark = pytest.mark.usefixtures("example_store")
MOST = 18
REPORT: dict[str, Json] = {
    "report": "interim",
    "steps": [{"requirement": "step-1", "state": "under_way", "share": 40}],
    "to": ["authority"],
}


def page(client: Client, address: str) -> Page:
    return Page(client.get(address))


def licensees(first: int, last: int) -> list[str]:
    """So many more licensees, each with a ledger of its own."""
    names = [f"supplier-{number}" for number in range(first, last)]
    for name in names:
        open_for(name)
    return names


def directed(names: Sequence[str], subject: str) -> None:
    """A direction of the Authority to some licensees, each of whom reports on it."""
    entered(append("authority", [direction("authority", names, subject)]))
    for name in names:
        entered(append(name, [line("direction.progressed", Keeper.LICENSEE, name, REPORT, subject=subject)]))


def test_a_licensee_sees_what_is_required_of_it_and_how_far_it_is() -> None:
    shown = page(browser_of("security"), "/northlight/directions/given/2")
    assert shown.status == 200
    assert "Overdue" in shown.texts("span", class_="pill")[0]
    assert any("step-4" in row and "Overdue" in row and "Blocked" in row for row in shown.texts("tr"))
    assert any("Receipt of the Authority" in name for name in shown.links())


def test_a_regulator_sees_each_addressee_and_where_it_is_entered() -> None:
    directed(licensees(1, 3), "direction/authority-1")
    shown = page(browser_of("authority"), "/authority/directions/given/authority-1")
    assert {"Receipt of supplier-1", "Receipt of supplier-2"} <= set(shown.links())
    assert sum("under way, 40 %" in row for row in shown.texts("tr")) == 2
    found = page(browser_of("authority"), "/authority/directions/given/authority-1?words=r-2")
    assert [row for row in found.texts("tr") if "supplier-1" in row] == []


def test_a_receipt_is_the_proof_that_the_record_is_in_the_other_log() -> None:
    directed(licensees(1, 2), "direction/authority-1")
    client = browser_of("authority")
    address = page(client, "/authority/directions/given/authority-1").links()["Receipt of supplier-1"]
    proof = client.get(address)
    assert proof.status_code == 200
    assert proof.content.decode().startswith("c2sp.org/tlog-proof")
    assert client.get(address.replace("supplier-1", "northlight")).status_code == 404


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"addressees": ["nobody-known"]}, "No licensee is known here as nobody-known."),
        ({"addressees": ["auditor-a"]}, "No licensee is known here as auditor-a."),
        ({"requirements": [{"name": "step-1", "act": "do", "due": "2013-01-01"}]}, "which is past"),
    ],
)
def test_what_cannot_be_right_is_refused_where_it_is_issued(change: dict[str, Json], said: str) -> None:
    order = direction("authority", ["northlight"], "direction/authority-1")
    facts = order["facts"]
    assert isinstance(facts, dict)
    refused = append("authority", [{**order, "facts": {**facts, **change}}])
    assert isinstance(refused, list)
    assert said in refused[0].message


def test_an_amendment_goes_to_whom_the_direction_went() -> None:
    entered(append("authority", [direction("authority", licensees(1, 3), "direction/authority-1")]))
    given = last_of("authority")
    for name, addressees, what in (
        ("2", ["supplier-1"], "supplier-2 had that and would not hear of it"),
        ("3", ["supplier-1", "supplier-2", "northlight"], "northlight would get it and never had that"),
    ):
        changed = direction("authority", addressees, f"direction/authority-{name}", replaces=given)
        refused = append("authority", [changed])
        assert isinstance(refused, list)
        said = f"It changes direction/authority-1, and does not go to the same organisations: {what}."
        assert [one.message for one in refused] == [said]


def test_a_draft_becomes_joint_as_a_new_draft() -> None:
    facts: dict[str, Json] = {
        "issuers": ["authority"],
        "addressees": ["northlight"],
        "requirements": [{"name": "step-1", "act": "do", "due": "2099-12-31"}],
    }
    entered(
        append(
            "authority", [line("direction.drafted", Keeper.AUTHORITY, "authority", facts, subject="draft/authority-1")]
        )
    )
    joint: dict[str, Json] = {**facts, "issuers": ["authority", "secretary_of_state"]}
    changed = line(
        "direction.drafted",
        Keeper.AUTHORITY,
        "authority",
        joint,
        subject="draft/authority-1",
        replaces=last_of("authority"),
    )
    refused = append("authority", [changed])
    assert isinstance(refused, list)
    assert ["department would get it and never had that" in one.message for one in refused] == [True]


def test_whoever_drafted_a_direction_is_told_that_somebody_else_issues_it() -> None:
    facts: dict[str, Json] = {
        "issuers": ["authority", "secretary_of_state"],
        "addressees": ["northlight"],
        "requirements": [{"name": "step-1", "act": "do", "due": "2099-12-31"}],
    }
    drafted = line("direction.drafted", Keeper.AUTHORITY, "authority", facts, subject="draft/authority-1")
    entered(append("authority", [drafted]))
    sentence = "You drafted it, so somebody else issues it."
    for name, is_own in (("authority", True), ("department", False)):
        shown = page(browser_of(name), f"/{name}/directions/drafts/authority-1")
        assert (sentence in shown.texts("p")) is is_own
        assert ("Issue it" in shown.texts("button")) is not is_own


def test_a_request_is_entered_on_both_sides_with_its_clock() -> None:
    asked: dict[str, Json] = {"by": ["authority"], "clauses": ["Z.9"]}
    order = line(
        "evidence.requested", Keeper.AUTHORITY, "authority", asked, "northlight", subject="request/authority-1"
    )
    statement = order["statement"]
    assert isinstance(statement, dict)
    entered(append("authority", [{**order, "statement": {**statement, "licences": ["any"]}}]))
    for name, who in (("northlight", "security"), ("authority", "authority")):
        shown = page(browser_of(who), f"/{name}/requests/made/authority-1")
        assert "Our own limit is" in " ".join(shown.texts("p"))
    assert "Build a bundle" in page(browser_of("security"), "/northlight/requests/made/authority-1").texts("button")
    assert "Build a bundle" not in page(browser_of("authority"), "/authority/requests/made/authority-1").texts("button")


def test_queries_grow_neither_with_addressees_nor_with_directions() -> None:
    client = browser_of("authority")
    directed(licensees(1, 3), "direction/authority-1")
    places = ["/authority/directions", "/authority/directions/given/authority-1", "/authority/directions/new"]
    places.append("/authority/requests")

    def count() -> list[int]:
        found = []
        for place in places:
            client.get(place)
            with CaptureQueriesContext(connection) as captured:
                assert client.get(place).status_code == 200
            found.append(len(captured))
        return found

    before = count()
    more = licensees(3, 8)
    directed(["supplier-1", *more], "direction/authority-2")
    places[1] = "/authority/directions/given/authority-2"
    assert count() == before
    assert max(before) <= MOST, before
