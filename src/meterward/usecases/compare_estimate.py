"""Compare an estimate: what a row says of one state of a risk, beside what was estimated last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.records.kinds.risk_estimated import MOST, MOST_OFTEN, Come, Points, RiskEstimated, amount_possible
from meterward.usecases.register_cells import level_of
from meterward.usecases.register_columns import CONSEQUENCES, LIKELIHOOD

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from meterward.core.records.terms import Consequence, RiskState
    from meterward.core.risk.scales import Scales
    from meterward.usecases.read_register import RowGiven
    from meterward.usecases.register_cells import Amount
    from meterward.usecases.register_rows import Told

_AMOUNTS = (LIKELIHOOD, *CONSEQUENCES)


class Estimated(NamedTuple):
    """An estimate that differs: its facts, its rationale, the columns that differ, and what is wrong with it."""

    facts: RiskEstimated | None
    rationale: str
    fields: tuple[str, ...]
    wrong: tuple[tuple[str, str, str], ...] = ()
    """Each with its column, what was found, and what would be right."""


def compare_estimate(row: RowGiven, before: Mapping[str, Any], told: Told, state: RiskState) -> Estimated | None:
    """How a row's estimate of a state differs from what is told; None if it does not, or says nothing."""
    now = {name: _now(row, before, f"{state} {name}") for name in (*_AMOUNTS, "sources", "context")}
    was = {name: before.get(f"{state} {name}") for name in now}
    rationale = str(row.values.get(f"{state} rationale") or "")
    if all(now[name] is None for name in _AMOUNTS):
        lost = not any(was.values()) and bool(rationale)
        return _refused((LIKELIHOOD, "It has a rationale, and no estimate.", _BOTH)) if lost else None
    if now == was and rationale in ("", before.get(f"{state} rationale")):
        return None
    context: str = now["context"] or (told.scales.record.subject if told.scales else "")
    if not row.values.get(f"{state} context") and _levels(now, was, told) == _levels(was, was, told):
        context = was["context"] or context
    if context not in told.contexts:
        said = f"There is no {context}." if context else "No context says what its levels are."
        return _refused(("context", said, "Establish the context first: context.established."))
    scales = told.contexts[context]
    now = {**now, "context": context, **{name: _level(scales, name, now[name]) for name in _AMOUNTS}}
    was = {**was, **{name: _level(scales, name, was[name]) for name in _AMOUNTS}}
    fields = tuple(name for name in now if (now[name] or None) != (was[name] or None))
    if rationale and rationale != before.get(f"{state} rationale"):
        fields = (*fields, "rationale")
    if not fields:
        return None
    wrong = tuple(_wrong(now, scales, rationale))
    return Estimated(None if wrong else _facts(state, now), rationale, fields, wrong)


_BOTH = "Estimate the likelihood and at least one consequence, or empty both."


def _now(row: RowGiven, before: Mapping[str, Any], field: str) -> Any:  # noqa: ANN401 - what a cell holds
    """What a row says; where it has no such column, what was said before."""
    return row.values.get(field) if field in row.given else before.get(field)


def _levels(values: Mapping[str, Any], was: Mapping[str, Any], told: Told) -> list[Amount | None]:
    """The amounts on the scales on which they were made."""
    scales = told.contexts.get(was["context"] or "")
    return [_level(scales, name, values[name]) if scales else values[name] for name in _AMOUNTS]


def _level(scales: Scales, what: str, amount: Amount | None) -> Amount | None:
    return level_of(amount, _count(scales, what))


def _count(scales: Scales, what: str) -> int:
    """How many levels a scale has; none if there is no such scale."""
    if what == LIKELIHOOD:
        return len(scales.record.facts.likelihood)
    return next((len(one.least) for name, one in scales.criteria.items() if name == what), 0)


def _wrong(now: Mapping[str, Any], scales: Scales, rationale: str) -> Iterator[tuple[str, str, str]]:
    if now[LIKELIHOOD] is None or all(now[name] is None for name in CONSEQUENCES):
        missing = LIKELIHOOD if now[LIKELIHOOD] is None else "consequence"
        yield LIKELIHOOD, f"The estimate has no {missing}.", _BOTH
    if not rationale:
        yield "rationale", "It says otherwise than what is told, and not why.", "Fill the cell of the rationale."
    for name in _AMOUNTS:
        yield from _impossible(name, now[name], scales)


def _impossible(name: str, amount: Amount | None, scales: Scales) -> Iterator[tuple[str, str, str]]:
    levels = _count(scales, name)
    points = amount if isinstance(amount, Points) else None
    level = amount if isinstance(amount, int) else None
    for unmet in amount_possible(name, level, name, points, MOST_OFTEN if name == LIKELIHOOD else MOST):
        yield name, unmet.message, unmet.hint
    if amount is None or isinstance(amount, Points):
        return
    if not levels:
        yield name, f"The context has no scale for “{name}”.", "Leave it out, or write three points."
    elif isinstance(amount, str):
        yield name, f"“{amount}” is no level of a scale of {levels}.", f"Write a level from 1 to {levels}."
    elif amount > levels:
        hint = "An amount is written in three points, such as 1000 to 900000, likely 40000."
        yield name, f"It is {amount:,}, and the levels go from 1 to {levels}.", hint


def _facts(state: RiskState, now: Mapping[str, Any]) -> RiskEstimated:
    likelihood = now[LIKELIHOOD]
    comes = tuple(_come(name, now[name]) for name in CONSEQUENCES if now[name] is not None)
    often = likelihood if isinstance(likelihood, Points) else None
    return RiskEstimated(
        state, now["context"], comes, None if often else likelihood, often, tuple(now["sources"] or ())
    )


def _come(name: Consequence, amount: Amount) -> Come:
    return Come(name, points=amount) if isinstance(amount, Points) else Come(name, level=int(amount))


def _refused(*wrong: tuple[str, str, str]) -> Estimated:
    return Estimated(None, "", (), wrong)
