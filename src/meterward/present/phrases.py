"""Small words about days, deadlines and counts, the same everywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meterward.core.base.days import EVER, in_words, plural
from meterward.core.facts.owed import Source
from meterward.core.obligations.position import Deadline

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.obligations.position import Missed

# Control characters, and those that turn the direction of writing, would move the cursor, colour what follows, or make
# a line read other than it is. Half a surrogate pair is no character at all, and no encoding can write it.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """A text with nothing in it that a terminal or a page would obey: such characters are shown as their code."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def capital(text: str) -> str:
    """A text that begins with a capital; every other letter stays, so that “ISMS” does."""
    return f"{text[:1].upper()}{text[1:]}"


def entries(count: int) -> str:
    """`1 entry`, `3 entries`."""
    return f"{count:,} {'entry' if count == 1 else 'entries'}"


def short_day(day: date) -> str:
    """A day as it stands in a table: `4 Mar 2013`; nothing for the day before all days."""
    return f"{day.day} {day:%b %Y}" if day > EVER else ""


def since_day(day: date) -> str:
    """Since when something stands, to be put after it; nothing where it never stood otherwise."""
    return f" since {in_words(day)}" if day > EVER else ""


def in_how_long(days: int) -> str:
    """How far off a day is, from the day of the answer."""
    if not days:
        return "today"
    return f"in {plural(days, 'day')}" if days > 0 else f"{plural(-days, 'day')} ago"


def remarks(item: Deadline | Missed) -> str:
    """What is to be known of a deadline: whose it is, under which reading, and whether Go Live lets it lapse."""
    found = ["our own limit"] if item.source is Source.PRODUCT else []
    if isinstance(item, Deadline):
        found += [f"reading {item.reading}"] if item.reading else []
        found += ["lapses with Go Live"] if item.lapses else []
    return f" ({', '.join(found)})" if found else ""
