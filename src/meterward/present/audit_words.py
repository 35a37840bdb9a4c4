"""Audits in words: how far one is, opinions, grades, methods and results, and the order in which things happen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.assurance.doubts import OPINIONS
from meterward.core.assurance.progress import Side, Stage, stage_of
from meterward.core.assurance.workings import Workings
from meterward.core.facts.node import Outcome
from meterward.core.records.kinds.audit_scoped import Scoped
from meterward.core.records.record import Record
from meterward.present.kind_words import words
from meterward.present.phrases import capital

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from meterward.core.assurance.engagement import Audit

CLAUSES: tuple[str, ...] = tuple(f"Z.{number}" for number in range(4, 17))
"""The clauses that an audit assesses compliance with, one by one."""
STAGES: Mapping[Stage, str] = {
    Stage.ENGAGED: "Engaged, not planned yet",
    Stage.PLANNED: "Planned",
    Stage.FIELDWORK: "Fieldwork under way",
    Stage.AFTER_FIELDWORK: "Fieldwork done, no report yet",
    Stage.DRAFT: "Draft report, to be checked for its facts",
    Stage.COMMENTED: "Draft report checked, final one to come",
    Stage.ISSUED: "Report issued",
    Stage.RECEIVED: "Report received, to be considered",
    Stage.CONSIDERED: "Considered, decisions to be made",
    Stage.DECIDED: "Decided, actions open",
    Stage.CLOSED: "Everything decided and done",
}
QUESTIONS: Mapping[str, str] = {name: capital(words(name)) for name in OPINIONS}
"""The five questions that an audit gives an opinion on."""
ANSWERS: Mapping[str, tuple[str, str, str]] = {
    "yes": ("met", "✓", "Yes"),
    "with_reservations": ("flag", "◐", "With reservations"),
    "no": ("breached", "✕", "No"),
    "not_formed": ("unknown", "□", capital(words("not_formed"))),
}
"""For each answer: the colour, the shape and the words."""
GRADES: Mapping[str, tuple[str, str, str]] = {
    "major": ("breached", "▲", "Major"),
    "minor": ("flag", "△", "Minor"),
    "observation": ("none", "○", "Observation"),
}
RESULTS: Mapping[str, tuple[str, str, str]] = {
    "as_designed": ("met", "✓", "As designed"),
    "exception": ("breached", "✕", "Exception"),
    "not_performed": ("unknown", "□", "Not performed"),
}
APPROACHES: Mapping[str, str] = {"full": "In full", "sample": "By sample", "reading": "By reading", "none": "Left out"}
METHODS: Mapping[str, str] = {
    "inspection": "Inspection",
    "observation": "Observation",
    "enquiry": "Enquiry",
    "reperformance": "Reperformance",
}
DECISIONS: Mapping[str, tuple[str, str, str]] = {
    "accept": ("met", "✓", "Accepted"),
    "part": ("met", "◐", "Accepted in part"),
    "reject": ("none", "✕", "Rejected"),
    "already_done": ("met", "✓", "Done already"),
}
FOLLOWED: Mapping[str, str] = {
    "done": "done",
    "under_way": "under way",
    "not_begun": "not begun",
    "no_longer_needed": "no longer needed",
}
EFFECTS: Mapping[str, tuple[str, str, str]] = {
    "yes": ("met", "✓", "It had its effect"),
    "partly": ("flag", "◐", "In part"),
    "no": ("breached", "✕", "It had no effect"),
}
STOOD: Mapping[Outcome, tuple[str, str, str]] = {
    Outcome.HELD: ("met", "✓", "recognised"),
    Outcome.FAILED: ("breached", "✕", "not recognised"),
    Outcome.UNKNOWN: ("unknown", "□", "not shown"),
}


VERBS: Mapping[str, str] = {
    "audit.answered": "Answer",
    "independence.declared": "Declare",
    "audit.scoped": "Plan",
    "report.commented": "Comment",
    "document.received": "Record",
    "management.informed": "Record",
    "management.considered": "Record",
    "recommendation.decided": "Decide",
    "action.planned": "Plan",
    "action.completed": "Complete",
    "action.assessed": "Check",
}
"""What a button says by which somebody does what is owed, by the kind of record that tells it."""


class Step(NamedTuple):
    """Something that happens in the course of an audit: done on a day, under way, or still to come."""

    title: str
    state: str
    day: date | None = None
    record: Record | None = None  # type: ignore[type-arg] # of any kind
    says: str = ""


class Scope(NamedTuple):
    """A row of the matrix of scope: a clause, how it is looked at, and what was done about it so far."""

    clause: str
    planned: Scoped | None
    done: Workings | None = None


def course(audit: Audit, day: date, own: Side = Side.LICENSEE) -> list[Step]:
    """The course of an audit from engagement to the last action; for auditors to the report."""
    found = [*_to_report(audit, day), *(_since_report(audit) if own is Side.LICENSEE else ())]
    first = next((place for place, one in enumerate(found) if one.state == "ahead"), len(found))
    return [one._replace(state="now") if place == first else one for place, one in enumerate(found)]


def scope(audit: Audit, workings: Workings | None = None) -> list[Scope]:
    """Every clause that has to be assessed, and whatever else is planned."""
    rows = {row.clause: row for row in audit.plan.facts.rows} if audit.plan else {}
    clauses = [*CLAUSES, *(one for one in rows if one not in CLAUSES)]
    return [Scope(one, rows.get(one), workings.about(one) if workings else None) for one in clauses]


def stage_words(audit: Audit, day: date) -> str:
    """How far an audit is, in words."""
    return STAGES[stage_of(audit, day)]


def _to_report(audit: Audit, day: date) -> Iterator[Step]:
    yield _step("Engaged", audit.engaged, audit.auditor)
    passed = audit.report is not None
    yield Step("Planned", "passed") if passed and not audit.plan else _step("Planned", audit.plan)
    if audit.fieldwork:
        first, last = audit.fieldwork
        state = "done" if last < day or audit.said else "ahead"
        yield Step("Fieldwork", state, first, None, f"to {last.day} {last:%b}")
    else:
        yield Step("Fieldwork", "ahead")
    draft, comment = audit.drafts[-1:], audit.comments[-1:]
    if draft or not passed:
        yield _step("Draft", draft[0] if draft else None)
        done = comment[0] if comment and draft and comment[0].order > draft[0].order else None
        yield Step("Facts checked", "passed") if passed and not done else _step("Facts checked", done)
    yield _step("Report", audit.report)


def _since_report(audit: Audit) -> Iterator[Step]:
    yield _step("Received", audit.received if audit.report else None)
    yield _step("Considered", audit.considered if audit.report else None)
    count = len(audit.recommended)
    says = f"{audit.decided} of {count}" if count else ""
    decided = audit.report is not None and (audit.decided == count if count else audit.nothing is not None)
    yield Step("Decisions", "done" if decided else "ahead", None, None, says)
    done = sum(one.completed is not None for one in audit.actions)
    lacking = any(one.needs_action for one in audit.recommended)
    over = decided and done == len(audit.actions) and not lacking
    yield Step("Actions", "done" if over else "ahead", None, None, f"{done} of {len(audit.actions)}" if count else "")


def _step(title: str, record: Record | None, says: str = "") -> Step:  # type: ignore[type-arg] # of any kind
    return Step(title, "done" if record else "ahead", record.occurred if record else None, record, says)


def joined(names: Sequence[str], most: int = 6) -> str:
    """Some names, and how many more there are."""
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")
