"""Every store finds the same entries by words, kind, day, person, subject and id."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, cast

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from meterward.usecases.ports import Hit, Wanted
from tests.builders.kept import LEDGER, append, fresh, opening, restore
from tests.builders.ledgers import rich_ledger
from tests.builders.sought import DAY, found, incident

if TYPE_CHECKING:
    from tests.builders.stores import Store


FINDS: dict[str, list[int]] = {
    "unreachable": [3, 1],
    "UNREACHABLE hour": [1],
    "unreach": [3, 1],
    "nreachable": [],
    "head-end": [3, 1],
    "head": [3, 1],
    "end": [3, 1],
    "head-end's": [3],
    "cafe": [2],
    "Café": [2],
    "o'brien": [2],
    "O\u2019Brien": [2],
    "3rd": [3],
    "incident": [3, 2, 1],
    "incident/2": [2],
    "incident.recorded unreachable": [3, 1],
    "ledger": [0],
    "proof.pdf": [3, 2, 1],
    "p-operator": [0],
    "": [3, 2, 1, 0],
    "   ": [3, 2, 1, 0],
    "a": [2, 0],
    "an": [2, 1],
    "unreachable nothing": [],
    "—": [],
    "?!": [],
}


def test_words_are_found_from_their_beginning_without_case_or_accents(full: Store) -> None:
    assert {words: found(full, words) for words in FINDS} == FINDS


ODD = (
    '"',
    "'",
    "\\",
    "''; DROP TABLE storage_entry --",
    "head AND NOT",
    "NEAR(head end)",
    "terms:head",
    "head*",
    "^head",
    "(head",
    "head | end & !x <-> :*",
    "k=incident.recorded",
    "l=northlight",
    "\x00\x1f",
    "😀 ﷺ İ ß",
    "a " * 5_000,
    "x" * 100_000,
)


def test_nothing_that_is_typed_means_anything_but_its_words(full: Store) -> None:
    for words in ODD:
        assert set(found(full, words)) <= {1, 2, 3} or words.startswith("a ")
        assert found(full, subject=words) == []
        assert found(full, person=words) == []
        assert found(full, kinds=(words,)) == []
        assert full.ledgers.search(words, Wanted("head"), 9).hits == []
    assert found(full) == [3, 2, 1, 0], "all is there as before"


def test_a_record_is_found_by_the_beginning_of_its_id(full: Store) -> None:
    for hit in full.ledgers.search(LEDGER, Wanted(), 4).hits:
        for digits in (8, 12, 40, 64):
            assert found(full, hit.id[:digits].upper()) == [hit.index]


def test_kind_day_person_and_subject_narrow_what_is_found(full: Store) -> None:
    assert found(full, kinds=("ledger.opened",)) == [0]
    assert found(full, kinds=("ledger.opened", "incident.recorded")) == [3, 2, 1, 0]
    assert found(full, kinds=("policy.issued",)) == []
    assert found(full, subject="incident/2") == [2]
    assert found(full, subject="incident/") == []
    assert found(full, subject="Incident/2") == []
    assert found(full, person="p-operator") == [0]
    assert found(full, person="p") == []
    assert found(full, "unreachable", kinds=("incident.recorded",), subject="incident/3", first=DAY, last=DAY) == [3]


def test_days_count_from_the_first_to_the_last(store: Store) -> None:
    store.ledgers.open(LEDGER)
    days = [date(1999, 12, 31), date(2000, 1, 1), date(2009, 10, 9), date(2010, 2, 28), date(2012, 2, 29)]
    lines = [incident(number, "x", day) for number, day in enumerate(days)]
    append(store.ledgers, LEDGER, opening(DAY), *lines)
    for first in (None, *days):
        for last in (None, *days):
            span = [day for day in [*days, DAY] if (first or day) <= day <= (last or day)]
            hits = store.ledgers.search(LEDGER, Wanted(first=first, last=last), 1_000).hits
            assert sorted(hit.occurred for hit in hits) == span


def test_a_hit_shows_what_a_list_needs(full: Store) -> None:
    (hit,) = full.ledgers.search(LEDGER, Wanted(subject="incident/2"), 1_000).hits
    record = next(one for one in full.ledgers.records(LEDGER) if one.subject == "incident/2")
    assert hit == Hit(
        2,
        record.id.hex(),
        "2013-05-01T09:00:00Z",
        DAY,
        "incident.recorded",
        "incident/2",
        record.actor.person,
        record.actor.role.value,
    )
    assert type(hit.occurred) is date


def test_hits_come_by_id_whatever_their_order(full: Store) -> None:
    hits = full.ledgers.search(LEDGER, Wanted(), 1_000).hits
    assert full.ledgers.hits(LEDGER, [hit.id for hit in reversed(hits)]) == hits
    assert full.ledgers.hits(LEDGER, [hits[1].id, "0" * 64, hits[1].id]) == [hits[1]]
    assert full.ledgers.hits(LEDGER, ()) == []
    assert full.ledgers.hits(fresh(full), [hits[1].id]) == []
    lines = [full.ledgers.line(LEDGER, one.index) for one in reversed(hits)]
    assert full.ledgers.lines_of(LEDGER, [one.id for one in hits]) == lines
    assert full.ledgers.lines_of(LEDGER, ["0" * 64]) == []


def test_pages_follow_each_other_without_gap_or_overlap(store: Store) -> None:
    lines = rich_ledger(1, "everything", 60).lines
    restore(store.ledgers, fresh(store), lines)
    ledger = fresh(store)
    restore(store.ledgers, ledger, lines)
    size, before, seen = len(lines) - 5, cast("int | None", None), list[int]()
    while True:
        page = store.ledgers.search(ledger, Wanted(), size, before, limit=7)
        seen.extend(hit.index for hit in page.hits)
        before = page.next
        if before is None:
            break
        assert len(page.hits) == 7
    assert seen == list(reversed(range(size)))


def test_a_full_last_page_has_no_next(full: Store) -> None:
    assert full.ledgers.search(LEDGER, Wanted(), 4, limit=4).next is None
    assert full.ledgers.search(LEDGER, Wanted(), 4, limit=3).next == 1
    assert full.ledgers.search(LEDGER, Wanted(), 0).hits == []
    assert full.ledgers.search(LEDGER, Wanted(), 4, before=0).hits == []


def test_what_came_after_a_size_is_not_found(full: Store) -> None:
    hits = full.ledgers.search(LEDGER, Wanted("unreachable"), 3).hits
    assert [hit.index for hit in hits] == [1]


def test_another_ledger_is_not_found(full: Store) -> None:
    other = fresh(full)
    append(full.ledgers, other, opening(DAY), incident(9, "Unreachable."))
    assert found(full, "unreachable") == [3, 1]
    assert [hit.index for hit in full.ledgers.search(other, Wanted("unreachable"), 9).hits] == [1]
    assert full.ledgers.search("nowhere", Wanted("unreachable"), 9).hits == []


WORDS = ("proof", "electricity", "policy", "in few words", "incident/1", "p-", "audit", "role", "x")
wanted = st.builds(
    Wanted,
    st.sampled_from(("", *WORDS)),
    st.sampled_from(((), ("state.evidenced",), ("policy.issued", "incident.recorded", "judgement.made"))),
    st.none() | st.dates(date(2012, 10, 1), date(2015, 1, 1)),
    st.none() | st.dates(date(2012, 10, 1), date(2015, 1, 1)),
    st.sampled_from(("", "p-contributor", "p-lead auditor")),
    st.sampled_from(("", "system", "policy/1")),
)


@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(asked=wanted, size=st.integers(0, 90), before=st.none() | st.integers(0, 90))
def test_what_is_found_is_what_a_look_at_every_record_finds(
    store: Store, asked: Wanted, size: int, before: int | None
) -> None:
    scribe = rich_ledger(7, "policy", 50)
    if store.ledgers.head(LEDGER) is None:
        store.ledgers.open(LEDGER)
        restore(store.ledgers, LEDGER, scribe.lines)
    expected = []
    for line, record in zip(scribe.lines, scribe.records, strict=True):
        texts, files = cast("dict[str, str]", line["text"]), cast("dict[str, str]", line["files"])
        said = " ".join(
            (*texts.values(), *files, record.kind.name, record.subject, record.actor.person, record.actor.role)
        ).lower()
        parts = {*said.replace(",", " ").split(), *said.translate(dict.fromkeys(map(ord, "./-,"), " ")).split()}
        fits = all(
            any(part.startswith(word) if len(word) > 1 else part == word for part in parts)
            for word in (each.strip("-") for each in asked.words.split())
        )
        if (
            fits
            and record.index < min(size, size if before is None else before)
            and (not asked.kinds or record.kind.name in asked.kinds)
            and (asked.first or record.occurred) <= record.occurred <= (asked.last or record.occurred)
            and asked.person in ("", record.actor.person)
            and asked.subject in ("", record.subject)
        ):
            expected.append(record.index)
    hits = store.ledgers.search(LEDGER, asked, size, before, 1_000).hits
    assert [hit.index for hit in hits] == expected[::-1]


def test_the_number_of_queries_does_not_grow(kept: Store) -> None:
    counts = set()
    for count in (10, 60):
        ledger = fresh(kept)
        lines = rich_ledger(2, "everything", count).lines
        restore(kept.ledgers, ledger, lines)
        with CaptureQueriesContext(connection) as queries:
            hits = kept.ledgers.search(ledger, Wanted("words", first=date(2012, 1, 1)), 1_000, limit=5).hits
            kept.ledgers.hits(ledger, [hit.id for hit in hits])
        assert len(hits) == 5
        counts.add(len(queries))
    assert counts == {3}
