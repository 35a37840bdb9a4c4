"""The clock: which legal day it is, and which instant."""

from __future__ import annotations

from datetime import UTC, date, datetime

from meterward.core.base.days import LONDON


def today() -> date:
    """The legal day that it is now: a day in London."""
    return datetime.now(LONDON).date()


def seconds() -> int:
    """The instant that it is now, in seconds since 1970."""
    return int(datetime.now(UTC).timestamp())


def now() -> str:
    """The instant that it is now, as a ledger writes it: UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
