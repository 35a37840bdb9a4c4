"""What a ledger takes and refuses of records that introduce several subjects, and name others within groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.builders.ledgers import opened
from tests.builders.system_told import element, link, population
from tests.builders.wrong import changed, entered, line_of, places, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.records.admission import Admission

A, B, C = element("a"), element("b"), element("c")
WITHDRAWN = {"because": "never-happened"}


@pytest.fixture
def ledger() -> Admission:
    """A ledger with one element, declared by hand."""
    admission = opened().admission
    entered(admission, line_of("element.declared", subject="element/old"))
    return admission


def described(*rows: Mapping[str, Any], gone: tuple[str, ...] = (), seed: int = 0, **more: object) -> dict[str, Any]:
    """A line that tells some rows; another seed makes another statement of the same."""
    facts: dict[str, Any] = {"elements": [], "gone": list(gone)}
    for row in rows:
        facts.setdefault(f"{next(iter(row))}s", []).append(row)
    return changed(line_of("system.described", facts, **more), "salts.facts", f"{seed:032x}")


def test_a_record_introduces_every_element_that_it_tells(ledger: Admission) -> None:
    identity = entered(ledger, described(A, B, link("up", "a", "b"), population("p", "a", 3)))
    found = {name: by.hex() for name, by in ledger.subjects.items() if name.startswith(("element/", "link", "pop"))}
    assert found.keys() == {"element/old", "element/a", "element/b"}
    assert found["element/a"] == found["element/b"] == identity
    entered(ledger, line_of("incident.recorded", {"affected": ["element/a", "element/b"]}))


def test_who_told_of_an_element_first_introduced_it(ledger: Admission) -> None:
    first = entered(ledger, described(A))
    second = entered(ledger, described(element("a", zone="core"), element("old", zone="core"), B))
    assert ledger.subjects["element/a"].hex() == first
    assert ledger.subjects["element/b"].hex() == second
    assert ledger.subjects["element/old"].hex() not in (first, second)


def test_what_was_told_is_not_declared_by_hand_once_more(ledger: Admission) -> None:
    entered(ledger, described(A))
    again = line_of("element.declared", subject="element/a")
    assert places(refused(ledger, again)) == [("subject.taken", "statement.subject")]


def test_rows_name_elements_of_the_same_record_or_of_earlier_ones(ledger: Admission) -> None:
    within = element("c", within="element/a")
    entered(ledger, described(within, A, link("up", "old", "c"), population("p", "old", 3)))
    entered(ledger, described(link("down", "c", "old")))


def test_what_a_row_names_and_nothing_introduced_is_told_at_its_place(ledger: Admission) -> None:
    links = [link(f"l{place}", "a", "old") for place in range(3)]
    line = described(
        A, element("b", within="element/none"), *links, link("l3", "none", "a"), population("p", "nowhere", 1)
    )
    found = refused(ledger, line)
    assert places(found) == [
        ("reference.unknown", "facts.elements[1].told.within"),
        ("reference.unknown", "facts.links[3].source"),
        ("reference.unknown", "facts.populations[0].element"),
    ]
    assert "introduces element/none." in found[1].message
    assert "element/a" not in ledger.subjects, "nothing of a refused record is introduced"


def test_a_row_names_elements_and_nothing_else(ledger: Admission) -> None:
    entered(ledger, line_of("assessment.completed"))
    line = described(A, {**link("l", "a", "old"), "target": "assessment/1"})
    assert places(refused(ledger, line)) == [("reference.unknown", "facts.links[0].target")]


def test_a_proof_covers_elements_that_are_there(ledger: Admission) -> None:
    entered(ledger, described(A, B))
    line = line_of("state.evidenced", {"covers": ["element/a", "element/none", "element/b", "element/nor"]})
    assert places(refused(ledger, line)) == [("reference.unknown", "facts.covers")] * 2
    entered(ledger, line_of("state.evidenced", {"covers": ["element/a", "element/b"]}))


def test_what_is_gone_keeps_its_name(ledger: Admission) -> None:
    entered(ledger, described(A))
    entered(ledger, described(gone=("element/a", "element/old", "link/never-told")))
    entered(ledger, line_of("incident.recorded", {"affected": ["element/a"]}))
    entered(ledger, described(A, seed=1))


def test_a_correction_tells_all_of_it_anew_and_may_introduce_more(ledger: Admission) -> None:
    first = entered(ledger, described(A, B))
    corrects = {"corrects": bytes.fromhex(first)}
    second = entered(ledger, described(A, C, link("up", "a", "c"), links=corrects))
    assert ledger.subjects["element/a"].hex() == first
    assert ledger.subjects["element/c"].hex() == second
    assert places(refused(ledger, described(A, links=corrects, seed=1))) == [("link.twice", "statement.corrects")]


def test_it_is_corrected_or_withdrawn_but_neither_replaced_nor_ended(ledger: Admission) -> None:
    target = bytes.fromhex(entered(ledger, described(A)))
    ended = line_of("record.ended", subject="element/a", links={"ends": target})
    assert ("link.kind", "statement.ends") in places(refused(ledger, ended))
    entered(ledger, line_of("record.withdrawn", WITHDRAWN, subject="", links={"withdraws": target}))
    assert "element/a" in ledger.subjects, "others may have named it meanwhile"


def test_it_is_about_the_whole_system_and_has_no_subject(ledger: Admission) -> None:
    (problem,) = refused(ledger, described(A, subject="element/a"))
    assert (problem.code.value, problem.field) == ("field.value", "statement.subject")
    assert "system.described has no subject." in problem.hint
