"""Check that regulators issue directions and requests in their own names, alone or with the other.

As the separation of duties is, this is asked once, at the append; what is in a ledger already is never refused by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import direction_drafted, direction_issued, evidence_requested
from meterward.core.records.roles import ISSUING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.records.record import Record
    from meterward.usecases.check_appended import Further

_NAMED = {
    direction_issued.KIND.name: "issuers",
    direction_drafted.KIND.name: "issuers",
    evidence_requested.KIND.name: "by",
}
"""The fact that says in whose name something is issued, of the kinds that say it."""


def check_issuers(further: Further) -> Iterator[tuple[int, Problem]]:
    """What stands against some further records, each problem with the record's place."""
    for place, record in enumerate(further.records):
        if problem := _in_anothers_name(record):
            yield place, problem


def _in_anothers_name(record: Record[Any]) -> Problem | None:
    """A licensee tells of whoever directed it; a regulator that does not name itself speaks for the other."""
    organisation, name = record.actor.organisation, _NAMED.get(record.kind.name)
    if name is None or record.facts is None or organisation not in ISSUING.values():
        return None
    issuers = [ISSUING[one] for one in getattr(record.facts, name)]
    if not issuers or organisation in issuers:
        return None
    message = f"It is said by {organisation}, in the name of {', '.join(issuers)} alone."
    hint = f"Name {organisation} too, or let the other say it."
    return Problem(Code.ROLE_NOT_ENTITLED, message, hint, f"facts.{name}")
