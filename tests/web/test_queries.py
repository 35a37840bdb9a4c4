"""How many queries each page and each answer of the API takes: a few, however much there is to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.example_store import LEDGER
from tests.builders.desks import Machine, secret_of
from tests.builders.desks import incident as line
from tests.builders.risk_lines import many, tell_risks, work_risks
from tests.builders.surveys import listed, tell_surveys
from tests.builders.systems import HEAD_END, describe_system
from tests.web.writers import Writer, incident

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.usefixtures("unassessed_store")
KIND = "incident.recorded"
MOST = 18
PAGES = (
    "/",
    "/clauses/Z.14(b)",
    "/clauses/Z.4",
    "/changes",
    "/system",
    "/system/elements/head-end",
    "/system/matrix",
    "/system/map",
    "/system/map.json",
    "/system/changes",
    "/system/coverage",
    "/system/coverage/measure",
    "/system/contracts",
    "/system/rollout",
    "/risks",
    "/risks/register/T-1",
    "/risks/map",
    "/risks/map.svg",
    "/risks/proposals",
    "/risks/scenarios/mass-disconnection",
    "/risks/assessments",
    "/risks/assessments/compared",
    "/risks/queue",
    "/risks/treatment",
    "/risks/design",
    "/audits",
    "/audits/2",
    "/directions",
    "/directions/given/2",
    "/requests",
    "/requests/made/1",
    "/records",
    "/records/3",
    "/records/3/proof",
    "/records/3/statement",
    "/rights",
    "/ledger",
    "/ledger/bundles",
    "/append",
    f"/append/{KIND}",
    f"/append/{KIND}/DRAFT",
    f"/append/{KIND}/DRAFT/preview",
    "/drafts",
    "/tokens",
)
ANSWERS = (
    "position",
    "clauses/Z.4",
    "deadlines",
    "changes",
    "receipt",
    "records?limit=20",
    "records/3",
    "records/3/proof",
    "log/checkpoint",
)


def taken(ask: Callable[[], int]) -> int:
    """How many queries an answer takes once the process is warm."""
    ask()
    with CaptureQueriesContext(connection) as captured:
        assert ask() == 200
    return len(captured)


def test_queries_grow_neither_with_records_nor_with_drafts_and_tokens() -> None:
    writer, machine = Writer(), Machine(secret_of("security"))
    writer.send(KIND, "save", incident())
    assert not isinstance(append(LEDGER, [listed(today(), 1, 0, 0)]), list)
    tell_risks(today())

    def count() -> dict[str, int]:
        pages = {one: one.replace("DRAFT", writer.draft) for one in PAGES}
        found = {one: taken(lambda: int(writer.get(place).status_code)) for one, place in pages.items()}  # noqa: B023 - called at once
        return found | {one: taken(lambda: machine.get(f"{LEDGER}/{one}").status_code) for one in ANSWERS}  # noqa: B023 - the same

    before = count()
    describe_system(today(), today())
    tell_surveys(today())
    assert not isinstance(append(LEDGER, many(today(), 30, [HEAD_END])), list)
    work_risks(today())
    assert machine.post(f"{LEDGER}/records", [line(number) for number in range(60)]).status_code == 201
    for _ in range(5):
        Writer().send(KIND, "save", incident())
        secret_of("security")
    assert count() == before
    assert max(before.values()) <= MOST, before
