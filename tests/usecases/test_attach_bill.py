"""A bill of materials changes one element, and takes none away."""

from __future__ import annotations

from datetime import date

from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.system.model import Drawn
from meterward.usecases.attach_bill import attach_bill
from meterward.usecases.ports.inventories import Bill, Component, Read

HES = ElementDeclared(("network",), "licensee", "within", date(2013, 3, 4))
TOLD = Drawn({"element/hes": HES, "element/mdm": HES})
FOUND = Read("cyclonedx", Drawn({}), frozenset(), bill=Bill("ab" * 32, (Component("a", "1", ""),)))


def test_one_element_has_it_and_the_others_stay() -> None:
    found = attach_bill(FOUND, TOLD, "element/hes")
    assert isinstance(found, Read)
    assert found.drawn.elements == {"element/hes": HES._replace(bill="ab" * 32, components=1), "element/mdm": HES}
    assert found.spaces == {"element"}


def test_an_element_may_be_named_without_its_namespace() -> None:
    assert attach_bill(FOUND, TOLD, "hes") == attach_bill(FOUND, TOLD, "element/hes")


def test_an_element_that_is_not_there_and_a_file_that_is_no_bill_are_problems() -> None:
    absent = attach_bill(FOUND, TOLD, "element/hse")
    assert isinstance(absent, Problem)
    assert (absent.code, absent.hint.startswith("Did you mean element/hes?")) == (Code.INVENTORY_NAME, True)
    other = attach_bill(FOUND._replace(bill=None), TOLD, "element/hes")
    assert isinstance(other, Problem)
    assert other.code is Code.INVENTORY_UNKNOWN
