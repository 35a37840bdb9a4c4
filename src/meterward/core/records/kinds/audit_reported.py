"""`audit.reported`: the auditors' report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet, distinct, in_order
from meterward.core.records.roles import AUDITORS, Role
from meterward.core.records.terms import Answer, Grade, Opinion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class OpinionGiven(NamedTuple):
    """What the auditors think about one of the five questions that an audit is there to answer."""

    question: Annotated[
        Opinion,
        "Whether risk assessment and solution design follow good practice and are appropriate, risks were properly "
        "determined, measures treat them to the desired level, the ISMS is commensurate with the risks, and the plan "
        "that senior management set is appropriate and carried out.",
    ]
    answer: Annotated[Answer, "The opinion."]


class FindingReported(NamedTuple):
    """A finding that the report tells."""

    name: Annotated[str, "Its name in the report."]
    clause: Annotated[str, "The clause that it is about."]
    grade: Annotated[Grade, "How grave it is."]


class TestsCounted(NamedTuple):
    """How many tests of a clause came out how."""

    clause: Annotated[str, "The clause."]
    as_designed: Annotated[int, "How many found it to work as designed."] = 0
    exceptions: Annotated[int, "How many found an exception."] = 0
    not_performed: Annotated[int, "How many that were planned were not performed."] = 0


class FollowedUp(NamedTuple):
    """How far a recommendation of an earlier audit was found to be."""

    audit: Annotated[str, Ref(("audit",)), "The earlier audit."]
    recommendation: Annotated[str, "The recommendation, by its name in that report."]
    state: Annotated[Literal["done", "under_way", "not_begun", "no_longer_needed"], "How far it is."]


class AuditReported(NamedTuple):
    """The auditors report on a security audit."""

    author: Annotated[str, "The organisation that wrote it."]
    addressee: Annotated[str, "The organisation that it is addressed to."]
    status: Annotated[Literal["draft", "final"], "A draft is not a report."]
    fieldwork_start: Annotated[date, "First day of the fieldwork."]
    fieldwork_end: Annotated[date, "Last day of the fieldwork."]
    coverage: Annotated[tuple[str, ...], "The clauses that it assesses compliance with."]
    recommendations: Annotated[
        tuple[str, ...] | None, "Its recommendations by name; an empty list says that there are none."
    ] = None
    opinions: Annotated[tuple[OpinionGiven, ...], "The opinions that it gives."] = ()
    findings: Annotated[tuple[FindingReported, ...], "The findings that it tells."] = ()
    tests: Annotated[tuple[TestsCounted, ...], "How the tests came out, clause by clause."] = ()
    follow_up: Annotated[tuple[FollowedUp, ...], "What became of the recommendations of earlier audits."] = ()
    ledger_size: Annotated[int | None, "How many entries the licensee's ledger had that it rests on."] = None
    ledger_root: Annotated[str | None, "The root hash of the licensee's ledger at that size."] = None


def one_opinion_each(seen: Seen[AuditReported]) -> Iterable[Unmet]:
    """No question is answered twice, no finding told twice, and no clause counted twice."""
    facts = seen.facts
    lists: dict[str, list[object]] = {
        "opinions": [one.question for one in facts.opinions],
        "findings": [one.name for one in facts.findings],
        "tests": [one.clause for one in facts.tests],
        "follow_up": [(one.audit, one.recommendation) for one in facts.follow_up],
    }
    for name, told in lists.items():
        if len(set(told)) != len(told):
            yield Unmet(f"facts.{name}", "Two rows are about the same.", "Tell each in one row.")


def fieldwork_before_report(seen: Seen[AuditReported]) -> Iterable[Unmet]:
    """A final report follows the fieldwork."""
    if seen.facts.fieldwork_end > seen.occurred:
        yield Unmet(
            "facts.fieldwork_end",
            f"{seen.facts.fieldwork_end} is after the report of {seen.occurred}.",
            "Fieldwork ends on or before the day of the report.",
        )


KIND = Kind(
    name="audit.reported",
    facts=AuditReported,
    by=(*AUDITORS, Role.SECURITY_MANAGER),
    text={
        "summary": "What the report says, in brief.",
        "opinions": "The opinions in words, with what they rest on.",
        "findings": "The findings in words: criteria, condition, cause and effect of each.",
        "recommendations": "The recommendations in words.",
    },
    about=("audit",),
    shared=lambda facts: (facts.author,),
    document=True,
    links=("corrects", "replaces"),
    weighty=True,
    constraints=(
        in_order("fieldwork_start", "fieldwork_end"),
        distinct("coverage"),
        distinct("recommendations"),
        fieldwork_before_report,
        one_opinion_each,
    ),
    example={
        "author": "auditor-a",
        "addressee": "northlight",
        "status": "final",
        "fieldwork_start": "2013-07-15",
        "fieldwork_end": "2013-08-02",
        "coverage": ["Z.4"],
        "recommendations": ["rec-1"],
    },
)
