"""Corrections, withdrawals, ends and replacements of what was recorded before."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from meterward.core.records.kinds import all_kinds
from tests.builders.assurance_acts import ASSURANCE_ACTS
from tests.builders.isms_acts import LICENSEE_ACTS
from tests.builders.risk_acts import RISK_ACTS
from tests.builders.system_acts import SYSTEM_ACTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.builders.act import Act
    from tests.builders.lines import Draft

ACTS = {**LICENSEE_ACTS, **ASSURANCE_ACTS, **SYSTEM_ACTS, **RISK_ACTS}
CHANGES = {"correct": "corrects", "withdraw": "withdraws", "end": "ends", "replace": "replaces"}


def made_by(what: str, act: Act) -> list[Draft]:
    """What an act makes, as a list."""
    made = ACTS[what](act)
    return made if isinstance(made, list) else [made]


def changed(what: str, act: Act) -> list[Draft]:
    """A correction, withdrawal, end or replacement of some record that it makes sense for."""
    link = CHANGES[what]
    there = [
        pair
        for pair in zip(act.scribe.records, act.scribe.drafts, strict=True)
        if what == "withdraw" or (pair[0].kind.lasting if what == "end" else link in pair[0].kind.links)
    ]
    if not there:
        return []
    old, drafted = act.dice.pick(there)
    day = act.dice.pick((old.occurred, act.occurred)) if what == "correct" else act.occurred
    act_on = replace(
        drafted,
        occurred=day,
        recorded=act.recorded,
        role=old.actor.role.value,
        organisation=old.actor.organisation,
        links={link: old.id},
    )
    introduces = all_kinds()[old.kind.name].introduces
    if what == "withdraw":
        return [replace(act_on, kind="record.withdrawn", facts={"because": "never-happened"}, subject="")]
    if what == "end":
        return [replace(act_on, kind="record.ended", facts={"because": "gone"})]
    subject = act.new(introduces) if what == "replace" and introduces else old.subject
    return [replace(act_on, facts=_redone(act, drafted), subject=subject, files=act.dice.often())]


def _redone(act: Act, old: Draft) -> Mapping[str, object]:
    """The same facts, or others that such a record may have; facts about another subject make no sense of this one."""
    made = made_by(old.kind, act) if old.kind in ACTS else []
    introduces = all_kinds()[old.kind].introduces
    fitting = [draft for draft in made if introduces or draft.subject == old.subject]
    return act.dice.pick([old.facts, *(draft.facts for draft in fitting)])
