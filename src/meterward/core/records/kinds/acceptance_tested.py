"""`acceptance.tested`: whether what was delivered meets the security requirements of its contract."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.records.kind import Kind, Unmet, needs_file
from meterward.core.records.roles import PERSONNEL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen


class Tested(NamedTuple):
    """How one requirement came out."""

    requirement: Annotated[str, "Its name in the contract."]
    outcome: Annotated[Literal["passed", "failed"], "How it came out."]


class AcceptanceTested(NamedTuple):
    """What was delivered under a contract was tested against its security requirements. A later test counts instead."""

    delivery: Annotated[str, "What was tested, by name: a model, a firmware, a release."]
    results: Annotated[tuple[Tested, ...], "The requirements that were tested, each with its outcome."]
    accepted: Annotated[bool, "Whether the delivery was accepted."]


def results_once(seen: Seen[AcceptanceTested]) -> Iterable[Unmet]:
    """There is a result, and one for each requirement."""
    names = [one.requirement for one in seen.facts.results]
    if not names:
        yield Unmet("facts.results", "The list is empty.", "Name at least one requirement that was tested.")
    for place, name in enumerate(names):
        if name in names[:place]:
            yield Unmet(
                f"facts.results[{place}].requirement",
                f"A requirement stands there twice: {name}.",
                "Give one outcome of each.",
            )


def failure_accepted_for_a_reason(seen: Seen[AcceptanceTested]) -> Iterable[Unmet]:
    """What failed is accepted for a reason."""
    failed = any(one.outcome == "failed" for one in seen.facts.results)
    if failed and seen.facts.accepted and "note" not in seen.texts:
        yield Unmet("text.note", "It is missing, but something that failed was accepted.", "Say why, and what is done.")


KIND = Kind(
    name="acceptance.tested",
    facts=AcceptanceTested,
    by=PERSONNEL,
    text={"note": "How it was tested; and why it was accepted, if something failed."},
    about=("contract",),
    document=True,
    constraints=(results_once, failure_accepted_for_a_reason, needs_file("the test has a report")),
    example={
        "delivery": "meter-e1/fw-2.4",
        "results": [{"requirement": "encryption", "outcome": "passed"}],
        "accepted": True,
    },
)
