"""Whether the auditors of an audit are independent: by what is declared, and by judgement (Z.20)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.days import NEVER, after, in_words
from meterward.core.facts.asked import Asked
from meterward.core.facts.evidence import for_good, not_entitled, overturned
from meterward.core.facts.node import Flag
from meterward.core.facts.remark import Reason, Remark
from meterward.core.facts.request import request
from meterward.core.facts.state import Finding, State, flagged, state_of
from meterward.core.records.kinds import independence_declared, judgement_made
from meterward.core.records.roles import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.facts.reference import Question
    from meterward.core.records.kinds.audit_engaged import AuditEngaged
    from meterward.core.records.record import Record

_TIED = Remark(Reason.TIED, "The auditors have ties to the licensee, and somebody entitled has to judge them.")


def independence(read: Reader, ask: Ask, engaged: Record[AuditEngaged], last: date) -> State:
    """Whether the auditors are independent: declared with no other interest, or judged so. A judgement goes before.

    One that stands on the audit's last day does for good: that it runs out later says nothing of an audit that is done.
    A declaration of no ties, by the engagement or by the auditors, counts until the auditors themselves tell of one.
    """
    rule = ask.reference.questions["auditor_independent"]
    declared = list(_declared(read, engaged))
    judgements = [
        _judgement(one, rule, last) for one in read.of(judgement_made.KIND, "auditor_independent", engaged.subject, "")
    ]
    findings = sorted([*declared, *judgements], key=lambda finding: finding.record.order)
    words = f"“{rule.says}” of {engaged.subject}, by {named(rule.roles)}"
    missing = request(judgement_made.KIND, words, engaged.subject, {"question": "auditor_independent"})
    state = state_of(f"{engaged.facts.organisation} is independent", findings, missing)
    return flagged(state, (*overturned(state.label, judgements, ask), *_told_of_ties(findings)))


def _declared(read: Reader, engaged: Record[AuditEngaged]) -> Iterator[Finding]:
    auditors, known = engaged.facts.organisation, _tied(engaged)
    theirs = [
        one
        for one in read.of(independence_declared.KIND, engaged.subject)
        if one.actor.organisation == auditors and one.about == engaged.about
    ]
    if engaged.facts.independence == "declared":
        yield _finding(engaged, theirs, tied=known)
    for place, one in enumerate(theirs):
        yield _finding(one, theirs[place + 1 :], tied=known or _tied(one))


def _finding(record: Record[Any], later: Iterable[Record[Any]], *, tied: bool) -> Finding:
    """What one declaration comes to, until a later one tells of ties."""
    if tied:
        return Finding(record, record.occurred, NEVER, counts=False, remark=_TIED)
    until = min((one.occurred for one in later if _tied(one)), default=NEVER)
    return Finding(record, record.occurred, until)


def _tied(record: Record[Any]) -> bool:
    return bool(record.facts.interests or record.facts.other_work)


def _judgement(record: Record[Any], rule: Question, last: date) -> Finding:
    entitled = record.actor.role in rule.roles
    remark = None if entitled else not_entitled(record, rule.roles)
    until = for_good(after(record.facts.valid_to), last)
    return Finding(record, record.occurred, until, entitled, remark, holds=record.facts.answer == "yes")


def _told_of_ties(findings: Iterable[Finding]) -> Iterator[Flag]:
    """That the auditors told of ties is something to look at until something that counts is said after it."""
    there = list(findings)
    for place, one in enumerate(there):
        if one.remark is _TIED and one.record.kind is independence_declared.KIND:
            until = min((other.first for other in there[place + 1 :] if other.counts), default=NEVER)
            words = f"the auditors declared ties to the licensee on {in_words(one.first)}"
            yield Flag(one.first, until, words)


ASKED = (Asked("auditor_independent", ("audit",)),)
