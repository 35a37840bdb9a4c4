"""Draw the register of risks of some licences on a day: how each risk stands, what comes next, and the scales."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from meterward.core.facts.reader import Reader
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.risk.queue import Due, queue
from meterward.core.risk.register import RISK, Rated, Risk, rated, register
from meterward.core.risk.scales import Scales, every_scales, scales_on
from meterward.core.system.model import system

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from meterward.core.records.kinds.risk_identified import RiskIdentified
    from meterward.core.risk.register import Standing

WORST_FIRST: tuple[Standing, ...] = ("open", "unrated", "treated", "accepted", "within")
Turn: TypeAlias = Literal["overdue", "measure", "acceptance"]
"""What the next date of a risk is: a measure that is late, one that is due, or the end of its acceptance."""


class Next(NamedTuple):
    """The next date of a risk, what it is, and the measure that it is of."""

    day: date
    turn: Turn
    measure: str = ""


class Row(NamedTuple):
    """A risk on a day: how it stands where it stands worst, on which scales, under which licences, what is next."""

    rated: Rated
    scales: Scales | None
    licences: tuple[str, ...]
    next: Next | None
    words: str = ""
    """Everything that it is looked for by, in small letters."""

    @property
    def risk(self) -> Risk:
        """The risk itself."""
        return self.rated.risk

    @property
    def facts(self) -> RiskIdentified:
        """What was told of it last."""
        return self.risk.record.facts

    @property
    def is_above(self) -> bool:
        """Whether there is more of it than is accepted."""
        return bool(self.rated.residual and self.rated.residual.above)


class RiskChart(NamedTuple):
    """The register on a day."""

    day: date
    licences: tuple[str, ...]
    rows: Mapping[str, Row]
    scales: Scales | None
    """Those in effect."""
    elements: Mapping[str, str]
    """What the elements are called that there are on the day."""


class Side(NamedTuple):
    """A licence, and what its records are read by."""

    licence: str
    read: Reader


class RiskTold(NamedTuple):
    """All that is told of one risk: each time that it was, and what the queue has about it on a day."""

    past: tuple[tuple[Risk, date], ...]
    """Each time that it was told, with the day from which that did not hold any more."""
    row: Row | None
    """How it stands; None if it is not in the register on the day."""
    dues: tuple[Due, ...]
    contexts: Mapping[str, Scales]
    """Every scales that there were, by the name of their context."""
    elements: Mapping[str, ElementDeclared]
    """The elements that it can happen to, as far as they are there on the day."""


def draw(sides: Sequence[Side], day: date) -> RiskChart:
    """The register of some licences on a day. A risk that several know stands as where it stands worst."""
    found: dict[str, list[tuple[str, Rated, Scales | None]]] = {}
    for side in sides:
        scales = scales_on(side.read, day)
        for risk in register(side.read).on(day):
            found.setdefault(risk.name, []).append((side.licence, rated(side.read, risk, day), scales))
    called = _called(sides, day)
    rows = {name: _row(found[name], day, called) for name in sorted(found)}
    scales = next(filter(None, (scales_on(one.read, day) for one in sides)), None)
    return RiskChart(day, tuple(one.licence for one in sides), rows, scales, called)


def tell(sides: Sequence[Side], name: str, day: date) -> RiskTold:
    """All that is told of one risk."""
    past = {one.record.id: (one, one.until) for side in sides for one in register(side.read).risks.get(name, ())}
    there = [
        (side.licence, rated(side.read, one, day), scales_on(side.read, day))
        for side in sides
        for one in register(side.read).risks.get(name, ())
        if one.is_on(day)
    ]
    dues = {(one.why, one.subject): one for side in sides for one in queue(side.read, day) if name in one.risks}
    contexts = {one.record.subject: one for side in sides for one in every_scales(side.read)}
    row = _row(there, day) if there else None
    wanted = row.facts.elements if row else ()
    drawn = [system(side.read).on(day).elements for side in sides] if wanted else []
    elements = {one: told[one] for one in wanted for told in drawn if one in told}
    return RiskTold(tuple(past.values()), row, tuple(dues.values()), contexts, elements)


def next_of(one: Rated, day: date) -> Next | None:
    """What comes next of a risk: the earliest of what is late, what is due, and the end of its acceptance."""
    found = sorted(_nexts(one, day), key=lambda there: (there.day, there.turn))
    return found[0] if found else None


def _nexts(one: Rated, day: date) -> Iterator[Next]:
    for measure in one.risk.measures:
        if measure.is_on(day) and measure.given_up > day and measure.works_since(day) is None:
            late = measure.is_overdue(day)
            yield Next(measure.record.facts.due, "overdue" if late else "measure", measure.record.subject)
    if one.standing == "accepted":
        ends = [there.facts.accepted_until for there in one.risk.treated if there.occurred <= day]
        last = max(filter(None, ends), default=None)
        if last:
            yield Next(last, "acceptance")


def _row(
    found: Sequence[tuple[str, Rated, Scales | None]], day: date, called: Mapping[str, str] = MappingProxyType({})
) -> Row:
    _, worst, scales = min(found, key=_how_bad) if len(found) > 1 else found[0]
    return Row(worst, scales, tuple(one[0] for one in found), next_of(worst, day), _words(worst.risk, called))


def _how_bad(one: tuple[str, Rated, Scales | None]) -> tuple[int, int]:
    residual = one[1].residual
    return WORST_FIRST.index(one[1].standing), -residual.level if residual else 0


def _words(risk: Risk, called: Mapping[str, str]) -> str:
    facts = risk.record.facts
    elements = (f"{name} {called.get(name, '')}" for name in facts.elements)
    return " ".join((risk.short, facts.label, facts.scenario or "", facts.owner or "", *elements)).casefold()


def _called(sides: Sequence[Side], day: date) -> dict[str, str]:
    told = {name: one for side in sides for name, one in system(side.read).on(day).elements.items()}
    return {name: one.label or name.partition("/")[2] for name, one in told.items()}


def named(short: str) -> str:
    """A risk by what addresses and assessments call it."""
    return f"{RISK}{short}"
