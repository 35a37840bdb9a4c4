"""Threats beside a system: what is compared, what a match is called, what is new of it, and which risks it touches."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from meterward.core.base.problem import Problem
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.records.fields import MOST_ITEMS
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.records.kinds.system_described import PopulationRow
from meterward.core.records.values import NAME, Label, read_label
from meterward.core.risk.matching import Advisory, Component, Product
from meterward.core.risk.version_ranges import read_range
from meterward.core.system.model import Drawn
from meterward.usecases import match_threats
from meterward.usecases.match_threats import compare_threats, components_of, match_name
from meterward.usecases.ports.inventories import Component as Listed
from meterward.usecases.ports.threats import Intelligence
from meterward.usecases.tell_threats import Telling, lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pytest

    from meterward.usecases.match_threats import Compared, Owned

DAY = date(2024, 1, 1)
ELEMENT = ElementDeclared(("communication_equipment",), "licensee", "within", DAY)


def told(*advisories: Advisory, exploited: Sequence[str] = ()) -> Intelligence:
    """What a source says."""
    return Intelligence("csaf", "ab" * 32, len(advisories), advisories, frozenset(exploited))


def about(name: str = "A-1", product: str = "Head End", versions: str = "*", weak: str = "CVE-1") -> Advisory:
    """An advisory about one product of no known maker."""
    return Advisory(
        name, f"Title of {name}", (Product("", product, read_range(versions), affected=frozenset((weak,))),)
    )


def owned(element: str = "element/1", name: str = "Head End", version: str = "1") -> Owned:
    """What an element has in it."""
    return element, Component((("", name),), version), f"{name} {version}"


def compared(sources: Sequence[Intelligence], things: Sequence[Owned]) -> tuple[Compared, ...]:
    """What comes of it where nothing was recorded so far."""
    found = compare_threats(Reader(Index("gas")), DAY, sources, things)
    assert not isinstance(found, Problem)
    return found


def test_bills_populations_and_names_of_elements_are_compared() -> None:
    drawn = Drawn(
        {
            "element/1": ELEMENT._replace(label=Label("Head end"), party="integrator", bill="b1"),
            "element/2": ELEMENT._replace(bill="not-here"),
        },
        {},
        {"population/1": PopulationRow("population/1", "element/2", 5, "live", "EM-100", "2.4")},
    )
    listed = Listed("openssl", "", "pkg:generic/openssl@1.0.1", "cpe:/a:openssl:openssl", "OpenSSL")
    found = list(components_of(drawn, {"b1": [listed]}))
    assert [(element, label) for element, _, label in found] == [
        ("element/1", "Head end"),
        ("element/1", "openssl"),
        ("element/2", "EM-100 2.4"),
    ]
    assert found[0][1].names == (("", "Head end"), ("integrator", "Head end"))
    assert found[1][1].version == "1.0.1"
    assert found[1][1].names == (("OpenSSL", "openssl"), ("openssl", "openssl"))


def test_one_match_is_told_of_an_advisory_and_an_element_by_the_surest_of_its_components() -> None:
    things = [owned(version="1"), owned(name="Maker Head End", version="2"), owned("element/2")]
    maker = Advisory("A-1", "T", (Product("Maker", "Head End", read_range("*"), affected=frozenset(("CVE-1",))),))
    (one,) = compared([told(maker)], things)
    assert [(each.element, each.confidence, each.component) for each in one.matches] == [
        ("element/1", "likely", "Maker Head End 2 and 1 more"),
        ("element/2", "possible", "Head End 1"),
    ]
    assert one.components == 3


def test_what_another_source_knows_to_be_exploited_is_said_of_an_advisory() -> None:
    catalogue = told(exploited=["CVE-2"])._replace(source="kev")
    _, one = compared([catalogue, told(about("A-1", weak="CVE-1"), about("A-2", weak="CVE-2"))], [owned()])
    assert [(each.advisory, each.exploited) for each in one.matches] == [("A-2", True), ("A-1", False)]


def test_the_order_of_what_is_compared_does_not_matter() -> None:
    advisories = [about(f"A-{number}", weak=f"CVE-{number}") for number in range(4)]
    things = [owned(f"element/{number}", version=str(number % 2)) for number in range(6)]
    (one,) = compared([told(*advisories)], things)
    (other,) = compared([told(*advisories[::-1])], things[::-1])
    assert one.matches == other.matches
    assert len(one.matches) == 24


def test_too_many_matches_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    things = [owned(f"element/{number}") for number in range(20)]
    monkeypatch.setattr(match_threats, "MOST_MATCHES", 19)
    assert isinstance(compare_threats(Reader(Index("gas")), DAY, [told(about())], things), Problem)
    monkeypatch.setattr(match_threats, "MOST_MATCHES", 20)
    assert not isinstance(compare_threats(Reader(Index("gas")), DAY, [told(about())], things), Problem)
    monkeypatch.setattr(match_threats, "MOST_LOOKED", 0)
    assert isinstance(compare_threats(Reader(Index("gas")), DAY, [told(about())], things), Problem)


@given(st.text(max_size=90), st.from_regex(r"element/[a-z0-9]{1,60}(/[a-z0-9]{1,60}){0,2}", fullmatch=True))
def test_whatever_an_advisory_is_called_its_match_has_a_name_of_ours(advisory: str, element: str) -> None:
    name = match_name(advisory, element)
    assert NAME.fullmatch(name)
    assert name.startswith("match/")


def test_names_that_differ_give_names_that_differ() -> None:
    names = ["A 1", "A-1", "A_1", "A:1", "A/1", "", "Ä", "x" * 64, "x" * 65, "x" * 66]
    elements = ["element/a", "element/a/b", "element/a/b/c", "element/a.b.c", "element/a/b.c"]
    found = {match_name(name, element) for name in names for element in elements}
    assert len(found) == len(names) * len(elements)
    assert match_name("CVE-2021-44228", "element/head-end") == "match/CVE-2021-44228/head-end"


@given(st.text(max_size=150))
def test_whatever_a_component_is_called_a_record_can_keep_it(name: str) -> None:
    things = [("element/1", Component((("", "Head End"),)), name), owned(name="head end", version="9")]
    (one,) = compared([told(about())], things)
    (match,) = one.matches
    assert read_label(match.component)


def lines(found: Compared) -> list[dict[str, Any]]:
    """The lines that tell it."""
    telling = Telling({"licensee": "x"}, lambda: ("f" * 32, "t" * 32), "From the site.")
    return [dict(line) for line in lines_of([(found, {"a.json": "ab" * 32})], telling)]


def test_a_line_says_what_was_compared_and_what_was_found() -> None:
    (one,) = compared([told(about(), exploited=["CVE-1"])], [owned()])
    (line,) = lines(one)
    assert line["facts"]["matches"] == [
        {
            "match": "match/A-1/1",
            "advisory": "A-1",
            "element": "element/1",
            "component": "Head End 1",
            "why": "product",
            "confidence": "possible",
            "exploited": True,
        }
    ]
    assert (line["facts"]["entries"], line["facts"]["components"], line["text"]) == (1, 1, {"note": "From the site."})
    assert "parts" not in line["facts"]


def test_what_is_too_long_for_one_line_is_told_in_parts() -> None:
    count = MOST_ITEMS + 1
    (one,) = compared([told(about())], [owned(f"element/{number}") for number in range(count)])
    parts = lines(one)
    assert [part["facts"]["part"] for part in parts] == [*range(1, len(parts) + 1)]
    assert {part["facts"]["parts"] for part in parts} == {len(parts)}
    assert sum(len(part["facts"]["matches"]) for part in parts) == count
    assert max(len(json.dumps(part)) for part in parts) < 2**20


def test_where_nothing_matches_that_is_told_too() -> None:
    (one,) = compared([told(about(product="Other"))], [owned()])
    (line,) = lines(one)
    assert line["facts"]["matches"] == []
