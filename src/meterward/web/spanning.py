"""Two moments that somebody compares: those that were asked about, or else the usual ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.problem import Problem
from meterward.web.comparing import in_full, presets
from meterward.web.moments import Moment, moment_of, typed_in
from meterward.web.shell import first_day, last_audit
from meterward.wiring import today
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Mapping


class Span(NamedTuple):
    """From one moment to another."""

    start: Moment
    end: Moment


def span_of(query: Mapping[str, str], ledger: str) -> tuple[Span | None, dict[str, Any]]:
    """What is compared, and what the form `between.html` shows of it; nothing if what was asked cannot be read."""
    head = installation().ledgers.head(ledger)
    offered = presets(today(), head.size if head else 0, last_audit(ledger, today()), first_day(ledger))
    start, end = offered[0].start, offered[0].end
    if any(name.startswith(("from_", "to_")) for name in query):
        first, second = moment_of(query, "from_"), moment_of(query, "to_")
        if isinstance(first, Problem) or isinstance(second, Problem):
            wrong = [one for one in (first, second) if isinstance(one, Problem)]
            return None, {"offered": offered, "problems": wrong, "typed": typed_in(query)}
        start, end = first, second
    spoken = in_full(start), in_full(end)
    return Span(start, end), {"offered": offered, "start": start, "end": end, "spoken": spoken}
