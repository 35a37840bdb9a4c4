"""Coverage in words, alike in a terminal and on a page: what is counted, which share it is, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.days import in_words, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.records.kinds.coverage_measured import CoverageMeasured
    from meterward.usecases.ports.tables import Counted, Coverage

ROWS = (
    ("Premises supplied", "premises", ""),
    ("one metering system", "with_one", "premises"),
    ("none", "with_none", "premises"),
    ("two or more", "with_several", "premises"),
    ("Metering systems in scope", "in_scope", ""),
    ("supplying nobody", "supplying_nobody", "in_scope"),
)
"""What is counted: how it is called, its name, and of what it is a share."""
_MEANINGS = (
    ("with_none", "None: they are supplied, and the inventory has no metering system there that could be secured."),
    ("with_several", "Two or more: an exchange whose removal was not entered, or a meter entered twice."),
    ("supplying_nobody", "Supplying nobody: no premises, or premises that are not supplied with its fuel on the day."),
)
TWICE = "Premises supplied with both fuels count once for each."
FUELS = {"both": "Both fuels", "gas": "Gas", "electricity": "Electricity"}


def share(count: int, whole: int) -> str:
    """A share in percent, rounded down: what is not quite all never reads as 100 %, nor something as nothing."""
    if not whole:
        return ""
    tenths = count * 1_000 // whole
    return "< 0.1 %" if count and not tenths else f"{tenths // 10}.{tenths % 10} %"


def meanings(found: Coverage) -> Iterator[str]:
    """What figures that were just counted mean, as far as there is something to say."""
    yield from gaps_mean(found.whole)
    for count, what in ((found.doubled, "the same spell twice"), (found.overlapping, "spells that overlap")):
        if count:
            yield f"The feed has {what} for {count:,} premises on this day; each counts once."


def gaps_mean(counts: Counted | CoverageMeasured) -> Iterator[str]:
    """What each gap means, of those that there are."""
    return (says for name, says in _MEANINGS if getattr(counts, name))


def sentence(facts: CoverageMeasured) -> str:
    """What was counted, in one sentence."""
    fuel = "" if facts.fuel == "both" else f" with {facts.fuel}"
    nobody = plural(facts.supplying_nobody, "metering system")
    return (
        f"On {in_words(facts.as_at)}, {facts.with_one:,} of {facts.premises:,} premises supplied{fuel} had one "
        f"metering system in scope, {facts.with_none:,} had none, {facts.with_several:,} had two or more, and {nobody} "
        "supplied nobody."
    )
