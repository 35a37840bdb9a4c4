"""The steps of a verification: a numbered list that fails closed.

A step passes, fails, or could not be checked, because what it needs was not there or had failed; the last is never a
pass. Where a bundle has nothing that a step could be about, and nobody asked for it, the step says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Outcome(StrEnum):
    """What came of a step."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_CHECKED = "could not be checked"
    NOTHING = "nothing to check"
    PARTIAL = "partial"
    """It holds as far as it could be checked; on the rest nobody can tell, since facts were withheld."""


class Found(NamedTuple):
    """What came of a step, what it comes to in a sentence, and the items that are wrong, by name."""

    outcome: Outcome
    says: str
    items: Sequence[str] = ()


class Step(NamedTuple):
    """A step that was taken: its number and title, and what came of it."""

    number: int
    title: str
    found: Found


def passed(says: str) -> Found:
    """It holds."""
    return Found(Outcome.PASSED, says)


def failed(says: str, *items: str) -> Found:
    """It does not hold."""
    return Found(Outcome.FAILED, says, items)


def verified(steps: Sequence[Step]) -> bool:
    """Whether all that was to be checked was, and holds."""
    outcomes = {step.found.outcome for step in steps}
    return Outcome.PASSED in outcomes and outcomes <= {Outcome.PASSED, Outcome.NOTHING}


def verified_in_part(steps: Sequence[Step]) -> bool:
    """Whether all holds that could be checked, and the rest was withheld. That is not `verified`."""
    outcomes = {step.found.outcome for step in steps}
    return Outcome.PARTIAL in outcomes and outcomes <= {Outcome.PASSED, Outcome.NOTHING, Outcome.PARTIAL}
