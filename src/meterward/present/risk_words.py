"""Risk in words and marks: how a risk stands, its levels, what it can come to, measures, and what asks for a look."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from meterward.core.base.days import plural
from meterward.present.marks import Mark
from meterward.present.system_words import Meaning
from meterward.usecases.register_cells import LEVEL_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.records.kinds.risk_estimated import Points
    from meterward.core.records.terms import Consequence
    from meterward.core.risk.measures import Progress
    from meterward.core.risk.queue import Why
    from meterward.core.risk.register import Standing
    from meterward.core.risk.scales import Rating, Scales

STANDINGS: Mapping[Standing, Mark] = {
    "open": Mark("▲", "bold #e0574b", "breached"),
    "unrated": Mark("△", "#b8860b", "unknown"),
    "treated": Mark("◭", "#4a8fe0", "pending"),
    "accepted": Mark("▽", "#7a9e3a", "late"),
    "within": Mark("▼", "#2e9e63", "met"),
}
"""Triangles, worst first, so that nobody takes how a risk stands for the status of a duty or for a cell's proof."""
STANDING_WORDS: Mapping[Standing, Meaning] = {
    "open": Meaning("Open", "Above appetite, with neither a measure, nor a treatment, nor an acceptance."),
    "unrated": Meaning("Unrated", "There is no estimate that the scales in effect can rate. That is not low."),
    "treated": Meaning("Treated", "Above appetite still, and something is planned or done about it."),
    "accepted": Meaning("Accepted", "Above appetite, and accepted by senior management for a time."),
    "within": Meaning("Within appetite", "There is no more of it than is accepted of each consequence."),
}
CONSEQUENCES: Mapping[Consequence, str] = {
    "supply": "Customers off supply",
    "data_access": "Customers' data exposed",
    "data_loss": "Customers' data lost or wrong",
    "bills": "Wrong bills",
    "money": "Money lost",
    "continuity": "Business interrupted",
    "reputation": "Standing lost",
    "rollout": "Roll-out delayed",
}
STATES: Mapping[str, Meaning] = {
    "inherent": Meaning("Inherent", "Without any measure."),
    "current": Meaning("Current", "As it was estimated with the measures that there were."),
    "residual": Meaning("Residual", "The last estimate, lowered by every measure that was shown to work since."),
    "planned": Meaning("Planned", "What is left once every measure that is planned works."),
    "target": Meaning("Target", "As it is wanted."),
}
"""Of what a level is, in the order in which they follow from each other."""
LEVEL_STATES = ("inherent", "current", "residual", "target")
"""Those that a register shows side by side."""
OPTIONS = {
    "modify": Meaning("Modify", "Make it less likely or less bad."),
    "avoid": Meaning("Avoid", "Give up what it comes from."),
    "share": Meaning("Share", "Let others bear a part of it, by insurance or contract."),
    "retain": Meaning("Retain", "Accept it for a time."),
}
"""Treatments, in ISO 27005's terms."""
PROGRESS: Mapping[Progress, Meaning] = {
    "planned": Meaning("Planned", "Nothing was said of it since."),
    "started": Meaning("Started", "Work on it has begun."),
    "operating": Meaning("Operating", "It is in place."),
    "effective": Meaning("Effective", "It is in place, and was found to work."),
    "ineffective": Meaning("Ineffective", "It is in place, and was found not to work."),
    "stopped": Meaning("Stopped", "It was given up."),
}
PROGRESS_MARKS: Mapping[Progress, Mark] = {
    "planned": Mark("○", "dim", "none"),
    "started": Mark("◔", "#4a8fe0", "pending"),
    "operating": Mark("◕", "#2e9e63", "met"),
    "effective": Mark("●", "#2e9e63", "met"),
    "ineffective": Mark("✕", "bold #e0574b", "breached"),
    "stopped": Mark("–", "dim", "none"),  # noqa: RUF001 - the dash is the shape of what was given up
}
STRENGTHS = {
    "claimed": "claimed, which lowers no risk",
    "evidenced": "shown by a document",
    "checked": "checked by somebody else",
    "audited": "audited",
}
WHY: Mapping[Why, Meaning] = {
    "age": Meaning("Assessment is old", "It is due again by the months that the context names."),
    "system": Meaning("System changed", "Elements were told after the last assessment."),
    "incident": Meaning("Incident", "One happened after the last assessment."),
    "audit": Meaning("Audit report", "One was made after the last assessment."),
    "direction": Meaning("Direction", "One was given after the last assessment."),
    "match": Meaning("New threat", "One was matched with the system, and nobody settled it."),
    "scales": Meaning("Other scales", "Its estimates are on scales that are not in effect."),
    "unrated": Meaning("Not estimated", "It is in the register without an estimate."),
    "overdue": Meaning("Measure is late", "It should work by now, and is not shown to."),
    "acceptance": Meaning("Acceptance ran out", "The risk is above appetite, and accepted no longer."),
}
"""Why something is to be looked at."""
BANDS = 5
"""So many colours tell levels of risk apart, from the lowest to the highest."""
_DIGITS = re.compile(r"([0-9]{1,18})")
_TEN_THOUSAND = 10_000
"""Frequencies are counted over so many years."""


def ends_of(scales: Scales) -> tuple[int, int]:
    """The lowest and the highest level of risk that a matrix has."""
    levels = [level for row in scales.record.facts.matrix for level in row.levels]
    return min(levels), max(levels)


def level_word(level: int, scales: Scales) -> str:
    """A level of risk in a word, by its place between the lowest and the highest."""
    lowest, highest = ends_of(scales)
    called = LEVEL_WORDS.get(highest - lowest + 1)
    return called[level - lowest] if called and lowest <= level <= highest else f"Level {level}"


def band(level: int, scales: Scales) -> int:
    """The colour of a level of risk, from 1 (the lowest) to 5 (the highest)."""
    lowest, highest = ends_of(scales)
    return 1 + (level - lowest) * (BANDS - 1) // max(highest - lowest, 1)


def worst_of(rating: Rating) -> Consequence:
    """The consequence that makes a level highest."""
    return max(rating.levels, key=lambda one: (rating.levels[one], rating.consequences[one]))


def product(rating: Rating) -> str:
    """What a level is made of: the level of likelihood times that of the consequence which makes it highest."""
    return f"{rating.likelihood} × {rating.consequences[worst_of(rating)]}"  # noqa: RUF001 - it is the sign


@lru_cache(maxsize=65536)
def natural(name: str) -> tuple[tuple[int, str], ...]:
    """A name as it is sorted: `R-2` before `R-10`."""
    return tuple((int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in _DIGITS.split(name))


def above_words(rating: Rating) -> str:
    """The consequences of which there is more risk than is accepted."""
    return ", ".join(CONSEQUENCES[one].lower() for one in rating.above)


def often(times: int) -> str:
    """So many times in 10,000 years, as a person says it: `once in 100 years`, `12 times a year`."""
    if times <= 0:
        return "never"
    if times < _TEN_THOUSAND:
        years, rest = divmod(_TEN_THOUSAND, times)
        years += rest * 2 >= times
        about = "about " if rest else ""
        return f"{about}once in {plural(years, 'year')}" if years > 1 else "nearly once a year"
    whole, rest = divmod(times, _TEN_THOUSAND)
    about = "about " if rest else ""
    return f"{about}once a year" if whole == 1 else f"{about}{whole:,} times a year"


def oftens(points: Points) -> str:
    """Three points of a frequency."""
    return f"{often(points.likely)} (from {often(points.low)} to {often(points.high)})"


def amounts(points: Points, unit: str) -> str:
    """Three points of a consequence, in its unit."""
    return f"{points.likely:,} {unit} (from {points.low:,} to {points.high:,})"


def amount_is(amount: int, level: int, least: Sequence[int], unit: str) -> str:
    """How a level came about: `40,000 customers off supply is level 3: from 10,000 on`."""
    return f"{amount:,} {unit} is level {level}: {_from(level, [f'{one:,}' for one in least])}"


def often_is(times: int, level: int, least: Sequence[int]) -> str:
    """How a level of likelihood came about: `once in 20 years is level 3: from once in 100 years on`."""
    return f"{often(times)} is level {level}: {_from(level, [often(one) for one in least])}"


def likelihood_levels(least: Sequence[int]) -> list[str]:
    """What each level of likelihood is, from level 1 on."""
    return _levels([often(one) for one in least], "less often than {}", "{} or more often")


def consequence_levels(least: Sequence[int], unit: str) -> list[str]:
    """What each level of a consequence is, from level 1 on."""
    return [f"{said} {unit}" for said in _levels([f"{one:,}" for one in least], "fewer than {}", "{} or more")]


def _from(level: int, least: Sequence[str]) -> str:
    """Where a level begins; the lowest takes what is below the next."""
    if level > 1:
        return f"from {least[level - 1]} on"
    return f"below {least[1]}" if len(least) > 1 else "there is no other"


def _levels(least: Sequence[str], below: str, over: str) -> list[str]:
    return [below.format(least[1]), *(over.format(one) for one in least[1:])]
