"""What a regulator's own ledger says of each licensee: directions and requests that stand, and cases that are open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import DAY
from meterward.core.records.kinds import (
    bundle_taken,
    case_closed,
    case_noted,
    case_opened,
    direction_answered,
    direction_issued,
    evidence_produced,
    evidence_requested,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from meterward.core.records.record import Record

KINDS = tuple(
    one.KIND.name
    for one in (
        *(bundle_taken, case_closed, case_noted, case_opened),
        *(direction_answered, direction_issued, evidence_produced, evidence_requested),
    )
)
"""The kinds that are read for it."""


@dataclass(slots=True)
class Case:
    """An enforcement case: what opened it, what was noted, and what closed it, if anything did."""

    opened: Record[Any]
    notes: list[Record[Any]] = field(default_factory=list)
    closed: Record[Any] | None = None


@dataclass(slots=True)
class Outstanding:
    """What stands between a regulator and one licensee, as far as the regulator's own ledger tells."""

    directions: list[Record[Any]] = field(default_factory=list)
    late_directions: int = 0
    """How many of them have a requirement whose day passed, and nothing here answers it."""
    requests: list[Record[Any]] = field(default_factory=list)
    """Those that nothing here answers in full."""
    late_requests: int = 0
    bundles: list[Record[Any]] = field(default_factory=list)
    """Those that were taken in, in the order of the ledger."""
    cases: list[Case] = field(default_factory=list)

    @property
    def open_cases(self) -> int:
        """How many cases are open."""
        return sum(one.closed is None for one in self.cases)


def outstanding(records: Sequence[Record[Any]], day: date) -> Mapping[str, Outstanding]:
    """What stands on a day, by licensee."""
    standing = list(_standing(records, day))
    found: defaultdict[str, Outstanding] = defaultdict(Outstanding)
    answered = {
        (one.about, one.subject, getattr(one.facts, "requirement", ""))
        for one in standing
        if one.kind is direction_answered.KIND or (one.kind is evidence_produced.KIND and one.facts.complete)
    }
    cases: dict[str, Case] = {}
    for one in standing:
        if one.kind is direction_issued.KIND:
            _direction(found, one, answered, day)
        elif one.kind is evidence_requested.KIND:
            if (one.about, one.subject, "") not in answered:
                found[one.about].requests.append(one)
                found[one.about].late_requests += bool(one.facts.due and one.facts.due < day)
        elif one.kind is bundle_taken.KIND:
            found[one.about].bundles.append(one)
        elif one.kind is case_opened.KIND:
            cases[one.subject] = Case(one)
            found[one.about].cases.append(cases[one.subject])
        elif one.subject in cases:
            _noted(cases[one.subject], one)
    return found


def _direction(
    found: Mapping[str, Outstanding], one: Record[Any], answered: set[tuple[str, str, str]], day: date
) -> None:
    for licensee in one.facts.addressees:
        late = any(
            need.act != "refrain"
            and (due := _due(one, need)) is not None
            and due < day
            and (licensee, one.subject, need.name) not in answered
            for need in one.facts.requirements
        )
        found[licensee].directions.append(one)
        found[licensee].late_directions += late


def _due(one: Record[Any], need: Any) -> date | None:  # noqa: ANN401 - a requirement of a direction
    if need.due is not None or need.within_days is None:
        due: date | None = need.due
        return due
    counted: date = one.occurred + need.within_days * DAY
    return counted


def _noted(case: Case, one: Record[Any]) -> None:
    if one.kind is case_noted.KIND:
        case.notes.append(one)
    elif one.kind is case_closed.KIND:
        case.closed = one


def _standing(records: Iterable[Record[Any]], day: date) -> Iterator[Record[Any]]:
    """The records that count on a day: neither corrected nor withdrawn, and not ended or replaced by then."""
    known = list(records)
    withdrawn = {one.links.withdraws for one in known}
    gone = withdrawn | {one.links.corrects for one in known if one.id not in withdrawn}
    acting = [one for one in known if one.id not in gone]
    over = {target for one in acting if one.occurred <= day for target in (one.links.ends, one.links.replaces)}
    return (one for one in acting if one.id not in over and one.occurred <= day)
