"""Legal days and calendar months, as `duties.md` counts them.

A legal day is a day in Europe/London. A period in a record names its first and last day, both inclusive; inside the
engine every period is half-open, `[first, last + 1)`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterable

DAY = timedelta(days=1)
EVER = date.min
"""The first day of every timeline: before anything."""
NEVER = date.max
"""Later than any legal day: the end of what has no end."""

_YEAR_10000 = 253_402_300_800
"""So many seconds after 1970 a year has five digits."""

EARLIEST = date(1990, 1, 1)
LATEST = date(2199, 12, 31)
"""A record's days lie between these two; anything else is taken for a slip of the pen."""


def _london() -> ZoneInfo:
    """London as the locked tzdata has it; the system's own zones may be older, or not there, and give other days."""
    with resources.files("tzdata.zoneinfo.Europe").joinpath("London").open("rb") as rules:
        return ZoneInfo.from_file(rules, key="Europe/London")


LONDON = _london()
"""The zone whose days are legal days."""

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:[0-5]\d:[0-5]\dZ", re.ASCII)
_MONTHS_IN_YEAR = 12


@lru_cache(maxsize=65536)
def parse_day(text: str) -> date | None:
    """Read `YYYY-MM-DD`; None if it is not a day from 1990 to 2199 written exactly so."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text and EARLIEST <= day <= LATEST else None


@lru_cache(maxsize=65536)
def _london_day_of_hour(hour: str) -> date | None:
    try:
        day = datetime.strptime(hour, "%Y-%m-%dT%H").replace(tzinfo=UTC).astimezone(LONDON).date()
    except (ValueError, OverflowError):
        return None
    return day if EARLIEST <= day <= LATEST else None


def london_day(instant: str) -> date | None:
    """The legal day of an instant `YYYY-MM-DDTHH:MM:SSZ` in UTC; None if it is not written exactly so.

    London's offset changes on the hour, so the hour decides.
    """
    return _london_day_of_hour(instant[:13]) if _INSTANT.fullmatch(instant) else None


def add_months(day: date, months: int) -> date:
    """The corresponding date `months` calendar months later, clipped to that month's end."""
    count = day.year * _MONTHS_IN_YEAR + day.month - 1 + months
    year, month = divmod(count, _MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def after(last: date | None) -> date:
    """The day on which a period that ends with `last` (inclusive) is over; NEVER for no end."""
    return NEVER if last is None or last == NEVER else last + DAY


def stretches(days: Iterable[date]) -> list[tuple[date, date]]:
    """Each of some days in order with the one after it, the last with NEVER: half-open stretches without a gap."""
    return list(pairwise([*days, NEVER]))


def plural(count: int, noun: str) -> str:
    """`1 day`, `3 days`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def in_words(day: date) -> str:
    """A day as a person writes it: `4 March 2013`."""
    return f"{day.day} {day:%B} {day.year}"


def instant_of(seconds: int) -> str:
    """The instant so many seconds after 1970, as a ledger writes it; empty if there is no such, as of 0."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if 0 < seconds < _YEAR_10000 else ""


def instant_in_words(instant: str) -> str:
    """An instant that a ledger writes, as a person does: `4 March 2013, 15:04:05 UTC`."""
    return f"{in_words(date.fromisoformat(instant[:10]))}, {instant[11:19]} UTC"
