"""The index from kinds of record to the duties that read them, computed from what each duty says of its inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import all_kinds
from meterward.law.pack import kinds_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.obligations.law import Duty, Pack
    from meterward.core.records.kind import Kind
    from meterward.core.records.record import Record

_ROLES = {"proofs": "proof", "acts": "act", "triggers": "trigger", "adverse": "adverse", "mixed": "mixed"}


@dataclass(frozen=True, slots=True)
class Use:
    """A duty that reads a kind: as what (proof, act, trigger, adverse, mixed), and only where a field has a value."""

    duty: Duty
    role: str
    field: str = ""
    value: str = ""

    def reads(self, record: Record[Any]) -> bool:
        """Whether it reads this record of the kind."""
        return not self.field or str(getattr(record.facts, self.field, "")) == self.value


def uses_of(pack: Pack, kind: Kind[Any]) -> list[Use]:
    """Every duty that reads a kind, in the order of the pack."""
    return [use for duty in pack.duties for use in _uses(duty, kind)]


def clauses_of(pack: Pack, kind: Kind[Any]) -> list[str]:
    """The clauses that read a kind."""
    return list(dict.fromkeys(use.duty.clause for use in uses_of(pack, kind)))


def find_kind(name: str) -> Kind[Any] | Problem:
    """A kind by its name."""
    kind = all_kinds().get(name)
    if kind is None:
        return Problem(Code.KIND_UNKNOWN, f"No kind is called “{name}”.", f"The kinds are: {', '.join(all_kinds())}.")
    return kind


def _uses(duty: Duty, kind: Kind[Any]) -> Iterator[Use]:
    for name, role in _ROLES.items():
        for selector in getattr(duty.inputs, name):
            if kind.name in kinds_of(selector):
                field, _, value = selector.partition("?")[2].partition("=")
                yield Use(duty, role, field, value)
