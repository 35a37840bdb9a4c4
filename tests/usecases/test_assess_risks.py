"""Assessing risks over several licences: what each asks for is there once, with all that any of them touches."""

from __future__ import annotations

from meterward.usecases.assess_risks import measures, queued
from meterward.usecases.evaluate_position import Dossier
from tests.builders.risk_told import APRIL, JUNE, MAY, estimate, measure, progress, risk, scales
from tests.builders.stories import LICENSEE, reader

ASSESSED = {"kind": "assessment.completed", "on": APRIL, "subject": "assessment/1"}
ASSESSED |= {"facts": {"scope": ["network"], "risks": 1}}
INCIDENT = {"kind": "incident.recorded", "on": MAY, "subject": "incident/1"}
INCIDENT |= {"facts": {"detected": str(MAY), "severity": "low"}}


def test_what_several_licences_ask_for_is_there_once_with_the_risks_of_all() -> None:
    dossiers = [
        Dossier(LICENSEE, licence, reader(scales(), ASSESSED, INCIDENT, risk(name), estimate(1, 1, name=name)))
        for licence, name in (("electricity", "R1"), ("gas", "R2"))
    ]
    (found,) = queued(dossiers, JUNE)
    assert (found.subject, found.risks) == ("incident/1", ("risk/R1", "risk/R2"))


def test_a_measure_is_over_from_the_day_on_which_it_is_given_up() -> None:
    dossiers = [Dossier(LICENSEE, "electricity", reader(risk(), measure(), progress("stopped", MAY)))]
    assert [[one.is_over for one in measures(dossiers, day)] for day in (APRIL, MAY)] == [[False], [True]]
