"""States that records give evidence of, and questions that somebody judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from meterward.core.base.days import NEVER, add_months, after, in_words, plural
from meterward.core.facts.late import days_late, recorded_late
from meterward.core.facts.node import Flag, Node, Outcome
from meterward.core.facts.remark import Reason, Remark
from meterward.core.facts.request import request
from meterward.core.facts.state import Finding, State, flagged, state_of
from meterward.core.records.kinds import judgement_made, state_evidenced
from meterward.core.records.roles import named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.facts.reference import StateRule
    from meterward.core.facts.request import Request
    from meterward.core.records.kinds.judgement_made import JudgementMade
    from meterward.core.records.kinds.state_evidenced import StateEvidenced
    from meterward.core.records.record import Record


_CLAIMED = Remark(Reason.CLAIMED, "It is only claimed; a claim changes no status.")


def evidenced(read: Reader, ask: Ask, fact: str, subject: str, aspect: str = "", label: str = "") -> State:
    """What the records of `state.evidenced` say of a state of a subject, under one aspect."""
    rule = ask.reference.states[fact]

    def compute() -> State:
        named, missing = _named(rule, subject, aspect, label), _proof(rule, fact, subject, aspect, label)
        return state_of(named, findings(read, rule, fact, subject, aspect), missing)

    return read.keep(("evidenced", fact, subject, aspect, label), compute)


def findings(read: Reader, rule: StateRule, fact: str, subject: str, aspect: str = "") -> list[Finding]:
    """What each record of `state.evidenced` says of a state of a subject, under one aspect."""
    return [_finding(record, rule) for record in read.of(state_evidenced.KIND, fact, subject, aspect)]


def as_found(rule: StateRule, records: Iterable[Record[StateEvidenced]], label: str) -> State:
    """What some records of `state.evidenced` say, whatever they say it of: it asks for no proof."""
    return state_of(label, [_finding(record, rule) for record in records], None)


def asking(ask: Ask, fact: str, subject: str, aspect: str, node: Node) -> Node:
    """How `evidenced` explains a state of a subject on a day, by how `as_found` explains what its records say."""
    if node.outcome is Outcome.HELD:
        return node
    return replace(node, missing=_proof(ask.reference.states[fact], fact, subject, aspect, node.label))


def _named(rule: StateRule, subject: str, aspect: str, label: str) -> str:
    return label or f"{rule.says}: {f'{subject} {aspect}'.strip()}"


def _proof(rule: StateRule, fact: str, subject: str, aspect: str, label: str) -> Request:
    of = f"{subject}, {label}" if label else f"{subject} {aspect}".strip()
    about = {"fact": fact, "aspect": aspect}
    return request(state_evidenced.KIND, f"“{rule.says}” of {of}, with proof", subject, about)


def judged(read: Reader, ask: Ask, question: str, subject: str, aspect: str = "", done: date = NEVER) -> State:
    """What those entitled judged on a question about a subject. Yes holds; no has failed.

    Where the question is about something `done` on a day, a judgement that stands on that day stands for good.
    """
    rule = ask.reference.questions[question]

    def compute() -> State:
        records = read.of(judgement_made.KIND, question, subject, aspect)
        where = f"{subject} {aspect}".strip()
        words = f"“{rule.says}” of {where}, by {named(rule.roles)}"
        if rule.grounds:
            words += f", with reasons on {' and '.join(rule.grounds)}"
        missing = request(judgement_made.KIND, words, subject, {"question": question, "aspect": aspect})
        found = [_judgement(record, rule.roles, rule.grounds, done) for record in records]
        judgement = state_of(f"{rule.says}: {where}", found, missing)
        return flagged(judgement, (*overturned(judgement.label, found, ask), *_entered_late(found, ask)))

    return read.keep(("judged", question, subject, aspect, done), compute)


def overturned(label: str, found: Sequence[Finding], ask: Ask) -> Iterator[Flag]:
    """A no that soon became a yes is something to look at while the yes stands, for as long as the pack says."""
    limits = ask.reference.limits
    soon, flying = limits["overturned_days"], timedelta(days=limits["retraction_days"])
    counting = [one for one in found if one.counts]
    nos = [one for one in counting if not one.holds]
    for no, until in zip(nos, [*(one.first for one in nos[1:]), NEVER], strict=False):
        yes = next((one for one in counting if one.holds and no.first < one.first < until), None)
        if yes and (yes.first - no.first).days <= soon:
            days = plural((yes.first - no.first).days, "day")
            words = f"{label}: the no of {in_words(no.first)} became a yes on {in_words(yes.first)}, {days} later"
            yield Flag(yes.first, min(yes.until, until, yes.first + flying), words)


def _entered_late(found: Sequence[Finding], ask: Ask) -> Iterator[Flag]:
    """A yes that was recorded late, also where it closed the question and nothing explains it any more."""
    limits = ask.reference.limits
    for one in found:
        if one.counts and one.holds and days_late(one.record) > limits["late_recording_days"]:
            until = one.record.recorded + timedelta(days=limits["retraction_days"] + 1)
            yield Flag(one.first, min(one.until, until), recorded_late(one.record))


def for_good(until: date, done: date) -> date:
    """The end of a judgement on something done on a day: none, if it stands on that day."""
    return NEVER if until > done else until


def not_entitled(record: Record[JudgementMade], roles: tuple[str, ...]) -> Remark:
    """That whoever judged may not judge this."""
    words = f"A {named([record.actor.role])} may not judge this; a {named(roles)} may."
    return Remark(Reason.NOT_ENTITLED, words)


def _finding(record: Record[StateEvidenced], rule: StateRule) -> Finding:
    facts = record.facts
    holds = facts.outcome == "held"
    first = max(record.occurred, facts.valid_from or record.occurred)
    named = after(facts.valid_to) if facts.valid_to else _lapses(first, rule.months)
    until = min(named, _lapses(first, rule.most_months))
    if facts.strength == "claimed":
        return Finding(record, first, until, counts=False, remark=_CLAIMED, holds=holds)
    return Finding(record, first if holds else record.occurred, until, holds=holds)


def _lapses(first: date, months: int) -> date:
    return after(add_months(first, months)) if months else NEVER


def _judgement(record: Record[JudgementMade], roles: tuple[str, ...], grounds: tuple[str, ...], done: date) -> Finding:
    facts, remark = record.facts, None
    lacking = [ground for ground in grounds if ground not in facts.grounds]
    if record.actor.role not in roles:
        remark = not_entitled(record, roles)
    elif lacking and facts.answer == "yes":
        remark = Remark(Reason.UNGROUNDED, f"Its reasons do not speak to {' and '.join(lacking)}.")
    until = for_good(after(facts.valid_to), done)
    return Finding(record, record.occurred, until, remark is None, remark, holds=facts.answer == "yes")
