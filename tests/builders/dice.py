"""Choices drawn from one number: zero always picks what comes first, so what Hypothesis shrinks becomes plain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


@dataclass(slots=True)
class Dice:
    """A number that is used up, choice by choice; a used-up one picks what comes first."""

    number: int

    def pick(self, options: Sequence[T]) -> T:
        """One of some options."""
        self.number, place = divmod(self.number, len(options))
        return options[place]

    def often(self) -> bool:
        """True four times in five."""
        return self.pick((True, True, True, True, False))

    def some(self, options: Sequence[T]) -> list[T]:
        """All of some options for the most part, else one of them or none."""
        return self.pick((list(options), list(options), list(options), [self.pick(options)], []))
