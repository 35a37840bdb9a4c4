"""What contracts ask of those who deliver and operate elements, and how acceptance tests came out, on any day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.system.model import system
from meterward.core.system.procurement import Contract, beyond_contract, contracts, lapsed
from tests.builders.stories import reader

if TYPE_CHECKING:
    from collections.abc import Mapping

MARCH, JUNE = date(2013, 3, 4), date(2013, 6, 3)


def element(name: str, operator: str = "on_behalf") -> Mapping[str, Any]:
    """An element that somebody else operates."""
    facts = {"categories": ["network"], "operator": operator, "power": "limited", "in_service": MARCH}
    return {"kind": "element.declared", "on": MARCH, "subject": f"element/{name}", "facts": facts}


def contract(name: str = "carrier", on: date = MARCH, **facts: Any) -> dict[str, Any]:  # noqa: ANN401 - any facts
    """A contract with two requirements."""
    usual = {"party": "carrier-a", "elements": ["element/carrier"], "first": MARCH}
    asked = {"requirements": [{"name": "encryption"}, {"name": "patching", "says": "Patched within a month."}]}
    told = {**usual, **asked, **facts}
    return {"kind": "contract.agreed", "on": on, "subject": f"contract/{name}", "label": name, "facts": told}


def tried(on: date, outcome: str, requirement: str = "encryption", **more: Any) -> dict[str, Any]:  # noqa: ANN401 - the same
    """A test of one requirement."""
    results = [{"requirement": requirement, "outcome": outcome}]
    facts = {"delivery": f"release-{on:%m}", "results": results, "accepted": outcome == "passed"}
    return {"kind": "acceptance.tested", "on": on, "subject": "contract/carrier", "facts": facts, **more}


def only(*story: Mapping[str, Any], day: date = JUNE) -> Contract:
    """The one contract that binds on a day."""
    (found,) = contracts(reader(element("carrier"), *story), day)
    return found


def came(found: Contract) -> list[tuple[str, str]]:
    """How each requirement came out."""
    return [(one.requirement.name, one.came) for one in found.requirements]


def test_what_was_not_tested_is_said_to_be() -> None:
    found = only(contract())
    assert came(found) == [("encryption", "untested"), ("patching", "untested")]
    assert not found.holds


def test_the_last_test_up_to_the_day_counts() -> None:
    story = (contract(), tried(date(2013, 4, 1), "failed"), tried(date(2013, 5, 1), "passed"))
    assert came(only(*story, day=date(2013, 4, 30)))[0] == ("encryption", "failed")
    found = only(*story)
    assert came(found)[0] == ("encryption", "passed")
    assert found.requirements[0].delivery == "release-05"


def test_it_holds_once_everything_that_it_asks_for_passed() -> None:
    story = (contract(), tried(MARCH, "passed"), tried(MARCH, "passed", "patching"))
    assert only(*story).holds
    assert not only(*story, tried(date(2013, 5, 1), "failed")).holds


def test_a_contract_that_asks_for_nothing_assures_nothing() -> None:
    assert not only(contract(requirements=[])).holds


def test_a_contract_binds_from_its_first_day_to_its_last() -> None:
    there = reader(element("carrier"), contract(first=date(2013, 4, 1), last=date(2013, 5, 31)))
    days = [date(2013, 3, 31), date(2013, 4, 1), date(2013, 5, 31), date(2013, 6, 1)]
    assert [len(contracts(there, day)) for day in days] == [0, 1, 1, 0]


def test_another_contract_takes_its_place_from_its_own_first_day() -> None:
    later = {**contract("carrier-2", date(2013, 5, 1), first=date(2013, 6, 1)), "replaces": "carrier"}
    there = reader(element("carrier"), contract(), later)
    names = [[one.record.subject for one in contracts(there, day)] for day in (date(2013, 5, 31), date(2013, 6, 1))]
    assert names == [["contract/carrier"], ["contract/carrier-2"]]


def test_what_others_operate_without_a_contract_is_named() -> None:
    there = reader(element("carrier"), element("field"), element("own", "licensee"), contract())
    assert beyond_contract(system(there).on(JUNE).elements, contracts(there, JUNE)) == ("element/field",)


def test_a_contract_that_bound_and_does_so_no_more_is_over() -> None:
    there = reader(element("carrier"), contract(last=date(2013, 5, 31)))
    assert lapsed(there, date(2013, 5, 31)) == ()
    (found,) = lapsed(there, date(2013, 6, 1))
    assert (found.record.subject, found.until) == ("contract/carrier", date(2013, 6, 1))


def test_one_whose_place_another_took_is_not_over() -> None:
    later = {**contract("carrier-2", date(2013, 5, 1), first=date(2013, 5, 1)), "replaces": "carrier"}
    assert lapsed(reader(element("carrier"), contract(), later), JUNE) == ()


def test_a_contract_that_is_told_late_binds_from_the_day_it_was_told_and_one_that_was_ended_no_more() -> None:
    late = reader(element("carrier"), contract(on=date(2013, 5, 1)))
    assert [len(contracts(late, day)) for day in (date(2013, 4, 30), date(2013, 5, 1))] == [0, 1]
    end = {"kind": "record.ended", "on": date(2013, 5, 1), "subject": "contract/carrier", "ends": "carrier"}
    ended = reader(element("carrier"), contract(last=date(2013, 12, 31)), {**end, "facts": {"because": "gone"}})
    assert [len(contracts(ended, day)) for day in (date(2013, 4, 30), date(2013, 5, 1))] == [1, 0]
