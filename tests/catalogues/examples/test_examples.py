"""What holds for every example: its ledger is sound, says what it is, repeats exactly and names nobody."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from meterward.catalogues.examples import names, plot, source, tell
from meterward.core.records.record import LINKS
from meterward.usecases.read_ledger import read_ledger
from tests.catalogues.examples.told import position_of, read

if TYPE_CHECKING:
    from collections.abc import Iterator

TODAY = date(2015, 11, 22)
EDGES = [
    *(date(year, month, day) for year in (2014, 2020) for month, day in ((1, 1), (2, 28), (3, 31), (8, 31), (12, 31))),
    *(date(year, 2, 29) for year in (2016, 2024, 2032)),
    date(2015, 7, 31),
    date(2015, 8, 1),
    date(2024, 8, 31),
    date(2024, 9, 1),
    date(2035, 12, 31),
]
ORGANISATIONS = {"northlight", "harbour", "auditor-a", "auditor-b", "authority", "department"}
# Words that may begin with a capital within a sentence.
CALLED = {"A", "August", "Authority", "Authority's", "B", "Code", "Energy", "ISO", "R", "Sunday", "Sundays"}
# Words that begin a sentence and stand nowhere in small letters. A new one comes here once it is seen not to be a name.
OPENERS = set(
    re.findall(
        r"\S+",
        """
        Adopted Alarms Blocked Callers Chief Cleaners Codes Contained Contractors' Corrected Count Decisions
        Determination Eleven Employs Examiners Finding Fixed Floods Hands Harbour Heads Hear Improved Inspected Managing
        Northlight Owners Pairing Parts Protect Protection Qualify R Received Reconciliation Regulatory Removed
        Renewals Replace Reputation Restore Rota Rows Sends Settings Short Silence Sound Split Suppliers' Tamper
        Train Updates Valves Weight Wipe
        """,
    )
)


def lines(name: str) -> list[dict[str, Any]]:
    return [dict(line) for line in tell(name, TODAY)]


def texts(name: str) -> Iterator[str]:
    return (text for line in lines(name) for text in line["text"].values())


def test_the_examples_are_the_files() -> None:
    assert names() == ["harbour-2013", "northlight"]


@pytest.mark.parametrize("name", names())
def test_the_first_record_says_that_the_clock_is_simulated_and_all_is_invented(name: str) -> None:
    first = lines(name)[0]
    assert first["statement"]["kind"] == "ledger.opened"
    assert first["facts"] == {"clock": "simulated", "purpose": "example"}
    assert "clock is simulated" in first["text"]["note"]
    assert "invented" in first["text"]["note"]


@pytest.mark.parametrize("day", EDGES, ids=str)
def test_northlight_is_read_without_a_problem_on_awkward_days(day: date) -> None:
    loaded = read("northlight", day)
    assert loaded.problems == []
    assert max(record.recorded for record in loaded.records) <= day


def test_harbour_is_read_without_a_problem_and_is_the_same_on_every_day() -> None:
    assert read("harbour-2013", TODAY).problems == []
    assert tell("harbour-2013", TODAY) == tell("harbour-2013", date(2030, 2, 28))


@pytest.mark.parametrize("name", names())
def test_entries_are_in_order_and_nothing_is_recorded_before_it_occurred(name: str) -> None:
    recorded = [line["recorded"] for line in lines(name)]
    assert recorded == sorted(recorded)
    assert all(line["statement"]["occurred"] <= line["recorded"][:10] for line in lines(name))


@pytest.mark.parametrize("name", names())
def test_told_twice_it_is_the_same_to_the_last_digit(name: str) -> None:
    assert tell(name, TODAY) == tell(name, TODAY)


def test_northlight_moves_with_the_day() -> None:
    one, other = tell("northlight", TODAY), tell("northlight", TODAY + timedelta(days=7))
    assert len(one) == len(other)
    assert not {line["id"] for line in one} & {line["id"] for line in other}


@pytest.mark.parametrize(
    ("name", "licence"), [("northlight", "electricity"), ("northlight", "gas"), ("harbour-2013", "gas")]
)
def test_computed_twice_the_receipt_is_the_same(name: str, licence: str) -> None:
    one, other = (
        position_of(read_ledger(json.dumps(line).encode() for line in tell(name, TODAY)), licence, TODAY).receipt
        for _ in range(2)
    )
    assert one == other
    assert one.digest == other.digest


@pytest.mark.parametrize("name", names())
def test_people_are_pseudonyms_and_organisations_invented(name: str) -> None:
    actors = [line["statement"]["actor"] for line in lines(name)]
    people = {actor["person"] for actor in actors}
    people |= {person for line in lines(name) for person in line["facts"].get("members", ())}
    assert {person for person in people if not re.fullmatch(r"p-\d\d", person)} == set()
    assert {actor["organisation"] for actor in actors} <= ORGANISATIONS


@pytest.mark.parametrize("name", names())
def test_a_pseudonym_acts_in_one_role(name: str) -> None:
    pairs = {(line["statement"]["actor"]["person"], line["statement"]["actor"]["role"]) for line in lines(name)}
    assert [person for person, roles in Counter(person for person, _ in pairs).items() if roles > 1] == []


@pytest.mark.parametrize("name", names())
def test_no_text_names_a_person_or_a_place(name: str) -> None:
    within = {word for text in texts(name) for word in re.findall(r"(?<=[^.?!:] )([A-Z][\w']*)", text)}
    assert within <= CALLED


def test_no_sentence_begins_with_a_name() -> None:
    every = [text for name in names() for text in texts(name)]
    small = {word for text in every for word in re.findall(r"\b[a-z]+\b", text)}
    opening = {word for text in every for word in re.findall(r"(?:^|[.?!:] )([A-Z][\w']*)", text)}
    assert {word for word in opening if word.lower() not in small} <= OPENERS


@pytest.mark.parametrize("name", names())
def test_every_record_says_something_to_a_person(name: str) -> None:
    silent = {line["statement"]["kind"] for line in lines(name) if not line["text"]}
    assert silent <= {"document.received", "management.informed"}


@pytest.mark.parametrize("name", names())
def test_files_have_names_of_their_own(name: str) -> None:
    plain = {f"{line['statement']['kind']}.pdf" for line in lines(name)}
    assert {file for line in lines(name) for file in line["files"]} & plain == set()


@pytest.mark.parametrize("name", names())
def test_one_file_name_is_one_file(name: str) -> None:
    digests: dict[str, set[str]] = {}
    for line in lines(name):
        for file_name, digest in line["files"].items():
            digests.setdefault(file_name, set()).add(digest)
    assert {file_name for file_name, found in digests.items() if len(found) > 1} == set()


@pytest.mark.parametrize("name", names())
def test_a_file_uses_what_it_declares_and_misspells_nothing(name: str) -> None:
    story = source(name)
    records = story["record"]
    loops = [record.get("for", []) for record in records]
    used = {name for loop in loops for name in ([loop] if isinstance(loop, str) else loop)}
    assert used == set(story.get("cast", {}))
    told = {"kind", "on", "subject", "facts", "text", "files", "label", "licences", "recorded", "act"}
    told |= {"person", "role", "organisation", *LINKS}
    assert {key for record in records for key in record} <= told | {"for", "every", "until"}
    assert set(story.get("usual", {})) <= {record["kind"] for record in records}
    assert set(story) <= {"story", "days", "words", "choice", "cast", "usual", "record"}
    labels = [one.get("label") for one in plot(name, TODAY).records if "label" in one]
    assert len(set(labels)) == len(labels)
