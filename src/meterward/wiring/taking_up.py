"""Take up scenarios: each becomes a risk of the register, all of them in one append or none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Problem
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import risk_identified
from meterward.core.risk.register import RISK
from meterward.usecases.compose_line import Author, compose_line
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.installed import Underway, installation
from meterward.wiring.looking import ties_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from meterward.core.records.roles import Role
    from meterward.core.risk.proposals import Proposal
    from meterward.usecases.append_record import Appended
    from meterward.usecases.compose_line import Typed
    from meterward.usecases.ports import PersonKept

MOST_ELEMENTS = 300
"""A risk names so many elements; one that can happen to more is a risk of the system as a whole."""
_NUMBERED = re.compile(rf"{RISK}R-(\d{{1,8}})")


def typed_of(proposal: Proposal, name: str, licences: Iterable[str]) -> dict[str, Typed]:
    """What the form of a risk has in it that takes up a scenario."""
    scenario, elements = proposal.scenario, sorted(proposal.elements)
    facts: dict[str, Typed] = {
        "label": scenario.title,
        "scenario": scenario.name,
        "consequences": [str(one) for one in scenario.consequences],
        "elements": {str(place): one for place, one in enumerate(elements)} if len(elements) <= MOST_ELEMENTS else {},
    }
    header: dict[str, Typed] = {"subject": name, "occurred": today().isoformat(), "licences": [*licences]}
    text: dict[str, Typed] = {"story": scenario.story, "sources": "; ".join(scenario.provenance)}
    return {"statement": header, "facts": facts, "text": text}


def new_names(ledger: str, count: int) -> list[str] | Problem | Underway:
    """So many names that no risk has had: R-1, or what comes after the last that is numbered so."""
    ties = ties_of(ledger)
    if isinstance(ties, Problem | Underway):
        return ties
    numbers = [int(found[1]) for name, _ in ties.subjects() if (found := _NUMBERED.fullmatch(name))]
    last = max(numbers, default=0)
    return [f"{RISK}R-{last + place:02d}" for place in range(1, count + 1)]


def take_up(
    ledger: str, typed: Sequence[dict[str, Typed]], by: tuple[PersonKept, Role], key: str
) -> Appended | list[Problem]:
    """Append all of them as risks in one act, or say what stands against it."""
    person, role = by
    head = installation().ledgers.head(ledger)
    author = Author(Actor(person.pseudonym, role, person.organisation), head.keeper if head else "")
    lines = [compose_line(risk_identified.KIND, one, author, (fresh_salt(), fresh_salt())) for one in typed]
    return append(ledger, lines, key)
