"""What a ledger tells of a joint draft: who agrees to the version that stands, by the last word of each."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from meterward.core.records.effective import effective
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import direction_agreed, direction_drafted
from meterward.core.records.record import Record
from meterward.core.records.roles import Role
from meterward.usecases.tell_directions import draft_of

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

DAY = date(2014, 3, 4)
VERSION = bytes(32)
ISSUERS = ("secretary_of_state", "authority")
DRAFTED = direction_drafted.KIND.read(
    {"issuers": [*ISSUERS], "addressees": ["northlight"], "requirements": [{"name": "step-1", "act": "do"}]}
)


def record(identity: int, kind: Any, facts: Any, index: int, organisation: str) -> Record[Any]:  # noqa: ANN401 - any kind
    role = Role.AUTHORITY_OFFICER if organisation == "authority" else Role.SECRETARY_OF_STATE_OFFICER
    actor = Actor("p-31", role, organisation)
    return Record(bytes([identity]) * 32, kind, DAY, DAY, index, "draft/1", ("any",), actor, facts, 0)


def said(decision: str, identity: int, index: int) -> Record[Any]:
    facts: dict[str, Json] = {"version": VERSION.hex(), "decision": decision, "issuers": [*ISSUERS]}
    return record(identity, direction_agreed.KIND, direction_agreed.KIND.read(facts), index, "authority")


@pytest.mark.parametrize("ids", [(1, 2), (2, 1)])
@pytest.mark.parametrize(("decisions", "agrees"), [(("agreed", "changes"), False), (("changes", "agreed"), True)])
def test_on_one_day_the_last_word_counts(ids: tuple[int, int], decisions: tuple[str, str], agrees: bool) -> None:
    drafted = record(0, direction_drafted.KIND, DRAFTED, 1, "department")
    spoken = [
        said(decision, identity, index)
        for index, (decision, identity) in enumerate(zip(decisions, ids, strict=True), 2)
    ]
    draft = draft_of(effective([drafted, *spoken]), DAY)
    assert draft
    assert ("authority" in draft.agreed) is agrees
