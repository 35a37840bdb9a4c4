"""Two days of the register side by side: what came and went, and what is more or less of a risk now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.risk.register import Rated

if TYPE_CHECKING:
    from collections.abc import Iterable


class Moved(NamedTuple):
    """A risk that both days have, as it stood on each."""

    before: Rated
    after: Rated


class Compared(NamedTuple):
    """What differs between two days, each by name."""

    new: tuple[Rated, ...]
    gone: tuple[Rated, ...]
    up: tuple[Moved, ...]
    """A higher level than before, or the first."""
    down: tuple[Moved, ...]
    """A lower level than before, or none any more."""
    above_before: tuple[str, ...]
    """The risks above appetite on each day."""
    above_after: tuple[str, ...]
    same: int
    """How many of both days have the level that they had."""

    @property
    def came_above(self) -> tuple[str, ...]:
        """Those above appetite that were not."""
        before = frozenset(self.above_before)
        return tuple(one for one in self.above_after if one not in before)

    @property
    def left_above(self) -> tuple[str, ...]:
        """Those that were above appetite and are not."""
        after = frozenset(self.above_after)
        return tuple(one for one in self.above_before if one not in after)


def compare(before: Iterable[Rated], after: Iterable[Rated]) -> Compared:
    """What differs between the registers of two days."""
    old, now = ({one.risk.name: one for one in side} for side in (before, after))
    both = [Moved(old[name], one) for name, one in now.items() if name in old]
    up = tuple(one for one in both if level(one.after) > level(one.before))
    down = tuple(one for one in both if level(one.after) < level(one.before))
    return Compared(
        tuple(one for name, one in now.items() if name not in old),
        tuple(one for name, one in old.items() if name not in now),
        up,
        down,
        above(old.values()),
        above(now.values()),
        len(both) - len(up) - len(down),
    )


def level(rated: Rated) -> int:
    """The level of a risk; 0 if it is not rated."""
    return rated.residual.level if rated.residual else 0


def above(register: Iterable[Rated]) -> tuple[str, ...]:
    """The names of the risks above appetite, as assessments write them."""
    return tuple(one.risk.short for one in register if one.residual and one.residual.above)
