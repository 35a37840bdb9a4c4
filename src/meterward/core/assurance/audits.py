"""Security audits: which reports count, what they cover, and what they say (Z.14, Z.15)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from meterward.core.assurance.independence import independence
from meterward.core.assurance.standing import standing
from meterward.core.base.days import NEVER, in_words, stretches
from meterward.core.facts.act import Act
from meterward.core.facts.combine import Member, all_of
from meterward.core.facts.fact import Fact, Told, Wanted
from meterward.core.facts.node import Outcome
from meterward.core.facts.request import Request, request
from meterward.core.facts.state import Finding, State, known, state_of
from meterward.core.facts.version import Item, Version
from meterward.core.records.effective import effective
from meterward.core.records.kinds import audit_engaged, audit_reported
from meterward.core.records.record import Links, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.audit_engaged import AuditEngaged
    from meterward.core.records.kinds.audit_reported import AuditReported

Items: TypeAlias = "Callable[[Record[AuditReported]], tuple[Item, ...]]"


def audits(read: Reader, ask: Ask) -> Told:
    """Each report as an act, with the conditions on which it counts for Z.14."""
    return Told(
        acts=tuple(
            _act(read, ask, record, engaged)
            for record in read.all(audit_reported.KIND)
            for engaged in read.of(audit_engaged.KIND, record.subject)
        ),
        wanted=Wanted("audit", request(audit_reported.KIND, "a final report by a competent independent organisation")),
    )


def coverage(read: Reader, ask: Ask) -> Told:
    """Whether each report assesses compliance with every clause that it must."""

    def items(record: Record[AuditReported]) -> tuple[Item, ...]:
        lacking = _uncovered(ask, record)
        label = "assesses Parts B and C" + (f", but not {', '.join(lacking)}" if lacking else "")
        return (
            Item(label, not lacking, _attached(record), _edition(record, f"that also covers {', '.join(lacking)}")),
        )

    return Told(versions=_reports(read, ask, items))


def report(read: Reader, ask: Ask) -> Told:
    """Whether each report is written by the auditors, addressed to the licensee, and states its recommendations."""

    def items(record: Record[AuditReported]) -> tuple[Item, ...]:
        return tuple(
            Item(label, present, _attached(record), _edition(record, words))
            for label, present, words in _says(read, ask, record)
        )

    return Told(versions=_reports(read, ask, items))


def reports(read: Reader, ask: Ask) -> list[Record[AuditReported]]:
    """The final reports since commencement, by day."""
    return [
        record
        for record in read.all(audit_reported.KIND)
        if record.facts.status == "final" and record.occurred >= ask.commencement
    ]


def last_report(records: Iterable[Record[Any]], day: date) -> date | None:
    """The day of the last final report by a day, among some records; one that was corrected or withdrawn is none."""
    reports = (one for one in effective(records).records if one.kind is audit_reported.KIND)
    final = (one.occurred for one in reports if one.facts.status == "final")
    return max((one for one in final if one <= day), default=None)


def _act(read: Reader, ask: Ask, record: Record[AuditReported], engaged: Record[AuditEngaged]) -> Act:
    begun = min(engaged.occurred, record.facts.fieldwork_start)
    done = record.facts.fieldwork_end if ask.reading["completion"] == "fieldwork" else record.occurred
    conditions = [
        _plain("a final report, not a draft", record.facts.status == "final"),
        _plain("completed on or after commencement", done >= ask.commencement),
        _plain("written by the auditors engaged for it", _by_those_engaged(record, engaged)),
        standing(read, ask, engaged.facts.organisation, begun, record.occurred),
        independence(read, ask, engaged, record.occurred),
    ]
    if ask.reading["constitutive"] == "yes":
        conditions.append(_plain("covers Parts B and C", not _uncovered(ask, record)))
        conditions.extend(_plain(label, present) for label, present, _ in _says(read, ask, record))
    counts = all_of("it counts", [Member(condition) for condition in conditions], None)
    return Act(f"{record.subject}, completed {in_words(done)}", done, record, counts)


def _by_those_engaged(record: Record[AuditReported], engaged: Record[AuditEngaged]) -> bool:
    """Whether a report is by the auditors who were engaged for it by then."""
    return engaged.occurred <= record.occurred and record.facts.author == engaged.facts.organisation


def _plain(label: str, holds: bool) -> State:  # noqa: FBT001 - what the label says, or not
    return known(label, Outcome.HELD if holds else Outcome.FAILED)


def _uncovered(ask: Ask, record: Record[AuditReported]) -> list[str]:
    return [clause for clause in ask.reference.audit_coverage if clause not in record.facts.coverage]


def _says(read: Reader, ask: Ask, record: Record[AuditReported]) -> list[tuple[str, bool, str]]:
    theirs = any(_by_those_engaged(record, engaged) for engaged in read.of(audit_engaged.KIND, record.subject))
    return [
        ("written by the auditors", theirs, "by the auditors engaged"),
        ("addressed to the licensee", record.facts.addressee == ask.licensee, f"addressed to {ask.licensee}"),
        (
            "states its recommendations, or that there are none",
            record.facts.recommendations is not None,
            "with its recommendations, or an empty list",
        ),
    ]


def _attached(record: Record[AuditReported]) -> State:
    findings = [Finding(record, record.occurred, NEVER)] if record.files else []
    links = Links(corrects=record.id)
    missing = request(audit_reported.KIND, f"{record.subject} with the report attached", record.subject, links=links)
    return state_of("the report is attached", findings, missing)


def _edition(record: Record[AuditReported], words: str) -> Request:
    """A request for another edition of a report, which takes its place."""
    return request(audit_reported.KIND, words, record.subject, links=Links(replaces=record.id))


def _reports(read: Reader, ask: Ask, items: Items) -> tuple[Version, ...]:
    """Each report as a version: in effect until the day of the next."""
    found = reports(read, ask)
    until = dict(stretches(sorted({record.occurred for record in found})))
    return tuple(
        Version(record.subject, record.occurred, record.occurred, until[record.occurred], record, items(record))
        for record in found
    )


FACTS = (
    Fact(
        "audits",
        "Each security audit, and whether it counts: standing, independence, an issued report.",
        audits,
        asks=("completion", "constitutive", "windows"),
    ),
    Fact("audit_coverage", "Which clauses each audit report assesses.", coverage),
    Fact("audit_report", "By whom and to whom each report is written, and whether it states recommendations.", report),
)
