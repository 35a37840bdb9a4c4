"""A draft of a direction is issued by somebody else than who drafted it, and once, whichever issuer is first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.base.problem import Code
from meterward.core.records.keeper import Keeper
from meterward.wiring.appending import append
from meterward.wiring.installed import installation
from tests.builders.parties import entered, line, open_for
from tests.builders.stores import copy_sqlite, installed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

DRAFT = "draft/department-1"
FACTS: dict[str, Any] = {
    "issuers": ["secretary_of_state", "authority"],
    "addressees": ["northlight"],
    "purposes": ["mitigate"],
    "requirements": [{"name": "step-1", "act": "do", "due": "2099-12-31"}],
}


@pytest.fixture(autouse=True)
def drafted(prepared_sqlite: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A licensee and both regulators, with a joint draft on which they agree."""
    home = copy_sqlite(prepared_sqlite, tmp_path / "home")
    with django_db_blocker.unblock(), installed(home):
        open_for("northlight")
        open_for("authority", Keeper.AUTHORITY)
        open_for("department", Keeper.DEPARTMENT)
        entered(
            append("department", [line("direction.drafted", Keeper.DEPARTMENT, "department", FACTS, subject=DRAFT)])
        )
        (version,) = installation().ledgers.records_of("authority", ("direction.drafted",))
        said: dict[str, Any] = {"version": version.id.hex(), "decision": "agreed", "issuers": [*FACTS["issuers"]]}
        entered(append("authority", [line("direction.agreed", Keeper.AUTHORITY, "authority", said, subject=DRAFT)]))
        yield


def issued(by: Keeper, number: int, person: str) -> object:
    """What comes of issuing the draft."""
    name = by.value
    said: dict[str, Any] = line(
        "direction.issued", by, name, {**FACTS, "draft": DRAFT}, subject=f"direction/{name}-{number}"
    )
    said["statement"]["actor"]["person"] = person
    return append(name, [said])


def codes(done: object) -> list[Code]:
    """Why something was refused."""
    assert isinstance(done, list), done
    return [one.code for one in done]


def test_nobody_issues_what_they_drafted() -> None:
    assert codes(issued(Keeper.DEPARTMENT, 1, "p-32")) == [Code.ACTOR_SAME]
    entered(issued(Keeper.DEPARTMENT, 1, "p-42"))


def test_a_draft_is_issued_once_by_whoever_is_first() -> None:
    first = entered(issued(Keeper.AUTHORITY, 1, "p-31"))
    assert codes(issued(Keeper.AUTHORITY, 2, "p-31")) == [Code.SUBJECT_TAKEN]
    assert codes(issued(Keeper.DEPARTMENT, 1, "p-42")) == [Code.SUBJECT_TAKEN]
    record = (installation().ledgers.line("authority", first.first) or {})["id"]
    gone: dict[str, Any] = line(
        "record.withdrawn", Keeper.AUTHORITY, "authority", {"because": "duplicate"}, withdraws=str(record)
    )
    entered(append("authority", [gone]))
    entered(issued(Keeper.DEPARTMENT, 1, "p-42"))
