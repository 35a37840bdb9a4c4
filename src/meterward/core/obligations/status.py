"""Statuses, and how several become one."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection


class Status(StrEnum):
    """Where a duty stands on a day."""

    NOT_IN_FORCE = "not-in-force"
    NOT_TRIGGERED = "not-triggered"
    CEASED = "ceased"
    MET = "met"
    MET_LATE = "met-late"
    PENDING = "pending"
    INDETERMINATE = "indeterminate"
    CONTESTED = "contested"
    BREACHED = "breached"


class Group(StrEnum):
    """What a status comes to."""

    NEUTRAL = "neutral"
    IN_ORDER = "in order"
    OPEN = "open"
    CONTESTED = "contested"
    BREACH = "breach"


WORST_FIRST = (
    Status.BREACHED,
    Status.CONTESTED,
    Status.INDETERMINATE,
    Status.PENDING,
    Status.MET_LATE,
    Status.MET,
    Status.NOT_TRIGGERED,
    Status.CEASED,
    Status.NOT_IN_FORCE,
)
"""Every status; the neutral ones count only where there is nothing else."""

_GROUPS = {
    Status.MET: Group.IN_ORDER,
    Status.MET_LATE: Group.IN_ORDER,
    Status.PENDING: Group.IN_ORDER,
    Status.INDETERMINATE: Group.OPEN,
    Status.CONTESTED: Group.CONTESTED,
    Status.BREACHED: Group.BREACH,
}


def group_of(status: Status) -> Group:
    """The group of a status."""
    return _GROUPS.get(status, Group.NEUTRAL)


def worst(statuses: Collection[Status]) -> Status:
    """The worst of several; of none, not triggered."""
    return next((status for status in WORST_FIRST if status in statuses), Status.NOT_TRIGGERED)


def over_readings(statuses: Collection[Status]) -> Status:
    """What readings come to side by side: contested in different groups, but neutral beside in order is in order."""
    groups = {group_of(status) for status in statuses}
    if groups <= {Group.NEUTRAL, Group.IN_ORDER} or len(groups) == 1:
        return worst(statuses)
    return Status.CONTESTED


def over_children(statuses: Collection[Status]) -> Status:
    """What an umbrella comes to; of nothing it is indeterminate."""
    there = [status for status in statuses if group_of(status) is not Group.NEUTRAL]
    return worst(there) if there else Status.INDETERMINATE
