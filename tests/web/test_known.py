"""The names that forms suggest: each is free in every ledger that the record will be entered in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

from meterward.core.records.keeper import Keeper
from meterward.usecases.show_record import Ties
from meterward.web.forms.known import Known
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.installed import installation
from meterward.wiring.looking import ties_of
from meterward.wiring.parties import about_whom
from tests.builders.parties import direction, entered, line, open_for
from tests.builders.stores import copy_sqlite, installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from meterward.core.base.canonical import Json

LICENSEES = ("harbour", "northlight")
AUDITORS = ("auditor-a", "auditor-b")


@pytest.fixture(autouse=True)
def parties(prepared_sqlite: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Two licensees, each of whom engaged the same two auditors, and the Authority."""
    home = copy_sqlite(prepared_sqlite, tmp_path / "home")
    with django_db_blocker.unblock(), installed(home):
        for name, keeper in {
            **dict.fromkeys(LICENSEES, Keeper.LICENSEE),
            **dict.fromkeys(AUDITORS, Keeper.AUDITOR),
            "authority": Keeper.AUTHORITY,
        }.items():
            open_for(name, keeper)
        for name in LICENSEES:
            for number, auditor in enumerate(AUDITORS, 1):
                _engaged(name, auditor, str(number))
        yield


def _engaged(licensee: str, auditor: str, number: str) -> None:
    engaged: dict[str, Json] = {"organisation": auditor, "independence": "declared"}
    granted: dict[str, Json] = {"person": "p-21", "organisation": auditor, "role": "lead_auditor"}
    lines = [
        line("audit.engaged", Keeper.LICENSEE, licensee, engaged, subject=f"audit/{number}"),
        line("access.granted", Keeper.LICENSEE, licensee, granted, subject=f"access/{number}"),
    ]
    entered(append(licensee, lines))


def suggested(ledger: str, space: str) -> str:
    """The name that a form in a ledger suggests."""
    ties = ties_of(ledger)
    assert isinstance(ties, Ties)
    about = about_whom(installation(), ledger, ties.records)
    return Known(ties, cast("Any", None), (), today(), about).next_name(space)


def ask(auditor: str, licensee: str, audit: str, subject: str, ledger: str = "") -> None:
    facts: dict[str, Json] = {
        "audit": audit,
        "items": [{"name": "item-1", "says": "The rota"}],
        "due": "2099-12-31",
    }
    asked = line("audit.asked", Keeper.AUDITOR, auditor, facts, licensee, subject=subject)
    entered(append(ledger or auditor, [asked]))


def test_an_auditor_who_asks_two_licensees_and_two_who_ask_one_never_get_a_name_that_is_taken() -> None:
    given = []
    for licensee in (*LICENSEES, *LICENSEES):
        for number, auditor in enumerate(AUDITORS, 1):
            given.append(suggested(auditor, "enquiry"))
            ask(auditor, licensee, f"audit/{number}", given[-1])
    assert given == [f"enquiry/{auditor}-{number}" for number in range(1, 5) for auditor in AUDITORS]


def test_an_auditor_in_a_licensees_ledger_gets_the_next_number_there() -> None:
    ask("auditor-a", "harbour", "audit/1", suggested("auditor-a", "enquiry"))
    ask("auditor-b", "harbour", "audit/2", suggested("harbour", "enquiry"), "harbour")
    assert suggested("harbour", "enquiry") == "enquiry/2"
    assert suggested("auditor-b", "enquiry") == "enquiry/auditor-b-1"


def test_an_engagement_that_auditors_record_has_a_name_of_their_own() -> None:
    assert suggested("harbour", "audit") == "audit/3"
    assert suggested("auditor-b", "audit") == "audit/auditor-b-1"
    engaged: dict[str, Json] = {"organisation": "auditor-b", "independence": "declared"}
    name = suggested("auditor-b", "audit")
    entered(append("auditor-b", [line("audit.engaged", Keeper.AUDITOR, "auditor-b", engaged, "harbour", subject=name)]))
    assert suggested("harbour", "audit") == "audit/3"
    assert suggested("auditor-b", "audit") == "audit/auditor-b-2"


def test_what_stays_in_a_ledger_is_counted_there_and_what_a_regulator_gives_bears_its_name() -> None:
    assert suggested("auditor-a", "finding") == "finding/1"
    assert suggested("authority", "case") == "case/authority-1"
    entered(append("authority", [direction("authority", LICENSEES, suggested("authority", "direction"))]))
    assert suggested("authority", "direction") == "direction/authority-2"
    assert suggested("harbour", "direction") == "direction/1"


def test_an_auditor_is_told_of_no_licensee_that_never_let_it_in() -> None:
    open_for("unmet")
    for ledger, known in (("authority", {*LICENSEES, "unmet"}), *((auditor, {*LICENSEES}) for auditor in AUDITORS)):
        ties = ties_of(ledger)
        assert isinstance(ties, Ties)
        assert {*about_whom(installation(), ledger, ties.records)} == {ledger, *known}
