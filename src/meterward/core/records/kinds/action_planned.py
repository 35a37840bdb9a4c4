"""`action.planned`: something that is to be done by a day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind
from meterward.core.records.roles import PERSONNEL


class ActionPlanned(NamedTuple):
    """An action is planned: for a gap, a recommendation, an incident, or anything else that asks for one."""

    of: Annotated[str, Ref(), "What it answers: an audit, an assessment, an incident."]
    due: Annotated[date, "Last day on which it is in time."]
    owner: Annotated[str, "The role or post that answers for it."]
    part: Annotated[str | None, "Which part of it: a recommendation, a gap."] = None


def by_target(_: str, facts: ActionPlanned) -> list[tuple[str, ...]]:
    """Looked up by what it answers."""
    return [(facts.of, facts.part or "")]


KIND = Kind(
    name="action.planned",
    facts=ActionPlanned,
    by=PERSONNEL,
    text={"description": "What is to be done."},
    introduces="action",
    lasting=True,
    links=("corrects", "replaces"),
    cells=by_target,
    example={"of": "audit/1", "part": "rec-1", "due": "2014-03-31", "owner": "security_manager"},
)
