"""`management.informed`: something was brought to senior management's attention."""

from __future__ import annotations

from typing import Annotated, NamedTuple

from meterward.core.records.kind import Kind, distinct
from meterward.core.records.roles import PERSONNEL


class ManagementInformed(NamedTuple):
    """A policy version or an audit report is brought to the attention of members of senior management."""

    members: Annotated[tuple[str, ...], "The members informed, by pseudonym."]
    whole: Annotated[bool, "Whether the whole document was put before them, not a summary."]


KIND = Kind(
    name="management.informed",
    facts=ManagementInformed,
    by=PERSONNEL,
    text={"note": "How it was circulated."},
    about=("policy", "audit"),
    document=True,
    constraints=(distinct("members"),),
    example={"members": ["p-04"], "whole": True},
)
