"""Strands by the month in which they begin: one more makes its own month again, and the others stay as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from meterward.core.facts.matter import Matter
from meterward.core.obligations.strand import Outlook, answered_before, followed, of_judged, outlook, retire

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.facts.fact import Judged
    from meterward.core.facts.reader import Reader
    from meterward.core.obligations.strand import Strand

P = TypeVar("P")
T = TypeVar("T")


class _Month(NamedTuple):
    matters: Sequence[Matter]
    retired: Sequence[Matter]
    outlook: Outlook


@dataclass(frozen=True, slots=True)
class Blocks:
    """Where the blocks of one duty are kept; the key has whatever they depend on besides what lies in them."""

    read: Reader
    key: Hashable

    def of_judgements(self, judgements: Sequence[Judged]) -> list[Outlook]:
        """Questions of judgement, in their order."""

        def make(block: Sequence[Judged]) -> Outlook:
            return outlook([of_judged(judged) for judged in block])

        return self._by_month("judged", judgements, lambda judged: judged.first, make)

    def of_matters(
        self, matters: Sequence[Matter], limit: Callable[[Matter], Matter], strand_of: Callable[[Matter], Strand]
    ) -> tuple[list[Outlook], Outlook]:
        """Matters with their limits, in order; and what was answered before, for what is answered goes to history."""

        def make(block: Sequence[tuple[Matter, date]]) -> _Month:
            limited = [(limit(matter), following) for matter, following in block]
            retired = retire(limited)
            made = outlook([strand_of(matter) for matter in retired], retired)
            return _Month([matter for matter, _ in limited], retired, made)

        months = self._by_month("matters", followed(matters), lambda one: one[0].opened, make)
        there = [matter for month in months for matter in month.matters]
        retired = [matter for month in months for matter in month.retired]
        return [month.outlook for month in months], answered_before(there, retired)

    def _by_month(
        self, name: str, parts: Sequence[P], day_of: Callable[[P], date], make: Callable[[Sequence[P]], T]
    ) -> list[T]:
        """What is made of each run of parts of one month: made again only if the parts are not those of last time."""
        runs: Counter[tuple[int, int]] = Counter()
        found: list[T] = []
        for month, run in groupby(parts, key=lambda part: (day_of(part).year, day_of(part).month)):
            runs[month] += 1
            found.append(self.read.same((self.key, name, month, runs[month]), tuple(run), make))
        return found
