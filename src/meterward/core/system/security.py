"""The matrix of Z.6: the whole and each element, designed and operated, against each harm."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.timeline import constant
from meterward.core.facts.asked import Asked, under
from meterward.core.facts.combine import Member, all_of, any_of
from meterward.core.facts.evidence import evidenced, judged, never_evidenced
from meterward.core.facts.fact import Fact, Judged, Told
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.request import request
from meterward.core.facts.state import State
from meterward.core.records.kinds import element_declared, judgement_made, state_evidenced
from meterward.core.records.terms import SYSTEM
from meterward.core.system.elements import HARMS, elements

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.facts.ask import Ask
    from meterward.core.facts.reader import Reader
    from meterward.core.records.kinds.element_declared import ElementDeclared
    from meterward.core.records.terms import Harm
    from meterward.core.system.model import Span

SIDES = ("designed", "operated")
_SECURE, _STEPS = "element_secure", "all_steps_taken"
_OPEN = constant(Outcome.UNKNOWN)


def matrix(read: Reader, ask: Ask) -> Told:
    """Whether every cell of the matrix is shown to hold. An empty cell, or one only claimed, leaves it open.

    A finding that a step was omitted at an element counts while that element is in service.
    """
    there = elements(read, ask.reading["scope"])
    parts = [Member(_element(read, ask, element), element.first, element.until) for element in there]
    whole = _cells(read, ask, SYSTEM)
    each = all_of("each element of the system", parts, request(element_declared.KIND, "the elements of the system"))
    found = tuple(
        Judged(judged(read, ask, _STEPS, element.name), element.first, element.until)
        for element in there
        if not read.nothing(judgement_made.KIND, [(_STEPS, element.name, "")])
    )
    return Told(states=(Member(whole), Member(each)), judgements=found)


def _element(read: Reader, ask: Ask, element: Span[ElementDeclared]) -> State:
    cells = _cells(read, ask, element.name)
    if element.told.power == "within":
        return cells
    instead = evidenced(read, ask, "done_instead", element.name)
    return any_of(f"{element.name}, in part beyond the licensee's power", (cells, instead))


def _cells(read: Reader, ask: Ask, subject: str) -> State:
    def compute() -> State:
        cells = [Member(evidenced(read, ask, _SECURE, subject, cell, label)) for cell, label in CELLS.items()]
        return all_of(_named(subject), cells, None)

    if read.nothing(state_evidenced.KIND, [(_SECURE, subject, cell) for cell in CELLS]):
        return read.same(("no cells", subject), (ask.reference.states[_SECURE],), lambda _: _empty(ask, subject))
    return read.keep(("cells", subject), compute)


def _empty(ask: Ask, subject: str) -> State:
    """The cells of what nothing was recorded of: open on every day, and explained only where somebody asks.

    Of a system that was just described these are nearly all.
    """
    told: list[Node] = []

    def explain(_: date) -> Node:
        if not told:
            cells = (never_evidenced(ask, _SECURE, subject, cell, label) for cell, label in CELLS.items())
            told.append(Node(_named(subject), Outcome.UNKNOWN, children=tuple(cells)))
        return told[0]

    return State(_named(subject), _OPEN, explain)


def _named(subject: str) -> str:
    return "the system as a whole" if subject == SYSTEM else subject


_WORDS: dict[Harm, str] = {
    "data_loss": "loss, theft or corruption of data",
    "data_access": "unauthorised access to data",
    "supply": "loss of supply or service",
}
CELLS = {f"{side}/{harm}": f"{side}, against {_WORDS[harm]}" for side in SIDES for harm in HARMS}
"""The aspects of the matrix, each with its words."""

ASKED = (
    Asked(_SECURE, (SYSTEM, "element"), under(*CELLS)),
    Asked("done_instead", ("element",)),
    Asked(_STEPS, ("element",)),
)

FACTS = (
    Fact(
        "system_secure",
        "Every element of the system, and the whole, is designed and operated so that none of the three harms arises.",
        matrix,
        asks=("scope",),
    ),
)
