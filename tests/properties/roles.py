"""As what a duty reads each record, and what taking one away may therefore change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.timeline import Timeline
from meterward.core.obligations.status import Group, Status, group_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from meterward.core.obligations.law import Duty, Reading
    from meterward.core.records.record import Record
    from tests.builders.evaluations import Changes

ROLES = ("proofs", "acts", "triggers", "adverse", "mixed")
OWED = frozenset((Status.PENDING, Status.INDETERMINATE))
DONE = frozenset((Status.MET, Status.MET_LATE))
WORST_FIRST = (Status.BREACHED, Status.INDETERMINATE, Status.PENDING, Status.MET_LATE, Status.MET)


def matches(selector: str, record: Record[Any]) -> bool:
    """Whether a record is one of those that a selector names: `kind`, `kind?field=value` or `*document`."""
    if selector == "*document":
        return record.kind.document
    kind, _, condition = selector.partition("?")
    field, _, value = condition.partition("=")
    return record.kind.name == kind and (not field or str(getattr(record.facts, field)) == value)


def role_of(duty: Duty, reading: Reading, record: Record[Any]) -> str:
    """As what a reading of a duty reads a record; empty if it does not."""
    if any(matches(selector, record) for selector in reading.mixed):
        return "mixed"
    for role in ROLES:
        if any(matches(selector, record) for selector in getattr(duty.inputs, role)):
            return role
    return ""


def referred(records: Iterable[Record[Any]]) -> set[bytes]:
    """The records that others act on: to take one of those away would leave the others hanging."""
    return {target for record in records for target in record.links if target}


def _rank(status: Status) -> int:
    return WORST_FIRST.index(status) if status in WORST_FIRST else -1


def _timeline(changes: Changes) -> Timeline[Status]:
    return Timeline(*(tuple(column) for column in zip(*changes, strict=True)))


def _pairs(before: Changes, after: Changes) -> Sequence[tuple[date, Status, Status]]:
    """Every pair of statuses that some day has before and after, with the first such day."""
    one, other = _timeline(before), _timeline(after)
    return [(day, one.at(day), other.at(day)) for day in sorted({*one.starts, *other.starts})]


def wrong(role: str, record: Record[Any], before: Changes, after: Changes) -> str:
    """What is not as the role of a record promises when it is taken away; empty if all is."""
    if role == "mixed" or not role:
        changed = [day for day, one, other in _pairs(before, after) if one is not other]
        allowed = [day for day in changed if role and day >= record.occurred]
        return f"changed on {changed[0]}" if changed and changed != allowed else ""
    for day, one, other in _pairs(before, after):
        if one is not other and _forbidden(role, one, other):
            return f"{one} became {other} on {day}"
    return ""


def _forbidden(role: str, before: Status, after: Status) -> bool:
    neutral = Group.NEUTRAL in (group_of(before), group_of(after))
    if role == "proofs":
        return neutral or _rank(after) > _rank(before)
    if role == "adverse":
        return not neutral and _rank(after) < _rank(before)
    if role == "acts":
        return (before in OWED and after in DONE) or (before is Status.BREACHED and after in OWED | DONE)
    return False
