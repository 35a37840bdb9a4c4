"""Every store knows the subjects that a record introduces beside others, each once, by whichever record was first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from meterward.core.facts.reader import Reader
from meterward.core.system.model import system
from meterward.usecases.append_record import Appended
from meterward.usecases.ports import Asked, Known
from tests.builders.evaluations import index_of
from tests.builders.kept import LEDGER, append, opening
from tests.builders.lines import Draft
from tests.builders.system_told import described, element, link
from tests.builders.wrong import places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.builders.stores import Store

DAY = date(2013, 4, 8)
MANY = 6_000


def _line(seed: object, *rows: Mapping[str, Any], **more: Any) -> Mapping[str, Any]:  # noqa: ANN401 - any facts
    facts = described(DAY, *rows)["facts"]
    return Draft("system.described", DAY, DAY, {**facts, **more}, files=False).line(seed)


def _declared(name: str) -> Mapping[str, Any]:
    return Draft("element.declared", DAY, DAY, element(name)["told"], f"element/{name}", files=False).line(name)


def _introduced(store: Store, *names: str) -> dict[str, int]:
    """Which entry introduced some subjects."""
    asked = Asked(frozenset(), frozenset(names), frozenset())
    known = store.ledgers.write(LEDGER, lambda book: book.known(asked))
    assert isinstance(known, Known), known
    index = {record.id: record.index for record in store.ledgers.records(LEDGER)}
    return {name: index[by] for name, by in known.subjects.items()}


def _appended(store: Store, *lines: Mapping[str, Any]) -> Appended:
    done = append(store.ledgers, LEDGER, *lines)
    assert isinstance(done, Appended), done
    return done


def test_each_element_is_introduced_once_by_who_told_of_it_first(store: Store) -> None:
    store.ledgers.open(LEDGER)
    _appended(store, opening(DAY), _declared("old"))
    _appended(store, _line(1, element("a"), element("b")))
    _appended(store, _line(2, element("old", zone="core"), element("b", zone="core"), element("c")))
    names = [f"element/{name}" for name in ("old", "a", "b", "c", "none")]
    assert _introduced(store, *names) == {"element/old": 1, "element/a": 2, "element/b": 2, "element/c": 3}


def test_a_name_told_twice_in_one_append_is_introduced_once(store: Store) -> None:
    store.ledgers.open(LEDGER)
    _appended(store, opening(DAY), _line(1, element("a")), _line(2, element("a"), link("up", "a", "b"), element("b")))
    assert _introduced(store, "element/a", "element/b", "link/up") == {"element/a": 1, "element/b": 2}


def test_what_was_told_among_many_is_taken_and_may_be_named(store: Store) -> None:
    store.ledgers.open(LEDGER)
    _appended(store, opening(DAY), _line(1, element("a"), element("b")))
    refused = append(store.ledgers, LEDGER, _declared("a"))
    assert isinstance(refused, list)
    assert places(refused) == [("subject.taken", "statement.subject")]
    facts = {"detected": DAY, "severity": "low", "affected": ["element/a", "element/b"]}
    _appended(store, Draft("incident.recorded", DAY, DAY, facts, "incident/1", files=False).line())


def test_an_append_of_several_parts_of_which_one_does_not_fit_leaves_nothing(store: Store) -> None:
    store.ledgers.open(LEDGER)
    _appended(store, opening(DAY))
    links = [link("up", "a", "b"), link("down", "b", "none")]
    refused = append(store.ledgers, LEDGER, _line(1, element("a"), element("b"), part=1, parts=2), _line(2, *links))
    assert isinstance(refused, list)
    assert [(one.code.value, one.field, one.line) for one in refused] == [
        ("reference.unknown", "facts.links[1].target", 2)
    ]
    assert _introduced(store, "element/a", "element/b") == {}


def test_many_elements_and_many_names_within_groups(store: Store) -> None:
    store.ledgers.open(LEDGER)
    names = [f"e{place}" for place in range(MANY)]
    joined = [link(f"l{place}", one, names[place - 1]) for place, one in enumerate(names)]
    _appended(store, opening(DAY), _line(1, *map(element, names)))
    _appended(store, _line(2, *joined))
    found = _introduced(store, *(f"element/{name}" for name in names))
    assert (len(found), set(found.values())) == (MANY, {1})
    there = system(Reader(index_of(store.ledgers.records(LEDGER)))).on(DAY)
    assert (len(there.elements), len(there.links)) == (MANY, MANY)


def test_projections_made_anew_introduce_the_same(store: Store) -> None:
    store.ledgers.open(LEDGER)
    _appended(store, opening(DAY), _line(1, element("a")), _line(2, element("a"), element("b")))
    before = _introduced(store, "element/a", "element/b")
    store.ledgers.rebuild(LEDGER)
    assert _introduced(store, "element/a", "element/b") == before == {"element/a": 1, "element/b": 2}
