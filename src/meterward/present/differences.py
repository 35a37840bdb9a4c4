"""What differs between two positions: between two days, two sizes of a ledger, or before and after one more record."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from meterward.core.base.days import in_words
from meterward.core.facts.owed import Source
from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.status import WORST_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_Due: TypeAlias = "Mapping[tuple[str, str, str | None], set[str]]"
_PLACES = {status.value: place for place, status in enumerate(WORST_FIRST)}
_NOTHING: Mapping[str, Any] = {
    "status": "",
    "attention": [],
    "fact": "",
    "since": None,
    "readings": [],
    "deadlines": [],
}
"""How a duty stands where there is none."""


class Moved(NamedTuple):
    """Something that is due on another day after than before; a day is None where it was not due, or is no more."""

    what: str
    before: str | None
    after: str | None
    source: str
    reading: str | None

    def __str__(self) -> str:
        """The change in words."""
        was, is_now = (_words(day) if day else "" for day in (self.before, self.after))
        said = f"Due {is_now} instead of {was}" if was and is_now else f"Now due {is_now}"
        found = ["our own limit"] if self.source == Source.PRODUCT else []
        found += [f"reading {self.reading}"] if self.reading else []
        remarks = f" ({', '.join(found)})" if found else ""
        return f"{said if is_now else f'No more due {was}'}: {self.what}{remarks}"


class Change(NamedTuple):
    """A duty that stands otherwise after than before; a status is empty where the duty or the licence was not there."""

    licence: str
    duty: str
    clause: str
    title: str
    before: str
    after: str
    fact: str
    """The one fact that matters, after."""
    since: str | None
    records: tuple[str, ...]
    """The records that are cited after and were not before, or before and are not after."""
    moved: tuple[Moved, ...] = ()
    """What is owed by another day than before, the next day first. Days on which proofs end are not among it."""

    @property
    def unsaid(self) -> list[Moved]:
        """What moved, without what the one fact says already."""
        return [
            one for one in self.moved if not (one.what in self.fact and one.after and _words(one.after) in self.fact)
        ]


def _words(day: str) -> str:
    return in_words(date.fromisoformat(day))


def changes_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Changes for a script."""
    return [_json(change) for change in changes]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The duties that stand otherwise in one position JSON than in another, worst first."""
    return sorted(_changes(before, after), key=lambda change: _PLACES.get(change.after, len(_PLACES)))


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    was, now = _duties(before), _duties(after)
    for which in {**now, **was}:
        one, other = was.get(which, _NOTHING), now.get(which, _NOTHING)
        moved = tuple(sorted(_moved(_due(one), _due(other)), key=lambda due: due.after or due.before or ""))
        if moved or any(one[name] != other[name] for name in ("status", "attention", "fact")):
            told = one if other is _NOTHING else other
            yield Change(
                *which,
                told["clause"],
                told["title"],
                one["status"],
                other["status"],
                other["fact"],
                other["since"],
                tuple(sorted(_cited(one) ^ _cited(other))),
                moved,
            )


def _json(change: Change) -> dict[str, Any]:
    moved = [{**one._asdict(), "source": str(one.source)} for one in change.moved]
    return {**change._asdict(), "records": list(change.records), "moved": moved}


def _duties(position: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(one["licence"], duty["id"]): duty for one in position["positions"] for duty in one["duties"]}


def _due(duty: Mapping[str, Any]) -> _Due:
    """The days by which a duty owes something, by what that is; a roll-up only has those of others."""
    found: dict[tuple[str, str, str | None], set[str]] = {}
    for one in duty["deadlines"]:
        if one["source"] != Source.PROOF and duty.get("kind") != DutyKind.UMBRELLA:
            found.setdefault((one["what"], one["source"], one["reading"]), set()).add(one["day"])
    return found


def _moved(was: _Due, now: _Due) -> Iterator[Moved]:
    for what, source, reading in {**now, **was}:
        one, other = (days.get((what, source, reading), set()) for days in (was, now))
        for before, after in zip_longest(sorted(one - other), sorted(other - one)):
            yield Moved(what, before, after, source, reading)


def _cited(duty: Mapping[str, Any]) -> set[str]:
    return {identity for reading in duty["readings"] for identity in reading["records"]}
