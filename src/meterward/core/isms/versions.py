"""The versions of the information security policy, each in effect for a time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from meterward.core.base.days import in_words
from meterward.core.facts.fact import Fact, Told, Wanted
from meterward.core.facts.node import Flag
from meterward.core.facts.request import request
from meterward.core.facts.version import Item, Version
from meterward.core.records.kinds import policy_issued

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.policy_issued import PolicyIssued
    from meterward.core.records.record import Record


def versions(
    read: Reader, items: Callable[[Record[PolicyIssued]], tuple[Item, ...]] = lambda _: ()
) -> tuple[Version, ...]:
    """Every version that took effect, with what it contains."""
    return tuple(version for version in approved(read, items) if version.effective < version.until)


def approved(
    read: Reader, items: Callable[[Record[PolicyIssued]], tuple[Item, ...]] = lambda _: ()
) -> tuple[Version, ...]:
    """Every version that was approved. It ends when the one that replaces it takes effect, perhaps before its own."""
    return tuple(
        Version(
            record.subject,
            record.occurred,
            _start(record),
            read.until(record, _start, lambda other: _took_effect(read, other)),
            record,
            items(record),
        )
        for record in read.all(policy_issued.KIND)
    )


def _took_effect(read: Reader, record: Record[PolicyIssued]) -> bool:
    """Whether a version was neither ended nor overtaken by the next before its first day."""
    return _start(record) < read.until(record, _start)


def _start(record: Record[PolicyIssued]) -> date:
    return max(record.facts.effective, record.occurred)


def _versions(read: Reader, ask: Ask) -> Told:
    flying = timedelta(days=ask.reference.limits["retraction_days"])
    never = tuple(
        _never_in_effect(read, version, flying) for version in approved(read) if version.until <= version.effective
    )
    wanted = Wanted("version", request(policy_issued.KIND, "a version in effect"))
    return Told(versions=versions(read), wanted=wanted, flags=never)


def _never_in_effect(read: Reader, version: Version, flying: timedelta) -> Flag:
    """A version that was over before its first day: from the day on which that became known."""
    ending, successor = read.ending(version.record), read.successor(version.record)
    known = min(one.occurred for one in (ending, successor) if one)
    begin, end = in_words(version.effective), in_words(version.until)
    words = f"{version.name} never took effect: it was to begin on {begin} and was over on {end}"
    return Flag(known, known + flying, words)


FACTS = (
    Fact(
        "policy_versions",
        "The versions of the information security policy, each with the days on which it is in effect.",
        _versions,
    ),
)
