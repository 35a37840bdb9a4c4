"""Incidents: each opens a review of whether a step within power was omitted. None is a breach by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.facts.asked import Asked
from meterward.core.facts.evidence import judged
from meterward.core.facts.fact import Fact, Judged, Told
from meterward.core.records.kinds import incident_recorded
from meterward.core.records.terms import SYSTEM

if TYPE_CHECKING:
    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.incident_recorded import IncidentRecorded
    from meterward.core.records.record import Record


def steps(read: Reader, ask: Ask) -> Told:
    """For each incident, and for the system at large, whether every step within the licensee's power was taken."""
    owed = tuple(_owed(read, ask, record) for record in read.all(incident_recorded.KIND))
    flags = tuple(flag for one in owed for flag in one.state.flags)
    return Told(judgements=(*owed, Judged(judged(read, ask, "all_steps_taken", SYSTEM))), flags=flags)


def _owed(read: Reader, ask: Ask, incident: Record[IncidentRecorded]) -> Judged:
    def compute() -> Judged:
        question = judged(read, ask, "all_steps_taken", incident.subject)
        return Judged(question, incident.occurred, owed=True, closes=True, records=(incident,))

    return read.keep(("steps", incident.id), compute)


ASKED = (Asked("all_steps_taken", ("incident", SYSTEM)),)

FACTS = (Fact("steps_after_incidents", "Whether, in each incident, every step within power was taken.", steps),)
