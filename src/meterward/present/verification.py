"""The steps of a verification as pages and scripts have them, and the mark of what came of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.bundle.steps import Outcome
from meterward.present.marks import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meterward.core.bundle.steps import Step

STEP_MARKS: Mapping[Outcome, Mark] = {
    Outcome.PASSED: Mark("✓", "green", "met"),
    Outcome.FAILED: Mark("✗", "bold red", "breached"),
    Outcome.NOT_CHECKED: Mark("?", "bold red", "unknown"),
    Outcome.NOTHING: Mark("○", "dim", "none"),
    Outcome.PARTIAL: Mark("◐", "bold yellow", "late"),
}


def steps_told(steps: Iterable[Step], most: int | None = None) -> list[dict[str, Any]]:
    """Each step with its number and what came of it, and the items that are wrong or unusual, so many at most."""
    return [
        {
            "number": step.number,
            "title": step.title,
            "outcome": step.found.outcome.value,
            "says": step.found.says,
            "items": [*step.found.items][:most],
        }
        for step in steps
    ]
