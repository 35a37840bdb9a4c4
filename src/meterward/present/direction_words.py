"""Directions and requests in plain words: who issues, what for, what is required, and where everything stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.assurance.direction_story import StepState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Said(NamedTuple):
    """A state in a word, with the shape and the colour by which it is seen at a glance."""

    word: str
    shape: str
    name: str


ISSUERS: Mapping[str, str] = {"secretary_of_state": "the Secretary of State", "authority": "the Authority"}
PURPOSES: Mapping[str, str] = {
    "trials": "in and for trials",
    "all_times": "at all other times",
    "mitigate": "mitigate a risk that is known or expected",
    "prevent": "prevent a failure",
    "remedy": "remedy a failure that happened",
    "consequences": "prepare for, or deal with, what a failure brings about",
}
GROUNDS: Mapping[str, str] = {
    "consumer_protection": "protect consumers",
    "market_functioning": "the functioning of the market",
}
ACTS: Mapping[str, str] = {"do": "Do", "refrain": "Refrain from", "report": "Report", "produce": "Produce evidence"}
DOUBTS: Mapping[str, str] = {
    "before_commencement": "It was issued before the condition came into force",
    "issuer_excluded": "Whoever issued it may not, under the bracket that was adopted",
    "issuer_missing": "It names no issuer",
    "not_addressed": "It is not addressed to us",
    "purpose_missing": "It names none of the six purposes",
    "date_before_issue": "A date in it lies before the day of its issue",
    "report_excluded": "It wants a report to whom the adopted bracket excludes",
    "beyond_the_system": "It goes beyond the system that the condition is about",
    "unclear": "It is not clear what it requires",
    "impossible": "It cannot be done",
    "other": "Something else",
}
OPINIONS: Mapping[str, str] = {
    "binds": "It binds",
    "binds_in_part": "It binds in part",
    "in_doubt": "It stays in doubt",
    "does_not_bind": "It does not bind",
}
NEXT_STEPS: Mapping[str, str] = {
    "comply": "Comply",
    "comply_and_ask": "Comply, and ask the issuer",
    "comply_and_challenge": "Comply, and challenge it",
}
PROGRESS: Mapping[str, str] = {
    "not_started": "Not started",
    "under_way": "Under way",
    "blocked": "Blocked",
    "done": "Done",
    "kept": "Kept to",
    "not_kept": "Not kept to",
}
STEPS: Mapping[StepState, Said] = {
    StepState.DONE: Said("Done", "●", "met"),
    StepState.LATE: Said("Done late", "◐", "late"),
    StepState.OPEN: Said("Due later", "○", "pending"),
    StepState.UNDATED: Said("No date", "?", "unknown"),
    StepState.OVERDUE: Said("Overdue", "✕", "breached"),
    StepState.KEPT: Said("Kept to", "●", "met"),
    StepState.BROKEN: Said("Not kept to", "✕", "breached"),
    StepState.UNSHOWN: Said("Not shown", "?", "unknown"),
    StepState.OVER: Said("Over", "·", "none"),
}
STANDINGS: Mapping[str, Said] = {
    "overdue": Said("Overdue", "✕", "breached"),
    "unreceived": Said("No receipt yet", "?", "unknown"),
    "open": Said("Under way", "○", "pending"),
    "complied": Said("Complied with", "●", "met"),
    "amended": Said("Amended", "·", "none"),
    "withdrawn": Said("Withdrawn", "·", "none"),
    "lapsed": Said("Lapsed", "·", "none"),
}
"""Where a direction stands with one addressee, the worst first."""
REQUESTS: Mapping[str, Said] = {
    "overdue": Said("Overdue", "✕", "breached"),
    "slow": Said("Past our own limit", "?", "unknown"),
    "open": Said("To answer", "○", "pending"),
    "part": Said("Answered in part", "○", "pending"),
    "late": Said("Answered late", "◐", "late"),
    "answered": Said("Answered", "●", "met"),
    "over": Said("Withdrawn", "·", "none"),
}


def counted(standings: Iterable[str], known: Mapping[str, Said]) -> dict[str, int]:
    """How many stand where, in the order in which that is known; nothing of where none stands."""
    found = Counter(standings)
    return {name: found[name] for name in known if found[name]}


def issued_by(issuers: Iterable[str]) -> str:
    """Who issues something, or asks, in words."""
    return " and ".join(ISSUERS[one] for one in issuers) or "nobody named"
