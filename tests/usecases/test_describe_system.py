"""A system described anew: what differs from what is told so far, and the lines that tell it."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest

from meterward.core.facts.reader import Reader
from meterward.core.records.kinds import system_described
from meterward.core.records.kinds.system_described import LinkRow
from meterward.core.records.line import Sealed, read_object
from meterward.core.system.difference import Changed, Difference
from meterward.core.system.model import Drawn, system
from meterward.usecases.collect_problems import MOST
from meterward.usecases.describe_system import MOST_BYTES, compare_system, lines_of
from tests.builders.evaluations import index_of
from tests.builders.ledgers import opened
from tests.builders.lines import Draft
from tests.builders.stories import reader
from tests.builders.system_told import STATEMENT, admitted, described, drawn, element, link, population, saying
from tests.builders.wrong import places, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.base.problem import Problem
    from meterward.core.system.model import System

TOLD, DAY, LATER = date(2013, 3, 4), date(2013, 5, 1), date(2013, 6, 3)


def told(*rows: Mapping[str, Any], then: Sequence[Mapping[str, Any]] = ()) -> System:
    """The system that some rows told on the first day, and what came then."""
    return system(reader(*([described(TOLD, *rows)] if rows else []), *then))


def found(before: System, now: Drawn, *spaces: str, day: date = DAY) -> Difference:
    """What differs, where nothing stands against it."""
    compared = compare_system({"gas": before}, day, now, *([spaces] if spaces else []))
    assert isinstance(compared, Difference), compared
    return compared


def against(before: System, now: Drawn, *spaces: str, day: date = DAY) -> list[Problem]:
    """What stands against telling it."""
    compared = compare_system({"gas": before}, day, now, *([spaces] if spaces else []))
    assert isinstance(compared, list), compared
    return plain(compared)


def facts_of(difference: Difference) -> list[Any]:
    """The facts of each line that tells a difference."""
    return [line["facts"] for line in lines_of(difference, saying())]


HEAD, NETWORK, UP = element("head-end"), element("network"), link("up", "network", "head-end")
HUBS = population("hubs", "network", 7)


def test_added_changed_with_its_fields_and_gone() -> None:
    before = told(HEAD, NETWORK, UP, HUBS)
    now = drawn(element("head-end", zone="core", power="limited"), element("hub"), {**HUBS, "element": "element/hub"})
    difference = found(before, now)
    assert difference.added == ("element/hub",)
    assert difference.changed == (
        Changed("element/head-end", ("power", "zone")),
        Changed("population/hubs", ("element",)),
    )
    assert difference.gone == ("element/network", "link/up")


def test_where_nothing_differs_there_is_nothing_to_tell() -> None:
    difference = found(told(HEAD, NETWORK, UP, HUBS), drawn(HUBS, UP, NETWORK, HEAD))
    assert difference.names == ()
    assert lines_of(difference, saying()) == []


def test_a_file_says_nothing_of_what_it_does_not_tell_of() -> None:
    before = told(HEAD, NETWORK, UP, HUBS)
    assert found(before, drawn(HEAD, NETWORK), "element").names == ()
    assert found(before, drawn(UP), "link").names == ()
    assert found(before, drawn(), "population").gone == ("population/hubs",)
    assert found(before, drawn(HEAD), "element").gone == ("element/network",), "the link goes out of sight with it"


def test_what_is_told_ahead_is_no_difference() -> None:
    ahead = element("head-end", in_service="2014-01-01")
    assert found(told(ahead), drawn(ahead)).names == ()


def test_what_was_hidden_with_its_element_and_is_not_in_the_file_does_not_come_back_with_it() -> None:
    gone = described(date(2013, 4, 2), gone=("element/network",))
    difference = found(told(HEAD, NETWORK, UP, then=[gone]), drawn(HEAD, NETWORK))
    assert (difference.added, difference.gone) == (("element/network",), ("link/up",))


def test_a_circle_over_several_records_is_a_problem() -> None:
    before = told(element("a"), element("b", within="element/a"), element("c", within="element/b"))
    now = drawn(element("a", within="element/c"), element("b", within="element/a"), element("c", within="element/b"))
    (problem,) = against(before, now)
    assert (problem.code.value, problem.field) == ("system.circle", "element/a.within")
    assert problem.message == "element/a is part of itself, by way of element/c, element/b."


def test_a_circle_that_is_told_already_is_a_problem_until_it_is_opened() -> None:
    closing = described(date(2013, 4, 2), element("a", within="element/b"))
    before = told(element("a"), element("b", within="element/a"), then=[closing])
    assert places(against(before, drawn(), "link")) == [("system.circle", "element/a.within")]
    opened_again = drawn(element("a"), element("b", within="element/a"))
    assert found(before, opened_again).changed == (Changed("element/a", ("within",)),)


def test_what_names_an_element_that_is_not_there_is_a_problem() -> None:
    now = drawn(element("head-end", within="element/none"), UP, HUBS)
    assert places(against(told(), now)) == [
        ("reference.unknown", "element/head-end.within"),
        ("reference.unknown", "link/up.source"),
        ("reference.unknown", "population/hubs.element"),
    ]
    assert found(told(HEAD, NETWORK), drawn(UP), "link").added == ("link/up",)
    gone = described(date(2013, 4, 2), gone=("element/network",))
    before = told(HEAD, NETWORK, then=[gone])
    assert places(against(before, drawn(UP), "link")) == [("reference.unknown", "link/up.source")]


def test_what_was_told_otherwise_for_the_same_day_is_told_again_as_its_next_telling() -> None:
    before = told(HEAD, NETWORK)
    again = found(before, drawn(element("head-end", zone="core"), NETWORK), day=TOLD)
    assert (again.changed, again.telling) == ((Changed("element/head-end", ("zone",)),), 2)
    assert [facts["telling"] for facts in facts_of(again)] == [2]
    third = described(TOLD, HEAD, telling=2)
    assert found(told(HEAD, NETWORK, then=[third]), drawn(NETWORK), day=TOLD).telling == 3
    gone = described(DAY, gone=("element/head-end",))
    back = found(told(HEAD, then=[gone]), drawn(HEAD))
    assert (back.added, back.telling) == (("element/head-end",), 2)


def test_what_nothing_else_was_told_of_that_day_is_its_first_telling_which_goes_without_saying() -> None:
    more, later = found(told(HEAD), drawn(HEAD, NETWORK), day=TOLD), found(told(HEAD), drawn(), day=DAY)
    assert (more.added, more.telling, later.telling) == (("element/network",), 1, 1)
    assert "telling" not in facts_of(more)[0]


def test_licences_that_tell_otherwise_are_not_compared_at_once() -> None:
    gas, electricity = told(HEAD, NETWORK, HUBS), told(HEAD, NETWORK)
    both = {"electricity": electricity, "gas": gas}
    (problem,) = cast("list[Problem]", compare_system(both, DAY, drawn(HEAD, NETWORK, HUBS)))
    assert problem.code.value == "system.apart"
    assert problem.message == "What is told so far of electricity is not what is told of gas."
    links = compare_system(both, DAY, drawn(UP), ["link"])
    assert isinstance(links, Difference)
    assert links.added == ("link/up",), "what the file does not tell of may differ"
    bare = {"electricity": told(HEAD), "gas": told()}
    assert isinstance(compare_system(bare, DAY, drawn(), ["link"]), list), "a link is between elements of both"


def test_of_several_licences_the_latest_telling_is_taken_up() -> None:
    again = told(HEAD, then=[described(TOLD, element("head-end", zone="core")), described(TOLD, HEAD, telling=2)])
    now = drawn(element("head-end", zone="core"))
    difference = compare_system({"electricity": told(HEAD), "gas": again}, TOLD, now)
    assert isinstance(difference, Difference)
    assert difference.telling == 3


def test_of_many_problems_the_first_are_told_and_how_many_more_there_are() -> None:
    links = [link(f"l{place}", "none", "nowhere") for place in range(MOST)]
    problems = against(told(), drawn(*links))
    assert len(problems) == MOST + 1
    assert problems[-1].message == "There are 100 more problems."


def test_a_line_says_what_differs_and_who_says_so() -> None:
    now = drawn(element("head-end", label="Head end", zone="core"), NETWORK, {**UP, "both_ways": True}, HUBS)
    difference = found(told(element("old")), now)
    (line,) = lines_of(difference, saying(note="As found.", files={"system.csv": "ab" * 32}))
    assert line["statement"] == {**STATEMENT, "kind": "system.described", "version": 1}
    assert line["facts"] == {
        "source": "csv",
        "elements": [element("head-end", label="Head end", zone="core"), NETWORK],
        "links": [{**UP, "both_ways": True}],
        "populations": [HUBS],
        "gone": ["element/old"],
    }
    assert (line["text"], line["files"]) == ({"note": "As found."}, {"system.csv": "ab" * 32})
    assert isinstance(read_object({**line, "recorded": f"{DAY}T12:00:00Z"}), Sealed)


def test_an_element_comes_after_what_it_is_part_of() -> None:
    a, b, c = element("a", within="element/b"), element("b", within="element/c"), element("c")
    (facts,) = facts_of(found(told(), drawn(a, b, c)))
    assert [row["element"] for row in facts["elements"]] == ["element/c", "element/b", "element/a"]


def test_a_deep_way_inward_is_walked_once() -> None:
    rows = [element("e0"), *(element(f"e{place}", within=f"element/e{place - 1}") for place in range(1, 9_000))]
    names = [row["element"] for facts in facts_of(found(told(), drawn(*reversed(rows)))) for row in facts["elements"]]
    assert names == [f"element/e{place}" for place in range(9_000)]


def many(elements: int, links: int) -> Drawn:
    """A large system."""
    one = system_described.KIND.read(described(DAY, element("x", label="Ä" * 120, zone="zone-1"))["facts"])
    names = [f"element/e{place:05}" for place in range(elements)]
    there = dict.fromkeys(names, one.elements[0].told)
    joined = [
        LinkRow(f"link/l{place:05}", names[place % elements], names[(place * 7 + 1) % elements], protocol="dlms")
        for place in range(links)
    ]
    return Drawn(there, {row.link: row for row in joined if row.source != row.target})


def test_a_large_difference_has_parts_that_say_so_and_are_admitted_in_their_order() -> None:
    difference = found(told(), many(6_000, 15_000))
    lines = lines_of(difference, saying())
    facts: list[Any] = [line["facts"] for line in lines]
    assert len(lines) > 3
    assert [(one["part"], one["parts"]) for one in facts] == [(part, len(lines)) for part in range(1, len(lines) + 1)]
    assert max(len(json.dumps(line)) for line in lines) <= MOST_BYTES
    assert min(len(json.dumps(line)) for line in lines[:-1]) > MOST_BYTES * 0.9 or len(facts[0]["links"]) == 10_000
    scribe = opened()
    for line in lines:
        admitted(scribe, line)
    assert system(Reader(index_of(scribe.records))).told(DAY) == difference.now


def test_no_list_is_longer_than_a_record_may_have() -> None:
    short = {f"link/{place}": LinkRow(f"link/{place}", "element/a", "element/b") for place in range(10_001)}
    now = Drawn(drawn(element("a"), element("b")).elements, short)
    assert [len(facts["links"]) for facts in facts_of(found(told(), now))] == [10_000, 1]


@pytest.mark.parametrize("ended", [True, False])
def test_one_declared_by_hand_is_part_of_what_is_told(*, ended: bool) -> None:
    scribe = opened()
    facts = element("head-end")["told"]
    record = scribe.write(Draft("element.declared", TOLD, TOLD, facts, "element/head-end"))
    assert record
    if ended:
        draft = Draft("record.ended", LATER, LATER, {"because": "gone"}, "element/head-end", links={"ends": record.id})
        assert scribe.write(draft)
    before = system(Reader(index_of(scribe.records)))
    assert found(before, drawn(HEAD), day=DAY).names == ()
    assert found(before, drawn(HEAD), day=LATER + timedelta(days=1)).added == (("element/head-end",) if ended else ())
