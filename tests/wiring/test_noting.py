"""Who read what is written in a ledger of its own before anything is given, once a day; or nothing is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.core.records.keeper import Keeper
from meterward.core.records.kinds import evidence_read
from meterward.usecases.ports import UploadKept
from meterward.wiring import noting
from meterward.wiring.example_store import LEDGER
from meterward.wiring.filing import take
from meterward.wiring.installed import installation
from tests.builders.desks import Machine, browser_of, forget, secret_of
from tests.builders.filled import example, filled

if TYPE_CHECKING:
    from meterward.core.records.record import Record

__all__ = ["example", "filled"]
READS = f"{LEDGER}.reads"
BYTES = b"%PDF-1.7 sensitive"


def reads() -> list[Record[Any]]:
    return [one for one in installation().ledgers.records(READS) if one.kind is evidence_read.KIND]


@pytest.fixture
def digest() -> str:
    person = installation().people.get("security")
    assert person is not None
    kept = take(LEDGER, person, [BYTES])
    assert isinstance(kept, UploadKept)
    return kept.digest


def opened(sign_in: str, path: str) -> int:
    found = browser_of(sign_in).get(f"/{LEDGER}/{path}")
    found.close()
    return found.status_code


def test_a_file_that_is_opened_is_noted_by_whom_and_once_a_day(digest: str) -> None:
    assert installation().ledgers.head(READS) is None
    for _ in range(2):
        assert opened("monitoring", f"files/{digest}") == 200
        forget()
    assert opened("auditor", f"files/{digest}") == 200
    given = Machine(secret_of("monitoring")).get(f"{LEDGER}/files/{digest}")
    assert b"".join(given) == BYTES
    given.close()
    head = installation().ledgers.head(READS)
    assert head is not None
    assert (head.keeper, head.sort) == (LEDGER, Keeper.READS)
    assert [(one.actor.person, one.actor.organisation) for one in reads()] == [("p-07", LEDGER), ("p-21", "auditor-a")]
    assert {(one.facts.what, one.facts.named) for one in reads()} == {("file", digest)}


def test_a_record_is_noted_if_somebody_of_another_organisation_reads_it() -> None:
    machine = Machine(secret_of("auditor"))
    assert opened("security", "records/5") == 200
    assert installation().ledgers.head(READS) is None
    assert opened("auditor", "records/5") == 200
    assert machine.get(f"{LEDGER}/records/4").status_code == 200
    assert machine.get(f"{LEDGER}/records/5").status_code == 200
    assert [(one.facts.what, one.facts.entry) for one in reads()] == [("record", 5), ("record", 6)]


def test_the_register_is_noted_and_what_is_not_there_is_not() -> None:
    assert opened("board", "risks/register.csv") == 200
    assert opened("board", f"files/{'0' * 64}") == 404
    assert opened("auditor", "records/999999") == 404
    assert [(one.facts.what, one.actor.role) for one in reads()] == [("register", "senior_manager")]


def test_where_it_cannot_be_recorded_nothing_is_given(digest: str, monkeypatch: pytest.MonkeyPatch) -> None:
    full = Problem(Code.STORE_FULL, "The store is full.", "Make room.")
    monkeypatch.setattr(noting, "enter", lambda *_: [full])
    page = browser_of("monitoring").get(f"/{LEDGER}/files/{digest}")
    assert page.status_code == 503
    assert BYTES not in page.content
    found = Machine(secret_of("auditor")).get(f"{LEDGER}/records/4")
    assert found.status_code == 507
    assert b"statement" not in found.content


def test_managers_and_auditors_see_who_read_what_with_its_proof(digest: str) -> None:
    assert opened("security", "reads") == 200
    assert opened("auditor", "records/5") == 200
    assert opened("monitoring", f"files/{digest}") == 200
    page = browser_of("board").get(f"/{LEDGER}/reads").content.decode()
    assert "lead auditor of auditor-a" in " ".join(page.split()).replace('<span class="small">', "")
    assert digest in page
    number = reads()[-1].index + 1
    proof = browser_of("board").get(f"/{LEDGER}/reads/{number}/proof")
    assert proof.status_code == 200
    assert proof.content.startswith(b"c2sp.org/tlog-proof@v1")
    for other in ("monitoring", "authority"):
        assert opened(other, "reads") == 404
    assert browser_of("security").get(f"/{READS}/records").status_code == 404


def test_nothing_else_is_said_in_that_ledger_and_that_kind_nowhere_else(digest: str) -> None:
    from meterward.wiring.appending import append  # noqa: PLC0415 - Django must be set up
    from tests.builders.desks import incident  # noqa: PLC0415 - the same

    assert opened("monitoring", f"files/{digest}") == 200
    refused = append(READS, [incident() | {"salts": {"facts": fresh_salt()}}])
    assert isinstance(refused, list)
    assert refused[0].code is Code.KIND_ELSEWHERE
    line = dict(next(one for one in installation().ledgers.lines(READS, 1) if "evidence.read" in str(one)))
    for name in ("id", "recorded", "signatures"):
        line.pop(name, None)
    elsewhere = append(LEDGER, [line | {"statement": line["statement"] | {"licences": ["gas"]}}])  # type: ignore[operator] # a line has a statement
    assert isinstance(elsewhere, list)
    assert elsewhere[0].code is Code.KIND_ELSEWHERE
