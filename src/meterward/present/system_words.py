"""The system in words and marks: how a cell stands, who operates an element, what it is and can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.system.cells import Standing
from meterward.core.system.elements import HARMS
from meterward.core.system.security import SIDES
from meterward.present.kind_words import words
from meterward.present.marks import Mark
from meterward.present.phrases import capital

if TYPE_CHECKING:
    from meterward.core.records.kinds.element_declared import ElementDeclared
    from meterward.core.records.terms import Category, Harm

STANDINGS = {
    Standing.FAILED: Mark("✕", "bold #e0574b", "breached"),
    Standing.EMPTY: Mark("□", "dim", "none"),
    Standing.LAPSED: Mark("◌", "#b8860b", "unknown"),
    Standing.CLAIMED: Mark("◇", "#b8860b", "unknown"),
    Standing.INSTEAD: Mark("◈", "#7a9e3a", "late"),
    Standing.EVIDENCED: Mark("◧", "#2e9e63", "met"),
    Standing.CHECKED: Mark("▣", "#2e9e63", "met"),
    Standing.AUDITED: Mark("■", "#2e9e63", "met"),
}
"""Squares, so that nobody takes the state of a cell for the status of a duty."""


class Meaning(NamedTuple):
    """A word, and what it means."""

    word: str
    says: str


_STANDING_WORDS = {
    Standing.FAILED: Meaning("Failed", "Found not to hold, and nothing later shows that it does."),
    Standing.EMPTY: Meaning("Empty", "No record is about it."),
    Standing.LAPSED: Meaning("Lapsed", "It was shown; the proof has ended."),
    Standing.CLAIMED: Meaning("Claimed", "Somebody says so. A claim changes no status."),
    Standing.INSTEAD: Meaning("Done instead", "Beyond the licensee's power in part; what was done instead is shown."),
    Standing.EVIDENCED: Meaning("Evidenced", "A document shows it."),
    Standing.CHECKED: Meaning("Checked", "Somebody else looked at it."),
    Standing.AUDITED: Meaning("Audited", "An independent auditor looked at it."),
}
CATEGORIES: dict[Category, str] = {
    "communication_equipment": "Communication equipment",
    "network": "Network in between",
    "premises_equipment": "Equipment at the premises",
    "process": "Business process",
}
OPERATORS = {
    "licensee": "The licensee",
    "on_behalf": "Others on its behalf",
    "outside": "Others, outside its organisation",
}
POWERS = {"within": "Within the licensee's power", "limited": "In part beyond it"}
ASSURANCES = {
    "none": "nothing assures it",
    "contract": "assured by contract",
    "certified": "certified",
    "audited": "audited",
}
SUPPLY = {
    "none": "It can do nothing to supply.",
    "interferes": "It can interfere with a service to a customer.",
    "interrupts": "It can interrupt supply.",
}
HARM_WORDS: dict[Harm, str] = {
    "data_loss": "Loss of data",
    "data_access": "Access to data",
    "supply": "Loss of supply",
}
SIDE_WORDS = {"designed": "As designed", "operated": "As operated"}
ASPECT_WORDS = {f"{side}/{harm}": f"{SIDE_WORDS[side]}: {HARM_WORDS[harm].lower()}" for side in SIDES for harm in HARMS}
"""The cells of a row of the matrix, in few words."""
NO_ZONE = "No zone said"


def standing(one: str) -> Meaning:
    """How a cell stands, in words."""
    return _STANDING_WORDS[Standing(one)]


def standing_mark(one: str) -> Mark:
    """Its mark."""
    return STANDINGS[Standing(one)]


def zone_called(zone: str | None) -> str:
    """A zone as it is read: its name, with spaces."""
    return capital(zone).replace("-", " ") if zone else NO_ZONE


def operated(told: ElementDeclared) -> str:
    """Who operates an element."""
    if told.operator == "licensee" or told.party is None:
        return OPERATORS[told.operator]
    return f"{told.party}, {'on its behalf' if told.operator == 'on_behalf' else 'outside its organisation'}"


def assured(told: ElementDeclared) -> str:
    """What assures its security where others operate it."""
    if told.operator == "licensee":
        return ""
    return ASSURANCES[told.assurance] if told.assurance else "nothing is said of its assurance"


def sort_of(told: ElementDeclared) -> str:
    """What sort of thing it is."""
    return words(told.type).capitalize() if told.type else "Of no sort that is said"


def unused(told: ElementDeclared) -> list[str]:
    """The security functions that it has and that are not in use, in words."""
    return [words(one) for one in told.offers if one not in told.enabled]
