"""How well something is shown, and what each strength asks of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.kind import Unmet, needs_file
from meterward.core.records.roles import AUDITORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


shown_unless_claimed = needs_file("only a claim needs no proof", unless=lambda facts: facts.strength == "claimed")


def audited_by_auditor(seen: Seen[Any]) -> Iterable[Unmet]:
    """Only an auditor can say that something was audited."""
    if seen.facts.strength == "audited" and seen.actor.role not in AUDITORS:
        yield Unmet(
            "facts.strength",
            f"{seen.actor.role} says that it was audited.",
            "Only an auditor's record can; use evidenced or checked.",
        )
