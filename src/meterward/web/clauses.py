"""The clause page, prepared under the ledger's lock: how each licence stands, and why the chosen one does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.obligations.law import Duty
from meterward.core.obligations.status import WORST_FIRST, Status
from meterward.present.ribbon import Drawn, bars_of, spoken
from meterward.usecases.evaluate_position import unknown_licence
from meterward.usecases.find_clause import clause_order, names, unknown_clause
from meterward.usecases.summarise_position import in_force_since
from meterward.usecases.tell_fact import flags, tell_fact
from meterward.usecases.trace_history import first_day, trace_history
from meterward.web.reasons import Why, why

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.base.problem import Problem
    from meterward.core.obligations.law import Pack, Provision
    from meterward.core.obligations.position import DutyPosition, Position
    from meterward.core.records.record import Record
    from meterward.present.answer import Answer


class Side(NamedTuple):
    """How a duty stands for one licence."""

    licence: str
    duty: Duty
    status: Status
    since: date
    fact: str
    attention: list[str]
    ribbon: Drawn
    first: date | None


@dataclass(frozen=True, slots=True)
class ClausePage:
    """Everything that the page shows."""

    name: str
    licensee: str
    title: str
    part: str
    provisions: list[tuple[Provision, list[Duty]]]
    """Those that are not scored, each with the duties that it shapes; none for all of them."""
    binding: str
    """Since when the condition binds, and the records that say so."""
    determined: list[Record[Any]]
    rows: list[list[Side]]
    """Of each duty that the name takes in, how it stands for each licence."""
    why: Why | None
    """Only where the name is that of a single duty."""
    family: list[Side]
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    parameters: Mapping[str, str]
    """Those that count on the day, by name."""
    open: frozenset[str]
    """The parameters that its duties depend on."""


def clause_page(answer: Answer, wanted: str, licence: str) -> ClausePage | Problem:
    """The page of a clause, or of one duty by its id. The licence that stands worst is explained if none is chosen."""
    positions = [one.position for one in answer.evaluated]
    there = [one.evaluation.basis.licence for one in positions]
    if unknown := unknown_licence(licence or None, there):
        return unknown
    pack = answer.pack
    provisions = [one for one in pack.provisions if names(wanted, one.clause)]
    duties = _named(pack.duties, wanted)
    if not duties and not provisions:
        return unknown_clause(pack, wanted[:40])
    rows = [[_side(position, duty.id) for position in positions] for duty in duties]
    chosen = _chosen(positions, rows[0], licence) if len(duties) == 1 else None
    order = _order(pack)
    places = _places(order, wanted, {*(duty.id for duty in duties), *(one.clause for one in provisions)})
    part = (duties or provisions)[0].part
    return ClausePage(
        (duties or provisions)[0].clause[: len(wanted)],
        answer.loaded.licensee,
        _title(duties, provisions, wanted),
        f"Part {part} · {pack.parts[part]}" if part in pack.parts and part != "-" else pack.parts.get(part, ""),
        [(one, [duty for duty in pack.duties if {duty.id, duty.clause} & set(one.shapes)]) for one in provisions],
        in_force_since(positions[0]),
        list(positions[0].evaluation.regime(positions[0].as_at).records),
        rows,
        why(chosen, _of(chosen, duties[0].id)) if chosen else None,
        _family(positions[0] if chosen is None else chosen, duties[0]) if len(duties) == 1 else [],
        order[places[0] - 1] if places[0] else None,
        next(iter(order[places[-1] + 1 :]), None),
        positions[0].evaluation.regime(positions[0].as_at).parameters,
        frozenset(name for duty in duties for name in duty.parameters),
    )


def _order(pack: Pack) -> list[tuple[str, str]]:
    """Every clause and duty with its title, as the text has them."""
    found = [*((one.clause, one.title) for one in pack.provisions), *((one.id, one.title) for one in pack.duties)]
    return sorted(found, key=lambda one: clause_order(one[0])[0])


def _places(order: Sequence[tuple[str, str]], wanted: str, covered: set[str]) -> list[int]:
    """Where in the text the clause stands: at its own place, or where the first and the last of what it takes in do."""
    own = [place for place, (name, _) in enumerate(order) if name.lower() == wanted.lower()]
    return own or [place for place, (name, _) in enumerate(order) if name in covered]


def _named(duties: Sequence[Duty], wanted: str) -> list[Duty]:
    """The duty of that id, else all duties of the clause."""
    exact = [duty for duty in duties if duty.id.lower() == wanted.lower()]
    return exact or [duty for duty in duties if names(wanted, duty.clause, duty.id)]


def _title(duties: Sequence[Duty], provisions: Sequence[Provision], wanted: str) -> str:
    own = [one.title for one in provisions if one.clause.lower() == wanted.lower()]
    return own[0] if own else (duties[0].title if len(duties) == 1 else "What it asks")


def _side(position: Position, identity: str) -> Side:
    duty = _of(position, identity)
    history = trace_history(position, duty)
    return Side(
        position.evaluation.basis.licence,
        duty.duty,
        duty.status,
        duty.since,
        tell_fact(position, duty),
        [*flags(duty)[0], *flags(duty)[1]],
        Drawn(bars_of(history), spoken(history)),
        first_day(position),
    )


def _of(position: Position, identity: str) -> DutyPosition:
    return next(duty for duty in position.duties if duty.duty.id == identity)


def _chosen(positions: Sequence[Position], sides: Sequence[Side], licence: str) -> Position:
    """The position of the licence that is chosen, or of the one in which the duty stands worst."""
    worst = min(zip(sides, positions, strict=True), key=lambda one: WORST_FIRST.index(one[0].status))[1]
    return next((one for one in positions if one.evaluation.basis.licence == licence), worst)


def _family(position: Position, duty: Duty) -> list[Side]:
    """The duties of the same number, where there are several."""
    number = duty.clause.partition("(")[0]
    found = [one.duty.id for one in position.duties if names(number, one.duty.clause, one.duty.id)]
    return [_side(position, one) for one in found] if len(found) > 1 else []
