"""The register of a day as rows, as tables have them: what each record of it tells, by column."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.kinds import (
    context_established,
    measure_planned,
    measure_progressed,
    risk_estimated,
    risk_identified,
    risk_treated,
)
from meterward.core.records.kinds.measure_planned import Effect
from meterward.core.records.kinds.risk_estimated import Points
from meterward.core.records.record import Record
from meterward.core.risk.measures import every_measure
from meterward.core.risk.register import RISK as PREFIX
from meterward.core.risk.register import register
from meterward.core.risk.scales import Scales, every_scales, scales_on
from meterward.usecases.register_cells import amount_written, effects_written, same_text
from meterward.usecases.register_columns import (
    FIELDS,
    FREQUENCY,
    LIKELIHOOD,
    MEASURE,
    RISK,
    STATES,
    TREATMENT,
    amount_in,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.risk_estimated import RiskEstimated
    from meterward.core.risk.measures import Measure
    from meterward.core.risk.register import Risk

KINDS = tuple(
    kind.KIND.name
    for kind in (
        context_established,
        risk_identified,
        risk_estimated,
        risk_treated,
        measure_planned,
        measure_progressed,
    )
)
"""The kinds of which a register is told; their texts are in it."""
CONTEXT_TITLE = "Context"
CONTEXT_HEADERS = ("scale", "level", "least", "unit")


class RowTold(NamedTuple):
    """A row as it is told: the values of its columns, and the records that tell them, by what they tell."""

    values: Mapping[str, Any]
    records: Mapping[str, Record[Any]] = {}


class Told(NamedTuple):
    """The register of a day. Rows are by name, and those of treatments by number."""

    day: date
    rows: Mapping[str, Mapping[str, RowTold]]
    scales: Scales | None
    contexts: Mapping[str, Scales]
    known: frozenset[str]
    """The risks that were ever in the register."""


def register_told(read: Reader, texts: Callable[[Record[Any]], Mapping[str, str]], day: date) -> Told:
    """The register of a day, with the texts of its records."""
    telling = _Telling(day, lambda record: {name: same_text(text) for name, text in texts(record).items()})
    there = register(read).on(day)
    measures = sorted((one for one in every_measure(read) if one.is_on(day)), key=lambda one: one.record.subject)
    treated = {one.id: one for risk in there for one in risk.treated if one.occurred <= day}
    rows = {
        RISK: {one.name: telling.risk(one) for one in there},
        MEASURE: {one.record.subject: telling.measure(one) for one in measures},
        TREATMENT: {str(place): telling.treatment(one) for place, one in enumerate(treated.values(), 1)},
    }
    contexts = {one.record.subject: one for one in every_scales(read)}
    return Told(day, rows, scales_on(read, day), contexts, frozenset(register(read).risks))


def together(every: Sequence[Told]) -> Told:
    """The register of several licences: what each has, once; what they tell apart is as the first of them has it."""
    first, *others = every
    rows = {
        space: {name: row for one in (*reversed(others), first) for name, row in one.rows[space].items()}
        for space in (RISK, MEASURE)
    }
    treated = {row.records[TREATMENT].id: row for one in every for row in one.rows[TREATMENT].values()}
    rows = {space: dict(sorted(there.items())) for space, there in rows.items()}
    rows[TREATMENT] = {str(place): row for place, row in enumerate(treated.values(), 1)}
    contexts = {name: one for told in every for name, one in told.contexts.items()}
    scales = next((one.scales for one in every if one.scales), None)
    return Told(first.day, rows, scales, contexts, frozenset().union(*(one.known for one in every)))


def narrowed(told: Told, risks: Collection[str]) -> Told:
    """Some risks of a register, the measures that lower one of them, and their treatments."""

    def is_wanted(space: str, name: str, row: RowTold) -> bool:
        if space == MEASURE:
            return any(one.risk in risks for one in row.values.get("effects", ()))
        return (name if space == RISK else row.values[RISK]) in risks

    rows = {
        space: {name: row for name, row in there.items() if is_wanted(space, name, row)}
        for space, there in told.rows.items()
    }
    return told._replace(rows=rows)


def tables_of(told: Told) -> dict[str, Iterator[list[str]]]:
    """Every table by its namespace: its headers, with the units of the scales in effect, and a row for each thing."""
    return {space: _table(told, space) for space in FIELDS}


def context_table(scales: Scales | None) -> list[list[str]]:
    """The scales as people read them: it is not read back."""
    found = [[*CONTEXT_HEADERS]]
    if scales is None:
        return found
    facts = scales.record.facts
    found += [[LIKELIHOOD, str(level), str(least), FREQUENCY] for level, least in enumerate(facts.likelihood, 1)]
    for one in facts.criteria:
        found += [[one.consequence, str(level), str(least), one.unit] for level, least in enumerate(one.least, 1)]
        found.append([f"{one.consequence}: appetite", str(one.appetite), "", "highest level of risk that is accepted"])
    found += [
        [f"level of risk at likelihood {place}", "", "", " ".join(str(level) for level in row.levels)]
        for place, row in enumerate(facts.matrix, 1)
    ]
    return found


def unit_of(scales: Scales | None, what: str) -> str:
    """What an amount is counted in; empty if no scale says it."""
    if what == LIKELIHOOD:
        return FREQUENCY
    return next((one.unit for name, one in scales.criteria.items() if name == what), "") if scales else ""


def written(value: object) -> str:
    """A value as a cell has it; empty if there is none."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Points):
        return amount_written(value)
    if isinstance(value, tuple):
        effects = tuple(one for one in value if isinstance(one, Effect))
        return effects_written(effects) if effects else "; ".join(value)
    return str(value)


def _table(told: Told, space: str) -> Iterator[list[str]]:
    rows = told.rows[space]
    used = {name for row in rows.values() for name, value in row.values.items() if value is not None}
    names = [name for name in FIELDS[space] if _shown(told, name, used)]
    yield [_header(told, name) for name in names]
    for row in rows.values():
        yield [_cell(field, row.values.get(field)) for field in names]


def _shown(told: Told, field: str, used: set[str]) -> bool:
    """A consequence has a column if it is on the scales in effect, or was estimated."""
    amount = amount_in(field)
    return amount is None or amount[1] == LIKELIHOOD or field in used or bool(unit_of(told.scales, amount[1]))


def _header(told: Told, field: str) -> str:
    amount = amount_in(field)
    unit = unit_of(told.scales, amount[1]) if amount else ""
    return f"{field} ({unit})" if unit else field


def _cell(field: str, value: object) -> str:
    if field.endswith(" sources") and isinstance(value, tuple):
        return "\n".join(value)
    return written(value)


class _Telling:
    """What records tell, with their texts."""

    def __init__(self, day: date, texts: Callable[[Record[Any]], Mapping[str, str]]) -> None:
        self.day, self.texts = day, texts

    def risk(self, risk: Risk) -> RowTold:
        """A risk, and what was estimated of it last."""
        texts = self.texts(risk.record)
        values = {RISK: risk.name, **_told(risk.record.facts), **_texts(texts, story="story", basis="sources")}
        records: dict[str, Record[Any]] = {RISK: risk.record}
        for state in STATES:
            if estimate := risk.estimate(state, self.day):
                values |= {f"{state} {name}": value for name, value in self._estimate(estimate)}
                records[state] = estimate
        return RowTold(values, records)

    def _estimate(self, estimate: Record[RiskEstimated]) -> Iterator[tuple[str, Any]]:
        facts = estimate.facts
        yield LIKELIHOOD, facts.often or facts.likelihood
        yield from ((one.consequence, one.points or one.level) for one in facts.consequences)
        yield "context", facts.context
        yield "sources", facts.sources or None
        yield "rationale", self.texts(estimate).get("rationale") or None

    def measure(self, measure: Measure) -> RowTold:
        """A measure, and what was said of its progress last."""
        values = {MEASURE: measure.record.subject, **_told(measure.record.facts)}
        values |= _texts(self.texts(measure.record), description="description")
        records: dict[str, Record[Any]] = {MEASURE: measure.record}
        if last := measure.last(self.day):
            values |= {"progress": last.facts.state, "strength": last.facts.strength}
            values |= _texts(self.texts(last), note="note")
            records["progress"] = last
        return RowTold(values, records)

    def treatment(self, record: Record[Any]) -> RowTold:
        """A treatment or an acceptance."""
        told = _told(record.facts)
        values = {**told, RISK: f"{PREFIX}{record.facts.risk}", "about": record.subject}
        return RowTold(values | _texts(self.texts(record), measures="measures"), {TREATMENT: record})


def _told(facts: Any) -> dict[str, Any]:  # noqa: ANN401 - the facts of several kinds
    """What facts say, beside what they leave open."""
    return {name: value for name, value in facts._asdict().items() if value not in (None, ())}


def _texts(texts: Mapping[str, str], **columns: str) -> dict[str, Any]:
    return {column: texts[name] for column, name in columns.items() if texts.get(name)}
