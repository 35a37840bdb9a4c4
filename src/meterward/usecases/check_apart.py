"""Check that duties are kept apart in what is about to be appended: nobody approves their own.

This is asked once, at the append, as the organisation's own rule. What was recorded before, and what is restored, is
never refused by it: it was said, and is evaluated as it was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.records.effective import effective
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meterward.core.records.apart import Apart
    from meterward.core.records.record import Record
    from meterward.usecases.check_appended import Earlier, Further

_BY = "statement.actor.person"


def check_apart(further: Further, earlier: Earlier) -> Iterator[tuple[int, Problem]]:
    """What the separation of duties has against some further records, each problem with the record's place."""
    for place, record in enumerate(further.records):
        for problem in (*_to_oneself(record), *_own(record, further, earlier), *_not_entitled(record, further)):
            yield place, problem


def _to_oneself(record: Record[Any]) -> Iterator[Problem]:
    """Nobody gives themselves a right."""
    if record.kind.gives_to is None or record.facts is None:
        return
    person, organisation = record.kind.gives_to(record.facts)
    if (person, organisation or record.actor.organisation) == (record.actor.person, record.actor.organisation):
        message = f"{person} would give a right to themselves: nobody does that."
        yield Problem(Code.ACTOR_SAME, message, "Let somebody else who may append it give it.", _BY)


def _own(record: Record[Any], further: Further, earlier: Earlier) -> Iterator[Problem]:
    """Nobody approves what they did themselves."""
    for rule in record.kind.apart:
        if record.facts is None or not rule.when(record.facts):
            continue
        before = _before(record, rule, further, earlier)
        for one in before[-1:] if rule.last else before:
            if _is_own(record, rule, one):
                yield _problem(record, rule, one)
                break


def _before(record: Record[Any], rule: Apart, further: Further, earlier: Earlier) -> list[Record[Any]]:
    """The records before one that a rule is about, in their order; not those that were taken back or are corrected."""
    subjects = {record.subject, *record.named, *rule.subjects(record.facts)} - {""}
    there = {one.id: one for one in earlier(rule.kinds, sorted(subjects))} if subjects else {}
    there |= {one.id: one for one in further.records}
    found = (one for one in effective(there.values()).records if one.index < record.index)
    wanted = (one for one in found if one.kind.name in rule.kinds and one.subject in subjects)
    return sorted(wanted, key=lambda one: (one.occurred, one.index))


def _is_own(record: Record[Any], rule: Apart, one: Record[Any]) -> bool:
    acting = set(rule.acting(record.facts)) or {record.actor.person}
    return record.actor.organisation == one.actor.organisation and acting == {one.actor.person}


def _problem(record: Record[Any], rule: Apart, one: Record[Any]) -> Problem:
    who, kind = one.actor.person, one.kind.name
    message = f"{who} {rule.does}: entry {one.index + 1:,}, {kind} of {one.subject}, is of the same person."
    named = tuple(rule.acting(record.facts))
    hint = "Name somebody else among them who did it too." if named else "Let somebody else append it."
    return Problem(Code.ACTOR_SAME, message, hint, "facts.members" if named else _BY)


def _not_entitled(record: Record[Any], further: Further) -> Iterable[Problem]:
    """A right is taken back by those who may give it, or by who gave it; operators act on operators' acts alone."""
    if not record.kind.needs_link:
        return
    actor, there = record.actor, {one.id: one for one in further.records}
    for target in filter(None, record.links):
        old = further.targets.get(target) or there.get(target)
        if old is None or actor.role in old.kind.by:
            continue
        if actor.role is Role.OPERATOR or (old.kind.gives_to and actor.person != old.actor.person):
            message = f"It would act on entry {old.index + 1:,}, {old.kind.name}, which no {actor.role} says."
            hint = f"Let one of those who may say that do it: {', '.join(old.kind.by)}."
            yield Problem(Code.ROLE_NOT_ENTITLED, message, hint, "statement.actor.role")
