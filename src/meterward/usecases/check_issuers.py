"""Check that regulators issue in their own names, alone or with the other, and what was drafted once.

As the separation of duties is, this is asked once, at the append; what is in a ledger already is never refused by it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.records.effective import effective
from meterward.core.records.kinds import direction_drafted, direction_issued, evidence_requested
from meterward.core.records.record import NO_LINKS
from meterward.core.records.roles import ISSUING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.records.record import Record
    from meterward.usecases.check_appended import Earlier, Further

_NAMED = {
    direction_issued.KIND.name: "issuers",
    direction_drafted.KIND.name: "issuers",
    evidence_requested.KIND.name: "by",
}
"""The fact that says in whose name something is issued, of the kinds that say it."""


def check_issuers(further: Further, earlier: Earlier) -> Iterator[tuple[int, Problem]]:
    """What stands against some further records, each problem with the record's place."""
    for place, record in enumerate(further.records):
        if problem := _in_anothers_name(record) or _issued_already(record, further, earlier):
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


def _issued_already(record: Record[Any], further: Further, earlier: Earlier) -> Problem | None:
    """A draft becomes one direction, whichever of its issuers is first; nobody is directed twice to do the same."""
    kind = direction_issued.KIND
    if record.kind is not kind or record.links is not NO_LINKS or record.facts is None or not record.facts.draft:
        return None
    there = {one.id: one for one in (*earlier((kind.name,), ()), *further.records)}
    said = effective(there.values())
    of_it = [one for one in said.records if one.kind is kind and one.facts and one.facts.draft == record.facts.draft]
    first = next((one for one in of_it if one.index < record.index and not said.end(one)), None)
    if first is None:
        return None
    message = f"{record.facts.draft} was issued already: it is {first.subject}."
    return Problem(Code.SUBJECT_TAKEN, message, "Look at that; amend it, or draft another.", "facts.draft")
