"""A question to a ledger, and the answer: the positions of its licences, with what they were computed from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meterward.core.base.days import parse_day
from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from meterward.core.obligations.law import Pack
    from meterward.usecases.evaluate_position import Evaluated
    from meterward.usecases.read_ledger import Loaded


LONGEST_NUMBER = 12
"""No ledger has so many entries that their number has more digits."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of which ledger."""

    source: str
    """The file, or the name of the ledger in a store."""
    licence: str | None
    as_at: date
    known_at: date | int | None
    law: str
    hypothesis: Mapping[str, str]
    today: date
    words: tuple[str, ...] = ()
    """The words that name the ledger on a command line; left out, it is a licensee's in the store."""

    @property
    def named(self) -> tuple[str, ...]:
        """The words that name the ledger on a command line."""
        return self.words or ("--licensee", self.source)


@dataclass(frozen=True, slots=True)
class Answer:
    """The positions that were asked for, with what they were computed from."""

    question: Question
    pack: Pack
    loaded: Loaded
    evaluated: list[Evaluated]
    output: str
    """In which format it is wanted."""

    @property
    def exit(self) -> int:
        """What the worst of the positions says to a script."""
        return max(one.position.exit_code for one in self.evaluated)

    @property
    def purpose(self) -> str:
        """What the ledger is kept for, as its first record says, where that is not to be relied on in earnest."""
        facts = self.loaded.records[0].facts
        return "" if facts.purpose == "live" and facts.clock == "system" else facts.purpose


def number_in(text: str) -> int | None:
    """A whole number, as somebody writes it in digits; None if it is none, or longer than any number of entries."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None


def known_in(text: str) -> date | int | None:
    """When something was known, as somebody writes it: a day, or a number of entries. None if it is neither."""
    number = number_in(text)
    return parse_day(text) if number is None else number


def assignment_in(text: str) -> tuple[str, str] | None:
    """A parameter and the value to try out, as somebody writes them: NAME=VALUE. None if it is not that."""
    name, _, value = text.partition("=")
    return (name, value) if name and value else None


def tried_out(assignments: Iterable[tuple[str, str]]) -> dict[str, str] | Problem:
    """The parameters to try out. Given two values for one, nobody can tell which is meant."""
    values: dict[str, str] = {}
    for name, value in assignments:
        if values.setdefault(name, value) != value:
            message = f"{short(name)} cannot be both {short(values[name])} and {short(value)}."
            return Problem(Code.PARAMETER_VALUE, message, "Give it once.", "param")
    return values


def no_day(text: str, field: str) -> Problem:
    """What is said of a text that should be a day and is none."""
    also = "; known at may also be a number of entries" if field.endswith("known_at") else ""
    message = f"{short(text)} is not a day from 1990 to 2199."
    return Problem(Code.DAY_INVALID, message, f"Write a day as YYYY-MM-DD{also}.", field)
