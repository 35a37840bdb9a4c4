"""What differs between two positions: between two days, two sizes of a ledger, or before and after one more record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.obligations.status import WORST_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_PLACES = {status.value: place for place, status in enumerate(WORST_FIRST)}
_NOTHING: Mapping[str, Any] = {"status": "", "attention": [], "fact": "", "since": None, "readings": []}
"""How a duty stands where there is none."""


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


def changes_json(changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Changes for a script."""
    return [{**change._asdict(), "records": list(change.records)} for change in changes]


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """The duties that stand otherwise in one position JSON than in another, worst first."""
    return sorted(_changes(before, after), key=lambda change: _PLACES.get(change.after, len(_PLACES)))


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    was, now = _duties(before), _duties(after)
    for which in {**now, **was}:
        one, other = was.get(which, _NOTHING), now.get(which, _NOTHING)
        if any(one[name] != other[name] for name in ("status", "attention", "fact")):
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
            )


def _duties(position: Mapping[str, Any]) -> dict[tuple[str, str], Mapping[str, Any]]:
    return {(one["licence"], duty["id"]): duty for one in position["positions"] for duty in one["duties"]}


def _cited(duty: Mapping[str, Any]) -> set[str]:
    return {identity for reading in duty["readings"] for identity in reading["records"]}
