"""What a licensee does about those who deliver and operate its system."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.builders.act import Act
    from tests.builders.lines import Draft


def _contract(act: Act) -> Draft:
    asked = [{"name": name} for name in act.dice.some(("encryption", "patching"))]
    elements, last = [act.known("element")], act.day(100, 400)
    return act.draft(
        "contract.agreed",
        act.new("contract"),
        party="carrier-a",
        elements=elements,
        requirements=asked,
        first=act.day(0, 30, -60),
        last=act.dice.pick((None, last)),
    )


def _acceptance(act: Act) -> Draft:
    outcome = "passed" if act.dice.often() else "failed"
    results = [{"requirement": "encryption", "outcome": outcome}]
    return act.draft(
        "acceptance.tested", act.known("contract"), delivery="release-1", results=results, accepted=outcome == "passed"
    )


SYSTEM_ACTS: Mapping[str, Callable[[Act], Draft | list[Draft]]] = {
    "contract.agreed": _contract,
    "acceptance.tested": _acceptance,
}
"""By kind."""
