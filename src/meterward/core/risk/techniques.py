"""Techniques of ATT&CK beside a register: which its risks consider, and which no risk does."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from meterward.core.risk.register import Risk
    from meterward.core.risk.scenario import Scenario

Standing: TypeAlias = Literal["current", "deprecated", "revoked"]


class Technique(NamedTuple):
    """A technique of ATT&CK for ICS, or a mitigation: its external id, and how it stands in this version."""

    id: str
    name: str
    kind: Literal["technique", "mitigation"]
    standing: Standing
    instead: str = ""
    """The id of what took its place, if it was revoked for that."""
    mitigated_by: tuple[str, ...] = ()


class Beside(NamedTuple):
    """A technique with the risks whose scenarios name it, and the scenarios of the catalogue that do."""

    id: str
    name: str
    standing: Standing | Literal["unknown"]
    """Unknown: a scenario names it, and the file does not have it."""
    instead: str = ""
    risks: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()


class Considered(NamedTuple):
    """The techniques of one version of ATT&CK beside the register of a day."""

    by_risks: tuple[Beside, ...]
    """Current ones that some risk considers."""
    by_none: tuple[Beside, ...]
    """Current ones that no risk considers."""
    past: tuple[Beside, ...]
    """Those that some risk considers, and that are not current in the file, or not in it."""


def considered(techniques: Iterable[Technique], risks: Iterable[Risk], scenarios: Sequence[Scenario]) -> Considered:
    """Which techniques the scenarios of some risks name. A risk without a scenario considers none that can be told."""
    of_risks = _risks_by_technique(risks, {one.name: one for one in scenarios})
    of_catalogue: defaultdict[str, set[str]] = defaultdict(set)
    for one in scenarios:
        for technique in one.techniques:
            of_catalogue[technique].add(one.name)
    rows = {
        one.id: Beside(
            one.id,
            one.name,
            one.standing,
            one.instead,
            tuple(sorted(of_risks.get(one.id, ()))),
            tuple(sorted(of_catalogue.get(one.id, ()))),
        )
        for one in techniques
        if one.kind == "technique"
    }
    for missing in of_risks.keys() - rows.keys():
        named = tuple(sorted(of_catalogue[missing]))
        rows[missing] = Beside(missing, "", "unknown", "", tuple(sorted(of_risks[missing])), named)
    listed = [rows[name] for name in sorted(rows)]
    current = [one for one in listed if one.standing == "current"]
    return Considered(
        tuple(one for one in current if one.risks),
        tuple(one for one in current if not one.risks),
        tuple(one for one in listed if one.standing != "current" and one.risks),
    )


def _risks_by_technique(risks: Iterable[Risk], scenarios: Mapping[str, Scenario]) -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for risk in risks:
        scenario = scenarios.get(risk.record.facts.scenario or "")
        for technique in scenario.techniques if scenario else ():
            found[technique].add(risk.name)
    return found
