"""Working days: Monday to Friday less the bank holidays of a calendar that is data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meterward.core.base.days import DAY

if TYPE_CHECKING:
    from datetime import date

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """A calendar of bank holidays, complete from `first` to `last` (both inclusive)."""

    first: date
    last: date
    holidays: frozenset[date]

    def is_working(self, day: date) -> bool:
        """Whether business is done on that day. Outside the calendar only the weekends are known."""
        return day.weekday() < _SATURDAY and day not in self.holidays

    def after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`."""
        while count:
            day += DAY
            count -= self.is_working(day)
        return day
