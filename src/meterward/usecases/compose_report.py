"""Compose an audit report from the workings of the audit: what its form has in it before anybody writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.assurance.doubts import OPINIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meterward.core.assurance.engagement import Audit
    from meterward.core.assurance.workings import Workings
    from meterward.core.records.kinds.finding_made import FindingMade
    from meterward.core.records.record import Record
    from meterward.usecases.compose_line import Typed

_PARTS = ("criteria", "condition", "cause", "effect")
_LEFT_OUT = "none"


def compose_report(
    audit: Audit, done: Workings, texts: Mapping[str, Mapping[str, str]], earlier: Iterable[Audit], status: str
) -> dict[str, Typed]:
    """What is typed into the form of a report. What was said in a draft stays, where the workings say nothing."""
    first, last = audit.fieldwork or (None, None)
    facts: dict[str, Typed] = {
        "author": audit.auditor,
        "addressee": audit.licensee,
        "status": status if status in ("draft", "final") else "draft",
        **({"fieldwork_start": first.isoformat(), "fieldwork_end": last.isoformat()} if first and last else {}),
        "coverage": _coverage(audit),
        "recommendations": [*done.recommendations()] or [*_recommended(audit)] or {"none": "on"},
        "opinions": _rows(_opinions(audit)),
        "findings": _rows(_findings(done)),
        "tests": _rows(_tests(done)),
        "follow_up": _rows(_follow_up(audit, earlier)),
    }
    said = texts.get(audit.said.id.hex(), {}) if audit.said else {}
    words: dict[str, Typed] = dict(said)
    words |= {name: text for name, text in _words(done.findings, texts).items() if text}
    return {"facts": facts, "text": words}


def _coverage(audit: Audit) -> list[str]:
    rows = audit.plan.facts.rows if audit.plan else ()
    return [row.clause for row in rows if row.approach != _LEFT_OUT] or [
        *(audit.said.facts.coverage if audit.said else ())
    ]


def _recommended(audit: Audit) -> Sequence[str]:
    return (audit.said.facts.recommendations or ()) if audit.said else ()


def _opinions(audit: Audit) -> Iterable[Mapping[str, str]]:
    """A row for each question, with the answer of the draft."""
    given: dict[str, str] = {one.question: one.answer for one in audit.said.facts.opinions} if audit.said else {}
    for question in OPINIONS:
        answer = given.get(question, "")
        yield {"question": question, **({"answer": answer} if answer else {})}


def _findings(done: Workings) -> Iterable[Mapping[str, str]]:
    for one in done.findings:
        yield {"name": one.subject.replace("/", "-"), "clause": one.facts.clause, "grade": one.facts.grade}


def _tests(done: Workings) -> Iterable[Mapping[str, str]]:
    for clause, counted in done.counted().items():
        yield {
            "clause": clause,
            "as_designed": str(counted["as_designed"]),
            "exceptions": str(counted["exception"]),
            "not_performed": str(counted["not_performed"]),
        }


def _follow_up(audit: Audit, earlier: Iterable[Audit]) -> Iterable[Mapping[str, str]]:
    """What earlier reports recommended, with what the draft says of it; how far it is, the auditors have to say."""
    said = audit.said.facts.follow_up if audit.said else ()
    states = {(one.audit, one.recommendation): one.state for one in said}
    for before in earlier:
        if before.name == audit.name or before.report is None or before.report.occurred > audit.engaged.occurred:
            continue
        for one in before.recommended:
            state = states.get((before.name, one.name), "")
            yield {"audit": before.name, "recommendation": one.name, **({"state": state} if state else {})}


def _words(findings: Sequence[Record[FindingMade]], texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """The findings and recommendations in words, as they were written down."""
    told, recommended = [], []
    for one in findings:
        said = texts.get(one.id.hex(), {})
        parts = [f"{part.capitalize()}: {said[part]}" for part in _PARTS if said.get(part)]
        told.append("\n".join((f"{one.subject.replace('/', '-')}: {one.facts.label}", *parts)))
        if one.facts.recommendation and said.get("recommendation"):
            recommended.append(f"{one.facts.recommendation}: {said['recommendation']}")
    return {"findings": "\n\n".join(told), "recommendations": "\n".join(recommended)}


def _rows(found: Iterable[Mapping[str, str]]) -> dict[str, Typed]:
    return {str(place): dict(row) for place, row in enumerate(found)}
