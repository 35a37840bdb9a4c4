"""A licensee at a glance: what a regulator's table says of its position, made of the JSON of it or of a bundle."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.base.days import DAY, add_months
from meterward.core.obligations.law import DutyKind
from meterward.core.obligations.status import WORST_FIRST, Group, Status, group_of, worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.records.kinds.bundle_taken import BundleTaken

MONTHS = 12
"""So many month-ends are compared."""
_DIRECTED = ("Z.17(c)", "Z.17(d)", "Z.19")
_ASKED = ("Z.7(b)/produce",)
_AUDITS = ("Z.14(a)", "Z.14(b)")
GROUPS: Mapping[str, tuple[str, Status]] = {
    Group.BREACH.value: ("in breach", Status.BREACHED),
    Group.CONTESTED.value: ("contested", Status.CONTESTED),
    Group.OPEN.value: ("lacks evidence", Status.INDETERMINATE),
    Group.IN_ORDER.value: ("in order", Status.MET),
    Group.NEUTRAL.value: ("not bound", Status.NOT_IN_FORCE),
}
"""What the statuses come to, in a word, with the status whose mark it bears; worst first."""
UNKNOWN = "unknown"


def month_ends(day: date) -> list[date]:
    """The last days of the months before a day, the earliest first."""
    first = day.replace(day=1)
    return [add_months(first, -back) - DAY for back in reversed(range(MONTHS))]


def glance_of(page: Mapping[str, Any], audited: date | None) -> dict[str, Json]:
    """What a table says of a licensee, from the JSON of its positions; `audited` is the day of the last report."""
    day = date.fromisoformat(page["as_at"])
    duties = [duty for one in page["positions"] for duty in one["duties"] if duty["kind"] != DutyKind.UMBRELLA]
    deadlines = [one for position in page["positions"] for one in position["deadlines"]]
    history = _history(duties, day)
    return {
        "audit": audited.isoformat() if audited else None,
        "audit_due": min((one["day"] for one in deadlines if one["duty"] in _AUDITS), default=None),
        "counts": _counted(page["positions"]),
        "group": group_of(worst([Status(duty["status"]) for duty in duties])).value,
        "history": history,
        "late": {
            "asked": _late(deadlines, _ASKED),
            "directed": _late(deadlines, _DIRECTED),
            "duties": len({(one["duty"], one["day"]) for one in deadlines if one["overdue"]}),
        },
        "licences": {one["licence"]: one["group"] for one in page["positions"]},
        "months": {one.isoformat(): _on(history, one) for one in month_ends(day)},
        "sentences": {one["licence"]: one["sentence"] for one in page["positions"]},
        "since": _since(history),
    }


def glance_of_bundle(facts: BundleTaken) -> dict[str, Json]:
    """The same, from what came out of a bundle: it says nothing of what was before its day, or came after."""
    counts: dict[str, int] = {}
    for position in facts.positions:
        for one in position.counts:
            counts[one.status] = counts.get(one.status, 0) + one.duties
    worst_first = [*GROUPS, UNKNOWN]
    groups = sorted((one.group for one in facts.positions), key=worst_first.index)
    return {
        "audit": None,
        "audit_due": None,
        "counts": {status.value: counts[status.value] for status in WORST_FIRST if status.value in counts},
        "group": groups[0] if groups else UNKNOWN,
        "history": [],
        "late": {"asked": None, "directed": None, "duties": sum(one.overdue for one in facts.positions)},
        "licences": {one.licence: one.group for one in facts.positions},
        "months": {},
        "sentences": {},
        "since": None,
    }


def _counted(positions: Iterable[Mapping[str, Any]]) -> dict[str, Json]:
    found: dict[str, int] = {}
    for one in positions:
        for status, count in one["counts"].items():
            found[status] = found.get(status, 0) + count
    return {status.value: found[status.value] for status in WORST_FIRST if status.value in found}


def _late(deadlines: Sequence[Mapping[str, Any]], duties: Sequence[str]) -> int:
    return len({one["day"] for one in deadlines if one["overdue"] and one["duty"] in duties})


def _history(duties: Sequence[Mapping[str, Any]], day: date) -> list[Json]:
    """The worst status of each day of the last year, in stretches; empty where the condition has not bound."""
    spans = [span for duty in duties for span in duty["history"]]
    begin = (add_months(day.replace(day=1), -MONTHS) - DAY).isoformat()
    firsts = sorted({max(span["first"], begin) for span in spans})
    found: list[dict[str, str]] = []
    for place, first in enumerate(firsts):
        status = worst([Status(span["status"]) for span in spans if span["first"] <= first <= span["last"]])
        until = date.fromisoformat(firsts[place + 1]) - DAY if place + 1 < len(firsts) else day
        if found and found[-1]["status"] == status.value:
            found[-1]["last"] = until.isoformat()
        else:
            found.append({"first": first, "last": until.isoformat(), "status": status.value})
    return [dict(one) for one in found]


def _on(history: Sequence[Any], day: date) -> str:
    said = day.isoformat()
    found = next((Status(one["status"]) for one in history if one["first"] <= said <= one["last"]), Status.NOT_IN_FORCE)
    return group_of(found).value


def _since(history: Sequence[Any]) -> str | None:
    """Since when the statuses have come to what they do; None if that is longer than a year, or never."""
    since = None
    for one in reversed(history):
        if group_of(Status(one["status"])) is not group_of(Status(history[-1]["status"])):
            return since
        since = one["first"]
    return None
