"""The matrix of Z.6: the whole and each element, designed and operated, against each harm."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.timeline import constant
from meterward.core.facts.ask import Ask
from meterward.core.facts.asked import Asked, under
from meterward.core.facts.combine import Member, all_of, any_of
from meterward.core.facts.evidence import as_found, asking, evidenced, judged
from meterward.core.facts.fact import Fact, Judged, Told
from meterward.core.facts.node import Node, Outcome
from meterward.core.facts.request import request
from meterward.core.facts.state import State, remembered
from meterward.core.records.kinds import element_declared, judgement_made, state_evidenced
from meterward.core.records.kinds.state_evidenced import StateEvidenced
from meterward.core.records.record import Record
from meterward.core.records.terms import SYSTEM
from meterward.core.system.elements import HARMS, elements

if TYPE_CHECKING:
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
    there, alike = elements(read, ask.reading["scope"]), _Alike(ask, {})
    parts = [Member(_element(read, ask, element, alike), element.first, element.until) for element in there]
    whole = _cells(read, SYSTEM, alike)
    each = all_of("each element of the system", parts, request(element_declared.KIND, "the elements of the system"))
    found = tuple(
        Judged(judged(read, ask, _STEPS, element.name), element.first, element.until)
        for element in there
        if not read.nothing(judgement_made.KIND, [(_STEPS, element.name, "")])
    )
    return Told(states=(Member(whole), Member(each)), judgements=found)


def _element(read: Reader, ask: Ask, element: Span[ElementDeclared], alike: _Alike) -> State:
    cells = _cells(read, element.name, alike)
    if element.told.power == "within":
        return cells
    instead = evidenced(read, ask, "done_instead", element.name)
    return any_of(f"{element.name}, in part beyond the licensee's power", (cells, instead))


def _cells(read: Reader, subject: str, alike: _Alike) -> State:
    ask = alike.ask
    if read.nothing(state_evidenced.KIND, [(_SECURE, subject, cell) for cell in CELLS]):
        return read.same(("no cells", subject), (ask.reference.states[_SECURE],), lambda _: _empty(ask, subject))
    return read.keep(("cells", subject), lambda: alike.of(read, subject))


class _Alike(NamedTuple):
    """The cells of subjects of which the same records tell are looked at once: one proof may cover thousands."""

    ask: Ask
    found: dict[tuple[tuple[Record[StateEvidenced], ...], ...], State]
    """What records say, cell by cell, whatever they say it of."""

    def of(self, read: Reader, subject: str) -> State:
        """The cells of a subject of which something is recorded."""
        records = tuple(read.of(state_evidenced.KIND, _SECURE, subject, cell) for cell in CELLS)
        if records not in self.found:
            rule, labels = self.ask.reference.states[_SECURE], CELLS.values()
            told = (as_found(rule, *cell) for cell in zip(records, labels, strict=True))
            found = all_of("", [Member(state) for state in told], None)
            self.found[records] = replace(found, explain=remembered(found.explain))
        return _told_of(self.ask, subject, self.found[records])


def _told_of(ask: Ask, subject: str, found: State) -> State:
    """The cells of a subject as the records of these say, with the proofs that it lacks."""
    explain = remembered(lambda day: _asking(ask, subject, found.explain(day)))
    return State(_named(subject), found.timeline, explain)


def _asking(ask: Ask, subject: str, found: Node) -> Node:
    cells = found.children
    if found.outcome is not Outcome.HELD:
        cells = tuple(asking(ask, _SECURE, subject, *cell) for cell in zip(CELLS, cells, strict=True))
    return Node(_named(subject), found.outcome, children=cells)


def _empty(ask: Ask, subject: str) -> State:
    """The cells of what nothing was recorded of: open on every day, and explained only where somebody asks.

    Of a system that was just described these are nearly all.
    """
    open_cells = Node("", Outcome.UNKNOWN, children=tuple(Node(label, Outcome.UNKNOWN) for label in CELLS.values()))
    return _told_of(ask, subject, State("", _OPEN, lambda _: open_cells))


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
