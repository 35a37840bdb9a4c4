"""When something is due: a limit of the law pack, counted from the day on which the clock starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.days import DAY, add_months
from meterward.core.obligations.law import Due, Limit

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.matter import Matter


def due_after(clock: date, due: Due, ask: Ask) -> date:
    """The last day on which something is in time."""
    count = int(ask.parameters[due.parameter]) if due.parameter else due.count
    if due.unit is Limit.MONTHS:
        return add_months(clock, count)
    if due.unit is Limit.WORKING_DAYS:
        return ask.working_days.after(clock, count)
    return clock + count * DAY


def limited(matter: Matter, due: Due | None, ask: Ask) -> Matter:
    """A matter with the law's limit, unless an instrument set a limit of its own, or nobody did."""
    if matter.due is not None or due is None:
        return matter
    return matter._replace(due=due_after(matter.clock or matter.opened, due, ask), source=due.source)
