"""The columns of a risk register in tables: of risks with their estimates, of measures, and of treatments."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from meterward.core.records.fields import Field, Ref, fields_of
from meterward.core.records.kinds import measure_planned, measure_progressed, risk_identified, risk_treated
from meterward.core.records.kinds.measure_planned import MeasurePlanned
from meterward.core.records.kinds.measure_progressed import MeasureProgressed
from meterward.core.records.kinds.risk_identified import RiskIdentified
from meterward.core.records.kinds.risk_treated import RiskTreated
from meterward.core.records.terms import Consequence, RiskState
from meterward.core.records.values import read_name
from meterward.usecases.column_words import plain
from meterward.usecases.map_columns import Layout
from meterward.usecases.register_cells import amount_field, effects_field, lines_field, text_field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.usecases.map_columns import Guesses

RISK, MEASURE, TREATMENT = "risk", "measure", "treatment"
TITLES = {RISK: "Risks", MEASURE: "Measures", TREATMENT: "Treatments"}
"""The tables, with what their sheets are called."""
STATES: tuple[RiskState, ...] = get_args(RiskState)
CONSEQUENCES: tuple[Consequence, ...] = get_args(Consequence)
LIKELIHOOD = "likelihood"
FREQUENCY = "times in 10,000 years"
"""What a likelihood is counted in."""
ENDED = "ended because"
_UNIT = re.compile(r"(.*\S)\s*\((.*)\)\s*")
_AMOUNTS = {f"{state} {one}": (state, one) for state in STATES for one in (LIKELIHOOD, *CONSEQUENCES)}


def bare(header: str) -> str:
    """A header without the unit that stands in parentheses behind it."""
    found = _UNIT.fullmatch(header)
    return found[1] if found else header


def unit_in(header: str) -> str:
    """The unit that a header names; empty if it names none."""
    found = _UNIT.fullmatch(header)
    return found[2].strip() if found else ""


def amount_in(field: str) -> tuple[RiskState, str] | None:
    """Of which state, and of what, a field is an amount, if it is one."""
    return _AMOUNTS.get(field)


def _subject(name: str, space: str, says: str, *, required: bool = False) -> Field:
    return Field(name, read_name, says, f"{space}/…", required, Ref((space,)))


def _of(facts: type, **renamed: str) -> Iterator[Field]:
    """The fields of facts that are told as they are, some under another name; a row that is known may leave out any."""
    for field in fields_of(facts):
        if name := renamed.get(field.name, field.name):
            yield replace(field, name=name, required=False)


def _estimate(state: RiskState) -> Iterator[Field]:
    for one in (LIKELIHOOD, *CONSEQUENCES):
        yield amount_field(f"{state} {one}", "A level, or three points.")
    yield text_field(f"{state} rationale", "Why this likely, and this bad.")
    yield lines_field(f"{state} sources", "What the estimate rests on, a line each.")
    yield _subject(f"{state} context", "context", "The context whose scales are used.")


def _risk() -> Iterator[Field]:
    yield _subject(RISK, RISK, "Its name, such as R-07.", required=True)
    yield from _of(RiskIdentified)
    yield text_field("story", risk_identified.KIND.text["story"])
    yield text_field("basis", risk_identified.KIND.text["sources"])
    for state in STATES:
        yield from _estimate(state)
    yield text_field(ENDED, "Why it leaves the register.")


def _measure() -> Iterator[Field]:
    yield _subject(MEASURE, MEASURE, "Its name, such as M-07.", required=True)
    for field in _of(MeasurePlanned):
        yield effects_field(field.says) if field.name == "effects" else field
    yield text_field("description", measure_planned.KIND.text["description"])
    yield from _of(MeasureProgressed, state="progress")
    yield text_field("note", measure_progressed.KIND.text["note"])


def _treatment() -> Iterator[Field]:
    yield _subject(RISK, RISK, "The risk that is treated or accepted.", required=True)
    yield from _of(RiskTreated, risk="")
    yield text_field("measures", risk_treated.KIND.text["measures"])
    yield Field("about", read_name, "Of what it is recorded: an assessment, or the risk.", "name", required=False)


FIELDS: Mapping[str, Mapping[str, Field]] = {
    RISK: {field.name: field for field in _risk()},
    MEASURE: {field.name: field for field in _measure()},
    TREATMENT: {field.name: field for field in _treatment()},
}
"""The columns of each table; the first one names the thing."""
_WORDS = {
    RISK: {
        RISK: "id, risk id, risk ref, ref, reference, identifier, no",
        "label": "title, name, risk name, risk title, called",
        "consequences": "consequence, impacts, harms",
        "scenario": "scenario id, threat scenario",
        "elements": "assets, asset, element, affected assets",
        "owner": "risk owner",
        "story": "description, risk description, cause",
        "current likelihood": "likelihood, probability",
        "current rationale": "rationale, justification",
        ENDED: "ended, closed because, reason for closing",
    },
    MEASURE: {
        MEASURE: "id, measure id, action id, control id, ref, reference",
        "label": "title, name, action, called",
        "option": "treatment, treatment option",
        "effects": "effect, risks, lowers",
        "due": "due date, due by, target date",
        "starts": "start, start date, begins",
        "owner": "action owner, measure owner",
        "elements": "assets, asset, element",
        "cost": "cost once, one-off cost",
        "cost_yearly": "yearly cost, cost a year, annual cost",
        "progress": "status, state",
    },
    TREATMENT: {
        RISK: "id, risk id, risk ref, ref, reference",
        "option": "treatment, treatment option",
        "accepted_until": "accepted until, until, expires",
        "measures": "why, reason, reasons, what is done",
        "about": "assessment",
    },
}


def _words() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for space, fields in FIELDS.items():
        words = {plain(word): name for name, others in _WORDS[space].items() for word in others.split(", ")}
        found[space] = words | {plain(name): name for name in fields}
    return found


def _row_is(known: Guesses) -> str:
    """What a row is: a measure has effects or progress, a treatment an option; what names a risk else is one."""
    fields = {space: {name for names in known[space].values() for name in names} for space in FIELDS}
    if MEASURE in fields[MEASURE] and fields[MEASURE] & {"effects", "progress", "due"}:
        return MEASURE
    if {RISK, "option"} <= fields[TREATMENT]:
        return TREATMENT
    return RISK if RISK in fields[RISK] else ""


LAYOUT = Layout(FIELDS, _words(), _row_is, lambda header: plain(bare(header)))
"""Registers of risks."""
