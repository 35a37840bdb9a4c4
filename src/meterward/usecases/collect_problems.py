"""Collect problems: the first hundred, and how many more there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.days import plural
from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST = 100
"""So many problems are listed; a file with more is most often of another kind, or wants another mapping."""


class Problems:
    """Problems as they are found, in bounded memory."""

    def __init__(self) -> None:
        self.kept: list[Problem] = []
        self.count = 0

    def add(self, problem: Problem) -> None:
        """Keep one more, or count it."""
        self.count += 1
        if not self.is_full:
            self.kept.append(problem)

    @property
    def is_full(self) -> bool:
        """Whether one more would only be counted."""
        return len(self.kept) >= MOST

    def told(self) -> list[Problem]:
        """Those kept, and in the end how many there are beyond them; empty if there is none."""
        more = self.count - len(self.kept)
        if not more:
            return self.kept
        message = f"There {'is' if more == 1 else 'are'} {plural(more, 'more problem')}."
        return [*self.kept, Problem(Code.INVENTORY_MORE, message, "Mend those above, and read the file again.")]


def first(problems: Iterable[Problem]) -> list[Problem]:
    """The first hundred of some problems, and how many more there are."""
    found = Problems()
    for problem in problems:
        found.add(problem)
    return found.told()
