"""The matrix of a system of which little was shown says the same as if each cell had been looked up by itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from meterward.core.facts.combine import Member, all_of
from meterward.core.facts.evidence import evidenced
from meterward.core.facts.node import Outcome
from meterward.core.facts.reader import Reader
from meterward.core.system.security import CELLS, matrix
from tests.builders.evaluations import index_of
from tests.builders.ledgers import ledgers
from tests.builders.stories import asked, reader, told
from tests.builders.system_told import described, element

if TYPE_CHECKING:
    from meterward.core.facts.node import Node
    from tests.builders.scribe import Scribe

FIRST, SHOWN, DAY = date(2013, 2, 1), date(2013, 4, 2), date(2013, 6, 3)
ASK = asked(scope="union")


def proof(on: date, subject: str, aspect: str, **more: object) -> dict[str, Any]:
    """A proof of one cell."""
    facts = {"fact": "element_secure", "outcome": "held", "strength": "evidenced", "aspect": aspect}
    return {"kind": "state.evidenced", "on": on, "subject": subject, "facts": facts, **more}


def cell_by_cell(read: Reader, subject: str, day: date) -> tuple[Node, ...]:
    """How the cells of a subject are explained, each looked up by itself."""
    return tuple(
        evidenced(read, ASK, "element_secure", subject, cell, label).explain(day) for cell, label in CELLS.items()
    )


def test_what_was_never_shown_is_explained_as_if_it_had_been_looked_up() -> None:
    read = reader(described(FIRST, element("a")))
    whole, each = matrix(read, ASK).states
    assert whole.state.explain(DAY).children == cell_by_cell(read, "system", DAY)
    (one,) = each.state.explain(DAY).children
    assert one.children == cell_by_cell(read, "element/a", DAY)
    assert {cell.missing.subject for cell in one.children if cell.missing} == {"element/a"}


@settings(max_examples=40)
@given(ledgers("system"), st.lists(st.dates(FIRST, date(2015, 1, 1)), min_size=1, max_size=4))
def test_what_one_proof_says_of_many_is_what_each_cell_says_by_itself(scribe: Scribe, days: list[date]) -> None:
    read = Reader(index_of(scribe.records))
    whole, each = matrix(read, ASK).states
    looked_up = [Member(evidenced(read, ASK, "element_secure", "system", cell, label)) for cell, label in CELLS.items()]
    assert whole.state.timeline == all_of("", looked_up, None).timeline
    for day in [*days, *days]:
        assert whole.state.explain(day).children == cell_by_cell(read, "system", day)
        for node in each.state.explain(day).walk():
            if node.label.startswith("element/") and len(node.children) == len(CELLS):
                assert node.children == cell_by_cell(read, node.label, day)


def test_one_proof_among_many_elements_shows_in_its_cell_alone() -> None:
    story = described(FIRST, element("a"), element("b")), proof(SHOWN, "element/b", "operated/supply")
    whole, each = matrix(reader(*story), ASK).states
    assert (whole.state.timeline.at(DAY), each.state.timeline.at(DAY)) == (Outcome.UNKNOWN, Outcome.UNKNOWN)
    one, other = each.state.explain(DAY).children
    assert (one.label, other.label) == ("element/a", "element/b")
    assert _held(one) == []
    assert _held(other) == [CELLS["operated/supply"]]
    assert [child.label for child in one.children] == [child.label for child in other.children]


def _held(node: Node) -> list[str]:
    return [child.label for child in node.children if child.outcome is Outcome.HELD]


def test_a_proof_that_comes_in_later_is_seen_and_one_taken_back_is_not() -> None:
    label = "proof"
    withdrawn = {"kind": "record.withdrawn", "on": SHOWN, "withdraws": label, "facts": {"because": "never-happened"}}
    records = told(described(FIRST, element("a")), proof(SHOWN, "element/a", "operated/supply", label=label), withdrawn)
    growing = Reader(index_of(records[:-2]))
    shown = []
    for record in [None, *records[-2:]]:
        if record:
            growing.index.append(record)
        made = growing.keep("matrix", lambda: matrix(growing, ASK))
        shown.append(_held(made.states[1].state.explain(DAY).children[0]))
    assert shown == [[], [CELLS["operated/supply"]], []]


def test_only_what_somebody_judged_is_a_judgement() -> None:
    facts = {"question": "all_steps_taken", "answer": "no"}
    no = {"kind": "judgement.made", "on": SHOWN, "subject": "element/b", "facts": facts}
    (judged,) = matrix(reader(described(FIRST, element("a"), element("b")), no), ASK).judgements
    assert (judged.state.timeline.at(DAY), judged.first) == (Outcome.FAILED, FIRST)
