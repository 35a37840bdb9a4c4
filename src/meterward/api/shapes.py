"""What the API answers, shape by shape: the JSON of positions and explanations, as the command line prints it.

The answers are made in `present`; these shapes describe them, and a test holds each answer against its shape.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - read when a shape is made
from typing import Any

from ninja import Schema


class Shape(Schema, extra="forbid"):
    """Says all that there is: an answer has no field that its shape does not name."""


class Law(Shape):
    """The law pack that was applied."""

    name: str
    title: str
    version: int
    digest: str


class LedgerSeen(Shape):
    """The ledger as it was known: how many entries, and the root over them."""

    purpose: str
    root: str
    size: int


class Asked(Shape):
    """What was asked of what."""

    format: str
    as_at: date
    as_at_is_today: bool
    hypothesis: dict[str, str]
    known_at: date | int | None
    law: Law
    ledger: LedgerSeen
    licensee: str


class DeadlineOut(Shape):
    """A day on which something is due."""

    day: date
    duty: str
    lapses: bool
    overdue: bool
    reading: str | None
    source: str
    what: str


class Missed(Shape):
    """A deadline that passed unanswered; `day` is the first day after it."""

    day: date
    made_good: date | None
    source: str
    what: str


class Span(Shape):
    """A time during which a duty stood in one way."""

    first: date
    last: date
    status: str


class Turn(Shape):
    """When the status turns by itself, and to what."""

    day: date
    status: str


class ReadingOut(Shape):
    """How a duty stands under one reading, and the ids of the records that say so."""

    default: bool
    id: str
    records: list[str]
    since: date | None
    status: str


class DutyOut(Shape):
    """How a duty stands."""

    attention: list[str]
    clause: str
    deadlines: list[DeadlineOut]
    fact: str
    group: str
    history: list[Span]
    id: str
    kind: str
    missed: list[Missed]
    part: str
    readings: list[ReadingOut]
    since: date | None
    status: str
    title: str
    told: list[str]
    turns: Turn | None


class Regime(Shape):
    """When the condition binds, and under which parameters."""

    commencement: date | None
    go_live: date | None
    licence_ended: date | None
    licence_held_from: date | None
    parameters: dict[str, str]


class PositionOut(Shape):
    """How one licence stands."""

    attention: list[str]
    counts: dict[str, int]
    deadlines: list[DeadlineOut]
    duties: list[DutyOut]
    exit_code: int
    first_day: date | None
    flagged: int
    fuel: str
    group: str
    licence: str
    receipt: dict[str, Any]
    regime: Regime
    sentence: str


class Positions(Asked):
    """How each licence of a ledger stands."""

    exit_code: int
    parts: dict[str, str]
    positions: list[PositionOut]


class LicenceDeadlines(Shape):
    """What is due under one licence."""

    deadlines: list[DeadlineOut]
    licence: str
    receipt: dict[str, Any]


class Deadlines(Asked):
    """What is due and overdue."""

    licences: list[LicenceDeadlines]


class LicenceReceipt(Shape):
    """The receipt of one licence's position."""

    licence: str
    receipt: dict[str, Any]


class Receipts(Asked):
    """The digests of engine, law, records and result, for each licence."""

    receipts: list[LicenceReceipt]


class Explanation(Shape):
    """Why one licence stands as it does against a clause: the five questions, for each duty under each reading."""

    clause: str
    duties: list[dict[str, Any]]
    licence: str
    provisions: list[dict[str, Any]]
    receipt: dict[str, Any]
    regime: Regime


class Explanations(Asked):
    """Why a clause stands as it does."""

    explanations: list[Explanation]


class MovedOut(Shape):
    """Something that is due on another day after than before; null where it was not due, or is no more."""

    what: str
    before: date | None
    after: date | None
    source: str
    reading: str | None


class ChangeOut(Shape):
    """A duty that stands otherwise after than before. A status is empty where there was no such duty."""

    licence: str
    duty: str
    clause: str
    title: str
    before: str
    after: str
    fact: str
    since: date | None
    records: list[str]
    moved: list[MovedOut]


class Side(Shape):
    """One of two moments that are compared."""

    as_at: date
    known_at: date | int | None
    size: int
    root: str


class Changes(Shape):
    """What changed between two moments, the worst first."""

    format: str
    before: Side
    after: Side
    changes: list[ChangeOut]
