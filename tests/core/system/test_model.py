"""The system folded from records: what is said of each thing from when to when, by whichever record told it last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from meterward.core.system.model import Span, system, together
from tests.builders.stories import reader, told
from tests.builders.system_told import described, element, link, population

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.system.model import System

FIRST, SECOND, THIRD = date(2013, 2, 1), date(2013, 5, 1), date(2013, 8, 1)
NEVER = date.max


def _system(*story: Mapping[str, Any]) -> System:
    return system(reader(*story))


def _zones(story: System, name: str = "element/head-end") -> list[tuple[date, date | None, str | None]]:
    """The spans of an element by the zone that each tells; no end is None."""
    return [(one.first, None if one.until == NEVER else one.until, one.told.zone) for one in story.elements[name]]


def declared(on: date, zone: str, in_service: str = "2012-12-01", **more: object) -> dict[str, Any]:
    """The head end, declared by hand."""
    facts = element("head-end", zone=zone, in_service=in_service)["told"]
    return {"kind": "element.declared", "on": on, "subject": "element/head-end", "facts": facts, **more}


def ended(on: date, label: str) -> dict[str, Any]:
    """The end of a labelled record of the head end."""
    facts = {"because": "gone"}
    return {"kind": "record.ended", "on": on, "subject": "element/head-end", "ends": label, "facts": facts}


def head_end(zone: str, **more: object) -> dict[str, Any]:
    """The row of the head end."""
    return element("head-end", zone=zone, **more)


def test_what_was_told_last_counts_from_its_own_day() -> None:
    found = _system(described(FIRST, head_end("one")), described(SECOND, head_end("two")))
    assert _zones(found) == [(FIRST, SECOND, "one"), (SECOND, None, "two")]
    assert found.on(FIRST - timedelta(days=1)).elements == {}
    assert found.on(SECOND).elements["element/head-end"].zone == "two"


def test_a_span_knows_its_record() -> None:
    read = reader(described(FIRST, head_end("one")), described(SECOND, head_end("two")))
    (one, other) = system(read).elements["element/head-end"]
    assert isinstance(one, Span)
    assert (one.record.occurred, other.record.occurred) == (FIRST, SECOND)
    assert not one.is_on(SECOND)
    assert other.is_on(SECOND)


def test_of_one_day_the_record_with_the_greater_id_counts() -> None:
    story = (described(FIRST, head_end("one")), described(FIRST, head_end("two")))
    last = max((one for one in told(*story) if one.kind.name == "system.described"), key=lambda one: one.id)
    assert _zones(_system(*story)) == [(FIRST, None, last.facts.elements[0].told.zone)]


def test_of_one_day_the_later_telling_counts_whatever_its_id() -> None:
    for zones in (("one", "two"), ("two", "one")):
        later = described(FIRST, head_end(zones[1]), telling=2)
        assert _zones(_system(described(FIRST, head_end(zones[0])), later)) == [(FIRST, None, zones[1])]
        assert _zones(_system(later, described(FIRST, head_end(zones[0])))) == [(FIRST, None, zones[1])]
    back = described(FIRST, head_end("back"), telling=3)
    gone = described(FIRST, gone=("element/head-end",), telling=2)
    assert _zones(_system(described(FIRST, head_end("one")), gone)) == []
    assert _zones(_system(described(FIRST, head_end("one")), gone, back)) == [(FIRST, None, "back")]


def test_what_was_told_again_for_its_day_is_as_if_nobody_had_told_it() -> None:
    ahead = described(SECOND, head_end("ahead", in_service=str(THIRD)), telling=2)
    found = _system(described(FIRST, head_end("one")), described(SECOND, head_end("at-once")), ahead)
    assert _zones(found) == [(FIRST, THIRD, "one"), (THIRD, None, "ahead")]


def test_a_later_telling_counts_for_its_own_day_only() -> None:
    found = _system(described(FIRST, head_end("one"), telling=7), described(SECOND, head_end("two")))
    assert _zones(found) == [(FIRST, SECOND, "one"), (SECOND, None, "two")]


def test_what_is_gone_comes_back_when_it_is_told_anew() -> None:
    found = _system(
        described(FIRST, head_end("one")),
        described(SECOND, gone=("element/head-end",)),
        described(THIRD, head_end("two")),
    )
    assert _zones(found) == [(FIRST, SECOND, "one"), (THIRD, None, "two")]
    assert found.on(THIRD - timedelta(days=1)).elements == {}


def test_what_goes_twice_or_was_never_there_is_gone() -> None:
    found = _system(
        described(FIRST, gone=("element/head-end", "link/up", "population/p")),
        described(SECOND, gone=("element/head-end",)),
    )
    assert (_zones(found), found.links["link/up"], found.populations["population/p"]) == ([], (), ())
    assert found.on(THIRD).elements == {}


def test_an_element_is_there_from_its_first_day_in_service() -> None:
    found = _system(described(FIRST, head_end("one", in_service=str(SECOND))))
    assert _zones(found) == [(SECOND, None, "one")]


def test_until_the_new_version_is_in_service_the_old_one_stays() -> None:
    found = _system(described(FIRST, head_end("one")), described(SECOND, head_end("two", in_service=str(THIRD))))
    assert _zones(found) == [(FIRST, THIRD, "one"), (THIRD, None, "two")]


def test_what_was_told_ahead_and_otherwise_since_never_comes() -> None:
    found = _system(
        described(FIRST, head_end("ahead", in_service=str(THIRD))), described(SECOND, head_end("told-since"))
    )
    assert _zones(found) == [(SECOND, None, "told-since")]


def test_what_is_gone_before_its_first_day_in_service_never_comes() -> None:
    found = _system(
        described(FIRST, head_end("ahead", in_service=str(THIRD))), described(SECOND, gone=("element/head-end",))
    )
    assert _zones(found) == []


def test_a_correction_counts_from_the_beginning() -> None:
    found = _system(
        described(FIRST, head_end("wrong"), element("other"), label="it"),
        described(FIRST, head_end("right"), recorded=SECOND, corrects="it"),
    )
    assert _zones(found) == [(FIRST, None, "right")]
    assert list(found.elements) == ["element/head-end"], "what only the corrected record told was never there"


def test_what_was_withdrawn_was_never_told() -> None:
    withdrawn = {"kind": "record.withdrawn", "on": SECOND, "withdraws": "it", "facts": {"because": "never-happened"}}
    found = _system(described(FIRST, head_end("one"), label="it"), withdrawn)
    assert dict(found.elements) == {}


def test_one_declared_by_hand_goes_when_its_record_ends() -> None:
    found = _system(declared(FIRST, "one", label="it"), ended(SECOND, "it"))
    assert _zones(found) == [(FIRST, SECOND, "one")]


def test_one_declared_by_hand_goes_when_its_successor_is_in_service() -> None:
    successor = {
        **declared(SECOND, "two", replaces="it", in_service=str(THIRD)),
        "subject": "element/next",
    }
    found = _system(declared(FIRST, "one", label="it"), successor)
    assert _zones(found) == [(FIRST, THIRD, "one")]
    assert _zones(found, "element/next") == [(THIRD, None, "two")]


def test_one_that_ended_before_its_first_day_in_service_never_comes() -> None:
    ahead = declared(FIRST, "one", label="it", in_service=str(THIRD))
    assert _zones(_system(ahead, ended(SECOND, "it"))) == []


def test_what_is_described_takes_the_place_of_what_was_declared() -> None:
    found = _system(declared(FIRST, "by-hand"), described(SECOND, head_end("imported")))
    assert _zones(found) == [(FIRST, SECOND, "by-hand"), (SECOND, None, "imported")]


def test_the_end_of_a_declaration_takes_away_what_was_described_before_it() -> None:
    found = _system(declared(FIRST, "by-hand", label="it"), described(SECOND, head_end("since")), ended(THIRD, "it"))
    assert _zones(found) == [(FIRST, SECOND, "by-hand"), (SECOND, THIRD, "since")]


def test_what_is_described_on_the_day_of_an_end_takes_over() -> None:
    found = _system(declared(FIRST, "by-hand", label="it"), ended(SECOND, "it"), described(SECOND, head_end("new")))
    assert _zones(found) == [(FIRST, SECOND, "by-hand"), (SECOND, None, "new")]


def test_what_was_described_since_outlives_the_place_that_a_successor_takes() -> None:
    successor = {
        **declared(FIRST, "two", replaces="it", in_service=str(THIRD)),
        "subject": "element/next",
    }
    found = _system(declared(FIRST, "one", label="it"), successor, described(SECOND, head_end("since")))
    assert _zones(found) == [(FIRST, SECOND, "one"), (SECOND, None, "since")]


def test_a_link_and_a_population_are_there_while_their_elements_are() -> None:
    found = _system(
        described(
            FIRST, head_end("one"), element("network"), link("up", "network", "head-end"), population("p", "network", 7)
        ),
        described(SECOND, gone=("element/network",)),
        described(THIRD, element("network")),
    )
    before, between, after = (found.on(day) for day in (FIRST, SECOND, THIRD))
    assert (list(before.links), list(before.populations)) == (["link/up"], ["population/p"])
    assert (dict(between.links), dict(between.populations)) == ({}, {})
    assert (list(after.links), list(after.populations)) == (["link/up"], ["population/p"]), "nobody said that they went"
    assert before.populations["population/p"].devices == 7


def test_a_link_waits_for_an_element_that_is_not_in_service_yet() -> None:
    ahead = element("network", in_service=str(SECOND))
    found = _system(described(FIRST, head_end("one"), ahead, link("up", "network", "head-end")))
    assert (dict(found.on(FIRST).links), list(found.on(SECOND).links)) == ({}, ["link/up"])


def test_each_name_is_told_by_itself() -> None:
    up, down = link("up", "network", "head-end", protocol="dlms"), link("down", "head-end", "network")
    found = _system(
        described(FIRST, head_end("one"), element("network"), up, down),
        described(SECOND, {**up, "protocol": "mqtt"}, gone=("link/down",)),
    )
    (old, new) = found.links["link/up"]
    assert (old.told.protocol, old.until, new.told.protocol, new.first) == ("dlms", SECOND, "mqtt", SECOND)
    assert [(one.first, one.until) for one in found.links["link/down"]] == [(FIRST, SECOND)]
    assert len(found.elements["element/network"]) == 1, "nobody told it anew"


def test_a_link_is_there_while_both_of_its_elements_are() -> None:
    rows = element("a"), element("b"), link("up", "a", "b")
    for name in ("element/a", "element/b"):
        found = _system(described(FIRST, *rows), described(SECOND, gone=(name,)))
        assert (list(found.on(FIRST).links), list(found.on(SECOND).links)) == (["link/up"], [])


def test_some_systems_as_one_are_as_the_last_of_them_has_it() -> None:
    one = _system(described(FIRST, head_end("one"), element("a"))).on(FIRST)
    other = _system(described(FIRST, head_end("two"), element("b"), link("up", "b", "head-end"))).on(FIRST)
    found = together((one, other))
    assert sorted(found.elements) == ["element/a", "element/b", "element/head-end"]
    assert (found.elements["element/head-end"].zone, list(found.links)) == ("two", ["link/up"])
