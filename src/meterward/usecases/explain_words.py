"""Say what is missing and what would change the status of a duty, a line for each thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.days import in_words, plural
from meterward.core.facts.owed import Source
from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.status import Group, Status, group_of
from meterward.core.records.kinds import date_determined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from meterward.core.obligations.position import Deadline
    from meterward.core.records.record import Record
    from meterward.usecases.explain_changes import Changes
    from meterward.usecases.explain_clause import Explanation

_MOST_LOSING = 5
_MOST_TURNS = 5
_MOST_PROOFS = 3


_KINDS: Mapping[DutyKind, str] = {
    DutyKind.PURPOSE: "purpose",
    DutyKind.WINDOW: "window of time",
    DutyKind.DEFINE: "definition",
    DutyKind.POWER: "power",
    DutyKind.UMBRELLA: "roll-up of other duties",
    DutyKind.ESTABLISH: "to establish",
    DutyKind.MAINTAIN: "to maintain on every day",
    DutyKind.CONTENT: "content of a document",
    DutyKind.REVIEW: "to review",
    DutyKind.CONSIDER: "to consider",
    DutyKind.PERFORM_BY: "act by a day",
    DutyKind.RECORD: "to record",
    DutyKind.PRODUCE: "to produce on request",
    DutyKind.COMPLY_INSTRUMENT: "to comply with an instrument",
}


def kind_in_words(kind: DutyKind) -> str:
    """A kind of duty or provision as a person reads it."""
    return _KINDS[kind]


def missing_in_words(one: Explanation) -> list[str]:
    """Each thing that is missing; of a roll-up, where that is explained."""
    if one.lacking:
        return [f"What {', '.join(one.lacking)} lack{'s' if len(one.lacking) == 1 else ''}, as explained there."]
    return [str(request) for request in one.missing] or ["Nothing."]


def changes_in_words(one: Explanation, called: Callable[[str], str] = str) -> list[tuple[str, str]]:
    """Each thing that would change it: a label and what it says. `called` says what a kind of record is called."""
    lines = [*_supply(one, called), *_turns(one.changes)]
    if group_of(one.follows.status) is Group.IN_ORDER:
        lines.extend(dict.fromkeys(_losing(one.changes, called)))
    if one.asked.duty.kind is DutyKind.UMBRELLA:
        lines.append(("Roll-up", "whatever changes one of the duties that it rolls up"))
    return lines or [_otherwise(one, called)]


def _otherwise(one: Explanation, called: Callable[[str], str]) -> tuple[str, str]:
    """What would change what neither lacks anything nor turns by itself."""
    if one.follows.status is Status.CEASED:
        return "Nothing", "it has ended; only a correction changes what was"
    if one.follows.status is Status.NOT_IN_FORCE:
        return "Supply", f"{called(date_determined.KIND.name)}: the day on which the condition comes into force"
    if one.follows.status is Status.NOT_TRIGGERED:
        return "Supply", f"a record of what it waits for: {one.asked.duty.trigger}"
    return "Nothing", "as long as nothing new is asked for"


def word_of(value: str) -> str:
    """A status, an outcome or a force as a person reads it."""
    return value.replace("-", " ")


def record_in_brief(record: Record[Any], called: Callable[[str], str] = str) -> str:
    """A record by kind, subject and day, and how much later it was entered if it was late."""
    late = (record.recorded - record.occurred).days
    entered = f", entered {plural(late, 'day')} later" if late else ""
    return f"{f'{called(record.kind.name)} {record.subject}'.strip()}, {in_words(record.occurred)}{entered}"


def deadlines_in_brief(deadlines: Sequence[Deadline]) -> tuple[list[Deadline], int]:
    """Everything owed and the next few proofs to end, and how many more days there are on which proofs end."""
    owed = [one for one in deadlines if one.source is not Source.PROOF]
    proofs = [one for one in deadlines if one.source is Source.PROOF]
    return sorted([*owed, *proofs[:_MOST_PROOFS]]), max(0, len(proofs) - _MOST_PROOFS)


def _supply(one: Explanation, called: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    kinds = list(dict.fromkeys(called(request.kind) for request in one.missing))
    if kinds:
        yield "Supply", f"{', '.join(kinds)}, as named above"


def _turns(changes: Changes) -> Iterator[tuple[str, str]]:
    steps: dict[tuple[date, bool], list[str]] = {}
    for turn in changes.turns:
        if turn.becomes:
            when = in_words(turn.day)
            yield "By itself", f"the duty becomes {word_of(turn.becomes)} on {when}, if nothing is recorded"
        else:
            steps.setdefault((turn.day, turn.owed), []).append(turn.what)
    for (day, owed), whats in list(steps.items())[:_MOST_TURNS]:
        more = f", and {len(whats) - 1:,} more" if len(whats) > 1 else ""
        yield "By itself", f"{'overdue' if owed else 'shown no more'} from {in_words(day)}: {whats[0]}{more}"
    if len(steps) > _MOST_TURNS:
        yield "By itself", f"{plural(len(steps) - _MOST_TURNS, 'later day')} on which a step changes"


def _losing(changes: Changes, called: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    for loss in changes.losing[:_MOST_LOSING]:
        named = " and ".join(f"{called(record.kind.name)} {record.short}" for record in loss.records[:2])
        more = f" and {len(loss.records) - 2:,} more" if len(loss.records) > 2 else ""  # noqa: PLR2004 - as many as named
        yield "Without", f"{named}{more}: “{loss.what}” would be {word_of(loss.becomes)}"
    if len(changes.losing) > _MOST_LOSING:
        yield "Without", f"{plural(len(changes.losing) - _MOST_LOSING, 'more record')} on which a step rests"
