"""Records that came into the ledger long after their day, and how that is said: the same words wherever it is found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.days import in_words, plural

if TYPE_CHECKING:
    from meterward.core.records.record import Record


def days_late(record: Record[Any]) -> int:
    """How many days after its own day a record was recorded."""
    return (record.recorded - record.occurred).days


def recorded_late(record: Record[Any]) -> str:
    """That a record was recorded so many days after its own."""
    return f"{named(record)} was recorded {plural(days_late(record), 'day')} later, on {in_words(record.recorded)}"


def named(record: Record[Any]) -> str:
    """A record by its kind, subject and day."""
    return f"{record.kind.name} {record.subject}".strip() + f" of {in_words(record.occurred)}"
