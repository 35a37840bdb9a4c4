"""Why an outcome is what it is, where neither its records nor the steps below say so."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Reason(StrEnum):
    """The reasons that a remark gives."""

    CLAIMED = "claimed"
    NOT_ENTITLED = "not-entitled"
    """Whoever judged may not judge this."""
    UNGROUNDED = "ungrounded"
    """The reasons of a judgement leave out something that they must speak to."""
    LAPSED = "lapsed"
    """The proof has ended."""
    ABSENT = "absent"
    """A version lacks what it must contain."""
    UNCOVERED = "uncovered"
    """No version is in effect."""
    IN_PART = "in-part"
    """Only a part or a summary was put before somebody."""
    NOT_SENIOR = "not-senior"
    """Nobody named is recorded as a senior manager."""
    TIED = "tied"
    """Whoever is to be independent told of ties."""
    UNKNOWN_EDITION = "unknown-edition"


class Remark(NamedTuple):
    """A reason, and how it is told in a sentence."""

    reason: Reason
    words: str

    def __str__(self) -> str:
        """The remark for people."""
        return self.words
