"""The steps of a verification, as a person reads them at a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from meterward.core.bundle.steps import Outcome
from meterward.present.phrases import clean
from meterward.present.verification import STEP_MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from meterward.core.bundle.steps import Step

_UNUSUAL = "yellow"
_WHAT_TO_DO = "Rely on nothing in it. Get it again from whoever made it; if it is the same then, ask them why."


def show_steps(on: Console, steps: Sequence[Step]) -> None:
    """Show each step with its number and what came of it, and the items that are wrong or unusual by name."""
    for step in steps:
        shape, style, _ = STEP_MARKS[step.found.outcome]
        on.print(Text(f"{step.number:>2} {shape} ", style) + Text(step.title), soft_wrap=True)
        if step.found.says:
            on.print(Text(f"     {clean(step.found.says)}", "dim"), soft_wrap=True)
        for item in step.found.items:
            on.print(
                Text(f"     · {clean(item)}", _UNUSUAL if step.found.outcome is Outcome.PASSED else style),
                soft_wrap=True,
            )


def not_verified(steps: Sequence[Step]) -> str:
    """Which step did not pass first, one that failed before one that could not be checked, and what to do."""
    wrong = [step for step in steps if step.found.outcome is Outcome.FAILED] or steps
    first = next(step for step in wrong if step.found.outcome in (Outcome.FAILED, Outcome.NOT_CHECKED))
    if first.found.outcome is Outcome.FAILED:
        return f"Not verified: step {first.number} failed. {_WHAT_TO_DO}"
    return f"Not verified: step {first.number} could not be checked."
