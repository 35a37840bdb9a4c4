"""Several parties act at once: what is said is in the ledger of each party or in none, and a draft is issued once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from meterward.core.base.problem import Code
from meterward.core.records.keeper import Keeper
from meterward.usecases.append_record import Appended
from meterward.wiring.appending import append
from meterward.wiring.installed import installation
from tests.builders.parties import direction, entered, line, open_for
from tests.builders.stores import copy_sqlite, installed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytest_django import DjangoDbBlocker

    from tests.builders.stores import Server

LICENSEES, DRAFT, EACH = ("harbour", "northlight"), "draft/department-1", 4
FACTS: dict[str, Any] = {
    "issuers": ["secretary_of_state", "authority"],
    "addressees": [*LICENSEES],
    "purposes": ["mitigate"],
    "requirements": [{"name": "step-1", "act": "do", "due": "2099-12-31"}],
}


@pytest.fixture(
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.xdist_group("postgresql"))], autouse=True
)
def parties(
    request: pytest.FixtureRequest, prepared_sqlite: Path, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Two licensees and both regulators, with a joint draft on which they agree."""
    server: Server | None = request.getfixturevalue("postgresql") if request.param == "postgresql" else None
    home = tmp_path / "home"
    if server is None:
        copy_sqlite(prepared_sqlite, home)
    with django_db_blocker.unblock(), installed(home, server.copy() if server else ""):
        for name in LICENSEES:
            open_for(name)
        open_for("authority", Keeper.AUTHORITY)
        open_for("department", Keeper.DEPARTMENT)
        entered(
            append("department", [line("direction.drafted", Keeper.DEPARTMENT, "department", FACTS, subject=DRAFT)])
        )
        (version,) = installation().ledgers.records_of("authority", ("direction.drafted",))
        said: dict[str, Any] = {"version": version.id.hex(), "decision": "agreed", "issuers": [*FACTS["issuers"]]}
        entered(append("authority", [line("direction.agreed", Keeper.AUTHORITY, "authority", said, subject=DRAFT)]))
        yield


@contextmanager
def connected() -> Iterator[None]:
    """A thread of its own, which leaves no connection behind."""
    try:
        yield
    finally:
        connections.close_all()


def at_once(*works: Callable[[], object]) -> list[Any]:
    """What comes of some works that begin at one moment."""
    begin = Barrier(len(works))

    def done(work: Callable[[], object]) -> object:
        with connected():
            begin.wait()
            return work()

    with ThreadPoolExecutor(len(works)) as threads:
        return list(threads.map(done, works))


def issued(by: Keeper, number: int, person: str) -> object:
    """What comes of issuing the draft."""
    subject = f"direction/{by.value}-{number}"
    said: dict[str, Any] = line("direction.issued", by, by.value, {**FACTS, "draft": DRAFT}, subject=subject)
    said["statement"]["actor"]["person"] = person
    return append(by.value, [said])


def kinds(ledger: str, kind: str) -> list[str]:
    """The ids of the records of a kind in a ledger."""
    return [one.id.hex() for one in installation().ledgers.records(ledger) if one.kind.name == kind]


def test_two_officers_issue_one_joint_draft_once() -> None:
    found = at_once(
        lambda: issued(Keeper.AUTHORITY, 1, "p-31"),
        lambda: issued(Keeper.AUTHORITY, 2, "p-41"),
        lambda: issued(Keeper.DEPARTMENT, 1, "p-42"),
    )
    refused = [one for one in found if isinstance(one, list)]
    assert sum(isinstance(one, Appended) for one in found) == 1, found
    assert [one[0].code for one in refused] == [Code.SUBJECT_TAKEN] * 2
    there = {tuple(kinds(name, "direction.issued")) for name in (*LICENSEES, "authority", "department")}
    assert len(there) == 1
    assert len(there.pop()) == 1


def test_everybody_speaks_to_everybody_and_nobody_waits_for_good() -> None:
    def direct(by: Keeper, first: int) -> list[object]:
        issuer = "authority" if by is Keeper.AUTHORITY else "secretary_of_state"
        names = [f"direction/{by.value}-{number}" for number in range(first, first + EACH)]
        return [append(by.value, [direction(issuer, LICENSEES, one)]) for one in names]

    def tell(licensee: str) -> list[object]:
        facts: dict[str, Any] = {"by": ["authority", "secretary_of_state"]}
        asked = [
            line("evidence.requested", Keeper.LICENSEE, licensee, facts, subject=f"request/{licensee}-{number}")
            for number in range(EACH)
        ]
        return [append(licensee, [one]) for one in asked]

    found = at_once(
        lambda: direct(Keeper.AUTHORITY, 1),
        lambda: direct(Keeper.DEPARTMENT, 1),
        *(lambda name=name: tell(name) for name in LICENSEES),
    )
    assert all(isinstance(one, Appended) for several in found for one in several), found
    directed = {name: sorted(kinds(name, "direction.issued")) for name in LICENSEES}
    assert directed["harbour"] == directed["northlight"]
    assert len(directed["harbour"]) == 2 * EACH
    for name in ("authority", "department"):
        assert len(kinds(name, "evidence.requested")) == len(LICENSEES) * EACH
        assert set(kinds(name, "direction.issued")) < set(directed["harbour"])
