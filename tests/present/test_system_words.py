"""How elements are put in words: who operates them, and what assures them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.present.system_changes import said
from meterward.present.system_words import ASSURANCES, OPERATORS, assured, operated, unused
from tests.builders.system_told import drawn, element

if TYPE_CHECKING:
    from meterward.core.records.kinds.element_declared import ElementDeclared


def told(**more: object) -> ElementDeclared:
    """An element of which some more is said."""
    return drawn(element("one", **more)).elements["element/one"]


def test_what_the_licensee_operates_has_no_party_and_needs_no_assurance() -> None:
    own = told(operator="licensee", party="meter-ops", assurance="audited")
    assert (operated(own), assured(own)) == (OPERATORS["licensee"], "")


def test_what_others_operate_names_them_and_their_assurance() -> None:
    assert operated(told(operator="on_behalf", party="meter-ops")) == "meter-ops, on its behalf"
    assert operated(told(operator="outside", party="meter-ops")) == "meter-ops, outside its organisation"
    assert operated(told(operator="outside")) == OPERATORS["outside"]
    assert assured(told(operator="outside", assurance="audited")) == ASSURANCES["audited"]
    assert assured(told(operator="outside")) == "nothing is said of its assurance"


def test_what_is_offered_and_not_enabled_is_unused() -> None:
    assert unused(told(offers=["encryption", "event_log"], enabled=["encryption"])) == ["event log"]


def test_a_value_is_put_as_a_person_reads_it() -> None:
    assert [said(one) for one in (True, False, 1200, ())] == ["yes", "no", "1,200", ""]
