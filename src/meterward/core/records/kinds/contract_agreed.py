"""`contract.agreed`: what a vendor or operator agreed to about security, and for which elements."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.fields import Ref
from meterward.core.records.kind import Kind, Unmet, distinct
from meterward.core.records.roles import PERSONNEL
from meterward.core.records.values import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class Requirement(NamedTuple):
    """A security requirement of a contract."""

    name: Annotated[str, "Its name within the contract."]
    says: Annotated[Label | None, "What it asks for, in a line."] = None


class ContractAgreed(NamedTuple):
    """A contract with a vendor or an operator, as far as it is about the security of elements of the system."""

    party: Annotated[str, "The organisation."]
    elements: Annotated[tuple[str, ...], Ref(("element",)), "The elements that it is about."]
    requirements: Annotated[tuple[Requirement, ...], "The security requirements that it makes; an empty list: none."]
    first: Annotated[date, "First day on which it binds."]
    last: Annotated[date | None, "Last day, if it names one."] = None
    may_audit: Annotated[bool, "Whether the licensee may audit the other side, or have it audited."] = False
    notice_hours: Annotated[int | None, "Within how many hours the other side tells of an incident."] = None


def named_once(seen: Seen[ContractAgreed]) -> Iterable[Unmet]:
    """Each requirement has a name of its own."""
    names = [one.name for one in seen.facts.requirements]
    for place, name in enumerate(names):
        if name in names[:place]:
            yield Unmet(
                f"facts.requirements[{place}].name", f"A requirement stands there twice: {name}.", "Name each once."
            )


def in_time(seen: Seen[ContractAgreed]) -> Iterable[Unmet]:
    """It does not end before it begins."""
    if seen.facts.last and seen.facts.last < seen.facts.first:
        hint = "The last day is on or after the first."
        yield Unmet("facts.last", f"{seen.facts.last} is before {seen.facts.first}.", hint)


KIND = Kind(
    name="contract.agreed",
    facts=ContractAgreed,
    by=PERSONNEL,
    text={"note": "What else it says of security, and what it leaves open."},
    introduces="contract",
    document=True,
    lasting=True,
    links=("corrects", "replaces"),
    constraints=(named_once, in_time, distinct("elements")),
    example={
        "party": "carrier-a",
        "elements": ["element/1"],
        "requirements": [{"name": "encryption", "says": "Every link is encrypted."}],
        "first": "2013-03-04",
        "may_audit": True,
    },
)
