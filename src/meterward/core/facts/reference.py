"""Dated data that folding needs and that a law pack brings: editions, schemes, coverage, states and questions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """Something valid from `first` to `last`, both inclusive; no `last` means that no end is known."""

    first: date
    last: date | None = None


@dataclass(frozen=True, slots=True)
class StateRule:
    """What the pack says of a state that records give evidence of."""

    says: str
    months: int = 0
    """How long a proof without an end of its own is taken to speak (a product limit); 0 for no limit."""
    most_months: int = 0
    """How long any proof speaks, whatever end it gives itself; 0 for no limit."""


@dataclass(frozen=True, slots=True)
class Question:
    """What the pack says of a question of judgement: who may answer, and what the reasons must speak to."""

    says: str
    roles: tuple[str, ...]
    grounds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """A pack's data for the domains."""

    editions: Mapping[str, Period]
    """Editions of the standard, with the time in which each is accepted."""
    schemes: Mapping[str, Period]
    """Auditors' schemes, with the time in which each existed."""
    audit_coverage: tuple[str, ...]
    """The clauses that an audit must assess."""
    states: Mapping[str, StateRule]
    questions: Mapping[str, Question]
    limits: Mapping[str, int]
    """Product limits, in days or months as their names say."""
    judged_equivalent: tuple[str, ...] = ()
    """The schemes that count only where somebody judged them equivalent."""
    instruments: tuple[str, ...] = ()
    """The kinds of record by which others set the licensee deadlines: each that is taken back is told, however soon."""
