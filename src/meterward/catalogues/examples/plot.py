"""An example's file, written out as the records of a story, which `core.records.story` tells as the lines of a ledger.

An example is a folder beside this file with a `story.toml`. Its parts, all but `[story]` and `[[record]]` optional:

- `[story]`: `licensee` and `licences`; with `weekdays = true` whatever falls on a weekend happens on the Friday before.
- `[days]`: days with a name, each counted from `today` or from a day above it: `in_force = "today-20m-6d"`.
- `[words]`: words that records use; `[[choice]]`: words that depend on `today`, from the last row whose `from` is past.
- `[cast]`: lists to repeat records over. An item is a table of words, or one word that goes by the list's own name.
- `[usual."a.kind"]`: what is usual for a kind, as in any story.
- `[[record]]`: a record, as in any story. `for` names a list (or several: every combination): it is told once for each
  item. `every = "3m"` tells it again and again, from `on` up to `until` (inclusive; `today` if left out). One whose
  `on` comes to nothing is not told: so an item can lack what others have. `act` gives a `system.described` the rows
  that the tables of the example have for that word.

In a record, `{word}` stands for a word of the item or else of the file, and `{day}` for the record's own day. A value
that is nothing but `{word}` takes what the word stands for, be it a number or a list.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, product, takewhile
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from meterward.core.records.story import StoryError, Teller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.catalogues.examples.tables import Acts
    from meterward.core.base.canonical import Json

Toml: TypeAlias = "str | int | bool | date | list[Toml] | dict[str, Toml]"
Words: TypeAlias = Mapping[str, Toml]

_WORD = re.compile(r"\{([a-z_0-9]+)\}")
_EVERY = re.compile(r"([1-9]\d*)([dmy])")
_OURS = frozenset(("for", "every", "until"))
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Plot:
    """The records of an example on a day, and the teller who tells them."""

    teller: Teller
    records: tuple[Mapping[str, Any], ...]

    @classmethod
    def of(cls, source: Mapping[str, Any], today: date, seed: str, acts: Acts = MappingProxyType({})) -> Plot:
        """Write an example out, as at a day."""
        making = _Making(source, today, seed, acts)
        return cls(making.teller, tuple(making.records()))

    def tell(self) -> list[dict[str, Json]]:
        """The lines of the ledger, in the order of recording."""
        return self.teller.tell(self.records)


class _Making:
    """The making of a plot."""

    def __init__(self, source: Mapping[str, Any], today: date, seed: str, acts: Acts) -> None:
        story, self.acts = source["story"], acts
        self.source, self.weekdays = source, story.get("weekdays", False)
        days = {"today": today}
        self.teller = Teller(story["licensee"], story["licences"], days, source.get("usual", {}), seed)
        for name, written in source.get("days", {}).items():
            days[name] = self.rolled(self.teller.day(written))
        self.words = {**source.get("words", {}), **_chosen(source.get("choice", ()), today)}

    def records(self) -> Iterator[Mapping[str, Any]]:
        for record in self.source["record"]:
            for items in product(*(self.cast(name) for name in _listed(record.get("for", ())))):
                words = {**self.words, **_all_filled(_merged(items), self.words)}
                try:
                    yield from self.repeated(record, words)
                except StoryError as error:
                    raise StoryError(f"{record['kind']} {record.get('subject', '')}: {error}") from error

    def cast(self, name: str) -> list[Words]:
        if name not in self.source.get("cast", {}):
            raise StoryError(f"there is no list “{name}” in the cast")
        return [item if isinstance(item, Mapping) else {name: item} for item in self.source["cast"][name]]

    def repeated(self, record: Mapping[str, Any], words: Words) -> Iterator[Mapping[str, Any]]:
        bare = {name: value for name, value in record.items() if name not in _OURS}
        for day in self.days(record, words):
            yield self.with_rows(_all_filled(bare, {**words, "day": day.isoformat()})) | {"on": day}

    def with_rows(self, told: dict[str, Any]) -> dict[str, Any]:
        act = told.pop("act", None)
        if act is None:
            return told
        if act not in self.acts:
            raise StoryError(f"the tables have no row of the act “{act}”")
        return told | {"facts": {**told["facts"], **self.acts[act]}}

    def days(self, record: Mapping[str, Any], words: Words) -> Iterator[date]:
        on = filled(record["on"], words)
        if on and "every" in record:
            until = self.teller.day(filled(record.get("until", "today"), words))
            repeated = self.steps(self.teller.day(on), str(filled(record["every"], words)))
            yield from map(self.rolled, takewhile(lambda day: day <= until, repeated))
        elif on:
            yield self.rolled(self.teller.day(on))

    def steps(self, first: date, every: str) -> Iterator[date]:
        step = _EVERY.fullmatch(every)
        if not step:
            raise StoryError(f"“{every}” is not a step such as 3m")
        return (self.teller.day(f"on+{place * int(step[1])}{step[2]}", first) for place in count())

    def rolled(self, day: date) -> date:
        """The day, or the Friday before a weekend if the story keeps to weekdays."""
        return day - timedelta(days=max(0, day.weekday() - _FRIDAY)) if self.weekdays else day


def filled(value: Toml, words: Words) -> Toml:
    """A value with its words filled in."""
    if isinstance(value, str):
        if "{" not in value:
            return value
        whole = _WORD.fullmatch(value)
        return _word(whole[1], words) if whole else _WORD.sub(lambda found: str(_word(found[1], words)), value)
    if isinstance(value, dict):
        return _all_filled(value, words)
    if isinstance(value, list):
        return [filled(item, words) for item in value]
    return value


def _all_filled(table: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {name: filled(value, words) for name, value in table.items()}


def _word(name: str, words: Words) -> Toml:
    if name not in words:
        raise StoryError(f"nothing says what {{{name}}} stands for; there are: {', '.join(sorted(words))}")
    return words[name]


def _chosen(rows: Sequence[Mapping[str, Any]], today: date) -> Words:
    fitting = [row for row in rows if row["from"] <= today]
    if rows and not fitting:
        raise StoryError(f"no choice is from {today} or before")
    return max(fitting, key=lambda row: row["from"], default={})


def _merged(items: Sequence[Words]) -> Words:
    words: dict[str, Toml] = {}
    for item in items:
        if twice := words.keys() & item.keys():
            raise StoryError(f"two lists have the word {', '.join(sorted(twice))}")
        words.update(item)
    return words


def _listed(names: str | Sequence[str]) -> Sequence[str]:
    return (names,) if isinstance(names, str) else names
