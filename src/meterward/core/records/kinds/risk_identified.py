"""`risk.identified`: a risk enters the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet, distinct
from meterward.core.records.roles import AUDITORS, PERSONNEL
from meterward.core.records.terms import Consequence
from meterward.core.records.values import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class RiskIdentified(NamedTuple):
    """A risk to the Supplier End-to-End System: a scenario, the elements that it can happen to, what it can come to.

    It stays in the register until its record is ended, which says why.
    """

    label: Annotated[Label, "What it is called."]
    consequences: Annotated[tuple[Consequence, ...], "What it can come to."]
    scenario: Annotated[str | None, "The scenario of the catalogue that it follows, if it follows one."] = None
    elements: Annotated[
        tuple[str, ...], Ref(("element",)), "The elements that it can happen to. None: the system as a whole."
    ] = ()
    owner: Annotated[str | None, "Who answers for it, by pseudonym."] = None


def some_consequence(seen: Seen[RiskIdentified]) -> Iterable[Unmet]:
    """A risk comes to something."""
    if not seen.facts.consequences:
        yield Unmet("facts.consequences", "The list is empty.", "Name at least one thing that it can come to.")


def named_plainly(seen: Seen[RiskIdentified]) -> Iterable[Unmet]:
    """Assessments and treatments name a risk by what stands after `risk/`."""
    if seen.subject.count("/") != 1:
        yield Unmet("statement.subject", f"It is “{seen.subject}”.", "Write a name such as risk/R-07.")


KIND = Kind(
    name="risk.identified",
    facts=RiskIdentified,
    by=(*PERSONNEL, *AUDITORS),
    text={"story": "How it can come about, and what makes it likely or bad.", "sources": "What this rests on."},
    introduces="risk",
    lasting=True,
    renewed=True,
    links=("corrects", "replaces"),
    constraints=(some_consequence, named_plainly, distinct("consequences"), distinct("elements")),
    example={
        "label": "Remote disconnection of many customers at once",
        "consequences": ["supply", "reputation"],
        "scenario": "mass-disconnection",
        "elements": ["element/1"],
    },
)
