"""What takes a second factor of what somebody is about to say: weighty acts, and taking back what was one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from meterward.core.access import not_weighty
from meterward.core.records.kinds import all_kinds
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.access import Caller
    from meterward.core.base.canonical import Json
    from meterward.core.base.problem import Problem
    from meterward.core.records.kind import Kind
    from meterward.usecases.append_record import Line


def said_weakly(ledger: str, lines: Sequence[Line], caller: Caller) -> list[Problem]:
    """What stands against appending lines for a caller who showed no second factor, such as a token."""
    if caller.strong:
        return []
    return [
        replace(problem, line=number if len(lines) > 1 else 0)
        for number, line in enumerate(lines, 1)
        for problem in not_weighty(caller, line.get("statement"), _acted_on(ledger, line.get("statement")))
    ]


def _acted_on(ledger: str, statement: Json) -> Kind[Any] | None:
    """The kind of the record that a statement takes back or ends, if it is one that does."""
    said = cast("Mapping[str, Json]", statement) if isinstance(statement, dict) else {}
    kind = all_kinds().get(str(said.get("kind")))
    target = said.get(kind.needs_link) if kind and kind.needs_link else None
    old = next(iter(installation().ledgers.lines_of(ledger, [target])), None) if isinstance(target, str) else None
    return all_kinds().get(str(cast("Mapping[str, Json]", old["statement"])["kind"])) if old else None
