"""The mechanism that turns an example's file into records: days, words, choices, lists and repetition."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any

import pytest

from meterward.catalogues.examples.plot import Plot
from meterward.core.records.story import StoryError

SUNDAY = date(2015, 5, 31)
STORY = '[story]\nlicensee = "northlight"\nlicences = ["gas"]\n'


def records(text: str, today: date = SUNDAY) -> list[dict[str, Any]]:
    return [dict(record) for record in Plot.of(tomllib.loads(text), today, seed="test").records]


def days(text: str, today: date = SUNDAY) -> list[str]:
    return [record["on"].isoformat() for record in records(text, today)]


def test_named_days_count_from_today_and_from_days_above() -> None:
    named = '[days]\nbegun = "today-3m"\nlater = "begun+1d"\n'
    assert days(f'{STORY}{named}[[record]]\nkind = "k"\non = "later+1m"') == ["2015-04-01"]


def test_a_plain_story_keeps_its_weekends() -> None:
    assert days(f'{STORY}[[record]]\nkind = "k"\non = "today"') == ["2015-05-31"]


@pytest.mark.parametrize(
    ("today", "happens"),
    [(date(2015, 5, 29), "2015-05-29"), (date(2015, 5, 30), "2015-05-29"), (SUNDAY, "2015-05-29")],
)
def test_weekdays_move_what_falls_on_a_weekend_to_friday(today: date, happens: str) -> None:
    text = f'{STORY}weekdays = true\n[days]\nnow = "today"\n[[record]]\nkind = "k"\non = "now"'
    assert days(text, today) == [happens]
    assert days(text.replace('"now"', '"today"'), today) == [happens]


def test_repeated_to_the_last_day_inclusive_and_counted_from_the_first() -> None:
    repeated = '[[record]]\nkind = "k"\non = "today"\nevery = "1m"\nuntil = "today+3m-1d"'
    assert days(STORY + repeated) == ["2015-05-31", "2015-06-30", "2015-07-31"]
    assert days(STORY + repeated.replace("-1d", "")) == ["2015-05-31", "2015-06-30", "2015-07-31", "2015-08-31"]


def test_repeated_until_today_if_nothing_else_is_said() -> None:
    assert days(f'{STORY}[[record]]\nkind = "k"\non = "today-8d"\nevery = "4d"') == [
        "2015-05-23",
        "2015-05-27",
        "2015-05-31",
    ]


def test_a_list_of_words_and_one_of_tables_in_every_combination() -> None:
    cast = '[cast]\nharm = ["supply", "data"]\nthing = [{ element = "hub", age = 3 }, { element = "meter", age = 4 }]\n'
    record = '[[record]]\nkind = "k"\nfor = ["thing", "harm"]\non = "today-{age}d"\nsubject = "{element}/{harm}"'
    found = [(one["subject"], one["on"].day) for one in records(STORY + cast + record)]
    assert found == [("hub/supply", 28), ("hub/data", 28), ("meter/supply", 27), ("meter/data", 27)]


def test_an_item_without_a_day_is_not_told() -> None:
    cast = '[cast]\naction = [{ done = "today" }, { done = "" }]\n'
    assert days(f'{STORY}{cast}[[record]]\nkind = "k"\nfor = "action"\non = "{{done}}"') == ["2015-05-31"]


def test_a_value_that_is_one_word_keeps_its_type_and_others_become_text() -> None:
    words = '[words]\nlist = ["a"]\nnumber = 7\n'
    record = '[[record]]\nkind = "k"\non = "today"\nfacts = { l = "{list}", n = "{number}", t = ["n {number} {day}"] }'
    assert records(STORY + words + record)[0]["facts"] == {"l": ["a"], "n": 7, "t": ["n 7 2015-05-31"]}


def test_an_item_speaks_before_the_file_and_may_use_its_words() -> None:
    words = '[words]\nwho = "everybody"\nwhere = "here"\n[cast]\nitem = [{ who = "one", place = "{where}!" }]\n'
    record = '[[record]]\nkind = "k"\non = "today"\nfor = "item"\nsubject = "{who} {place}"'
    assert records(STORY + words + record)[0]["subject"] == "one here!"


@pytest.mark.parametrize(
    ("today", "edition"),
    [(date(2015, 1, 1), "old"), (date(2015, 7, 31), "old"), (date(2015, 8, 1), "new"), (date(2030, 1, 1), "new")],
)
def test_the_last_choice_that_has_begun_counts(today: date, edition: str) -> None:
    choice = '[[choice]]\nfrom = 2015-08-01\nedition = "new"\n[[choice]]\nfrom = 2015-01-01\nedition = "old"\n'
    text = f'{STORY}{choice}[[record]]\nkind = "k"\non = "today"\nsubject = "{{edition}}"'
    assert records(text, today)[0]["subject"] == edition


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[record]]\nkind = "k"\non = "today"\nsubject = "{nobody}"', "k {nobody}: nothing says what {nobody} stands"),
        ('[[record]]\nkind = "k"\non = "today"\nfor = "nobody"', "no list “nobody”"),
        ('[[record]]\nkind = "k"\non = "someday"', "'someday' is not a day"),
        ('[[record]]\nkind = "k"\non = "today"\nevery = "0d"', "“0d” is not a step"),
        ('[cast]\na = ["x"]\n[[record]]\nkind = "k"\non = "today"\nfor = ["a", "a"]', "two lists have the word a"),
        ('[[choice]]\nfrom = 2016-01-01\n[[record]]\nkind = "k"\non = "today"', "no choice is from 2015-05-31"),
    ],
)
def test_a_mistake_in_a_file_is_named(text: str, says: str) -> None:
    with pytest.raises(StoryError) as refused:
        records(STORY + text)
    assert says in str(refused.value)
