"""Kinds of record in plain words: what each is called, where it belongs, and how roles, choices and names read."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.kinds import all_kinds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.records.kind import Kind

_TITLES = {
    "access.granted": "Access given to somebody from outside",
    "assessment.completed": "Risk assessment completed",
    "action.assessed": "Effect of an action checked",
    "audit.answered": "Auditors' request answered",
    "audit.asked": "Auditors' request for evidence",
    "audit.engaged": "Auditors engaged",
    "audit.reported": "Audit report",
    "audit.scoped": "Plan and scope of an audit",
    "finding.made": "Finding of the auditors",
    "independence.declared": "Auditors' independence declared",
    "paper.filed": "Working paper filed",
    "report.commented": "Draft report checked for its facts",
    "sample.drawn": "Sample drawn",
    "test.performed": "Test performed",
    "auditor.recognised": "Auditor's recognition",
    "bundle.taken": "Bundle verified and taken in",
    "case.opened": "Enforcement case opened",
    "licensee.listed": "Licensee listed",
    "case.noted": "Note in an enforcement case",
    "case.closed": "Enforcement case closed",
    "checkpoint.stamped": "Checkpoint time-stamped",
    "coverage.measured": "Coverage of the premises measured",
    "delivery.confirmed": "Delivery to another ledger proved",
    "date.determined": "Day on which the law depends",
    "delegation.given": "Role delegated",
    "direction.answered": "Requirement of a direction complied with",
    "direction.drafted": "Direction drafted",
    "direction.agreed": "Draft of a direction agreed",
    "direction.questioned": "Direction questioned",
    "direction.advised": "Advice on a direction",
    "direction.progressed": "Report on a direction",
    "element.declared": "Element of the system declared",
    "system.described": "Part of the system described",
    "contract.agreed": "Contract about elements of the system",
    "acceptance.tested": "Delivery tested against its contract",
    "rollout.planned": "Trajectory of the roll-out planned",
    "context.established": "Context of risk assessment established",
    "risk.identified": "Risk identified",
    "risk.estimated": "Risk estimated",
    "scenario.dismissed": "Scenario not taken up",
    "measure.planned": "Measure planned",
    "measure.progressed": "Progress of a measure",
    "assessment.reviewed": "Risk assessment looked at again",
    "threats.matched": "Threats matched with the system",
    "match.settled": "Match with a threat settled",
    "design.adopted": "Solution design adopted",
    "evidence.read": "Evidence read",
    "glass.broken": "Glass broken: a role taken in an emergency",
    "glass.reviewed": "Broken glass reviewed",
    "key.introduced": "Key that signs introduced",
    "ledger.loss_accepted": "Loss of entries accepted",
    "ledger.opened": "Ledger opened",
    "licence.held": "Licence held",
    "management.considered": "Considered by senior management",
    "management.informed": "Brought to senior management",
    "need.determined": "Need for people or sites",
    "pack.adopted": "Law pack and parameters adopted",
    "record.ended": "End of a record's effect",
    "record.withdrawn": "Record withdrawn as an error",
    "role.appointed": "Role appointed",
    "standard.assessed": "Conformity with the standard assessed",
    "state.evidenced": "Finding: what holds or has failed",
}
_DOMAINS = (
    ("System and controls", "state element system standard contract acceptance rollout coverage"),
    ("Risk", "context assessment risk scenario measure design threats match need"),
    ("Policy and senior management", "policy management judgement"),
    ("Incidents and actions", "incident action"),
    ("Audits", "audit auditor independence sample paper test finding report recommendation"),
    ("Directions and evidence", "direction document evidence bundle delivery"),
    ("Enforcement", "case"),
    ("Licence, law and people", "licence date pack role access delegation glass"),
    ("Records about records", "record ledger key"),
)
_WORDS = {
    "secretary_of_state": "the Secretary of State",
    "authority": "the Authority",
    "iso27001": "ISO 27001",
    "sec_go_live": "Go Live of the Code",
    "never-happened": "it never happened",
    "wrong-subject": "it names the wrong subject",
    "wrong-licensee": "it is about another licensee",
    "true": "yes",
    "false": "no",
    "system": "the Supplier End-to-End System as a whole",
    "licensee": "the licensee itself",
    "good_practice": "risk assessment and solution design follow good practice and are appropriate",
    "risks_determined": "the risks were properly determined",
    "measures_treat": "the measures treat them to the desired level",
    "isms_commensurate": "the ISMS is commensurate with the risks",
    "plan_carried_out": "the plan that senior management set is appropriate and carried out",
    "not_formed": "could not be formed",
}


class Domain(NamedTuple):
    """Some kinds that belong together, by name."""

    title: str
    kinds: tuple[str, ...]


def title_of(kind: str) -> str:
    """A kind in plain words."""
    return _TITLES.get(kind) or kind.replace(".", " ").replace("_", " ").capitalize()


def says_of(kind: Kind[Any]) -> str:
    """What a kind is, in a sentence."""
    return f"{kind.summary.partition('. ')[0].removesuffix('.')}."


def kinds_titled(text: object) -> str:
    """What an explanation or a refusal says, each kind in it by its title: “Finding” for `state.evidenced`."""
    return _any_kind().sub(lambda found: f"“{title_of(found[0]).partition(':')[0]}”", str(text))


@cache
def _any_kind() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w./-])(?:{'|'.join(map(re.escape, all_kinds()))})(?![\w/-]|\.\w)")


def words(value: str) -> str:
    """A choice, a role or a field's name as a person reads it."""
    return _WORDS.get(value) or value.replace("_", " ")


def domains() -> Iterator[Domain]:
    """Every kind, by where it belongs; one of an unknown family stands in the last."""
    families = [set(names.split()) for _, names in _DOMAINS]
    known = set[str]().union(*families)
    for place, (title, _) in enumerate(_DOMAINS):
        last = place == len(_DOMAINS) - 1
        here = (one.family in families[place] or (last and one.family not in known) for one in all_kinds().values())
        yield Domain(title, tuple(name for name, is_here in zip(all_kinds(), here, strict=True) if is_here))
