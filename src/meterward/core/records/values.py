"""The plain values that a fact may have: names, legal days, counts and flags. Each reader raises `UnfitError`."""

from __future__ import annotations

import re
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING, NewType

from meterward.core.base.canonical import LARGEST_INTEGER
from meterward.core.base.days import london_day, parse_day
from meterward.core.records.unfit import UnfitError, misfit

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.base.canonical import Json

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._()-]{0,63}(?:/[A-Za-z0-9][A-Za-z0-9._()-]{0,63}){0,3}", re.ASCII)
"""A name: letters, digits and `._()-`, in up to four parts with slashes between (`audit/2014`)."""
Instant = NewType("Instant", str)
"""An instant in UTC, to the second, as a ledger writes it: `2026-11-22T15:04:05Z`."""

Label = NewType("Label", str)
"""What something is called for people: a line of at most 120 characters. Never the name of a person."""
_LONGEST_LABEL = 120


def read_label(value: Json) -> str:
    """Read a label."""
    if type(value) is not str:
        raise misfit(value, "Write it in quotes.", kind=True)
    # What stands in parentheses is the placeholder of a template.
    plain = value.isprintable() and value == value.strip() and not (value.startswith("(") and value.endswith(")"))
    if not plain or not 0 < len(value) <= _LONGEST_LABEL:
        raise misfit(value, f"Write 1 to {_LONGEST_LABEL} characters on one line, without spaces around.")
    return value


def read_name(value: Json) -> str:
    """Read a name."""
    if type(value) is not str:
        raise misfit(value, "Write a name in quotes.", kind=True)
    name = _known_name(value)
    if name is None:
        hint = "Use letters, digits and ._()- with slashes between."
        raise misfit(value, hint, why=", which is not a name")
    return name


@lru_cache(maxsize=65536)
def _known_name(text: str) -> str | None:
    return intern(text) if NAME.fullmatch(text) else None


def read_day(value: Json) -> date:
    """Read a legal day."""
    day = parse_day(value) if type(value) is str else None
    if day is None:
        raise misfit(
            value,
            "Write a day from 1990 to 2199 as YYYY-MM-DD in quotes.",
            kind=type(value) is not str,
        )
    return day


def read_instant(value: Json) -> str:
    """Read an instant."""
    if type(value) is not str or london_day(value) is None:
        hint = "Write an instant in UTC as YYYY-MM-DDTHH:MM:SSZ in quotes."
        raise misfit(value, hint, kind=type(value) is not str)
    return value


def read_count(value: Json) -> int:
    """Read a whole number, not negative."""
    if type(value) is not int:
        raise misfit(value, "Write a whole number, without quotes.", kind=True)
    if not 0 <= value <= LARGEST_INTEGER:
        raise UnfitError(f"is {value}", f"Write a whole number from 0 to {LARGEST_INTEGER}.")
    return value


def read_flag(value: Json) -> bool:
    """Read true or false."""
    if type(value) is not bool:
        raise misfit(value, "Write true or false, without quotes.", kind=True)
    return value
