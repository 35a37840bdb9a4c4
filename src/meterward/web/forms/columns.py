"""The columns of a file that is imported: what the page asks of each, and what came back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.kinds.system_described import ELEMENT, LINK, POPULATION
from meterward.present.kind_words import words
from meterward.present.phrases import capital, clean
from meterward.present.system_words import CATEGORIES, OPERATORS
from meterward.usecases.map_columns import ANY_WORD
from meterward.usecases.ports.inventories import ColumnMapping, Columns
from meterward.usecases.register_columns import MEASURE, RISK, TREATMENT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from meterward.core.records.fields import Field
    from meterward.usecases.head_columns import Headed, Heading

SPACES = {
    ELEMENT: "An element of the system",
    LINK: "A link between two",
    POPULATION: "A group of devices, counted",
    RISK: "A risk, with its estimates",
    MEASURE: "A measure against risks",
    TREATMENT: "A treatment or an acceptance of a risk",
}
"""What a row of a table can be."""
_CALLED = {
    ELEMENT: {ELEMENT: "Its short name (id)", "label": "What it is called", "type": "Sort", "within": "Part of"},
    LINK: {LINK: "Its short name (id)", "source": "From", "target": "To", "label": "What it is called"},
    POPULATION: {POPULATION: "Its short name (id)", ELEMENT: "The element that they are of"},
    RISK: {RISK: "Its short name (id)", "label": "What it is called", "story": "How it can come about"},
    MEASURE: {MEASURE: "Its short name (id)", "label": "What it is called", "effects": "Which risks it lowers"},
    TREATMENT: {RISK: "The risk that it is of", "measures": "What is done, or why it is accepted"},
}
_BOTH = f"label,{ELEMENT}"
"""One column gives both where a file has no other, as it is guessed."""


class Choice(NamedTuple):
    """Something to choose."""

    value: str
    text: str
    chosen: bool


class Word(NamedTuple):
    """A word of the file, and what it can mean."""

    name: str
    word: str
    choices: list[Choice]


class Column(NamedTuple):
    """A column as it is asked about."""

    name: str
    header: str
    samples: tuple[str, ...]
    choices: list[Choice]
    taken: bool
    words: list[Word]


class Fill(NamedTuple):
    """What holds of all rows where the file says nothing."""

    name: str
    title: str
    says: str
    shape: str
    value: str
    choices: list[Choice]


class Asked(NamedTuple):
    """A table as it is asked about."""

    name: str
    title: str
    rows: int
    fixed: str
    spaces: list[Choice]
    columns: list[Column]
    fills: list[Fill]


def asked_of(tables: Sequence[Headed]) -> list[Asked]:
    """What is asked of each table."""
    return [_asked(place, one) for place, one in enumerate(tables)]


def mapping_from(tables: Sequence[Headed], said: Mapping[str, str]) -> ColumnMapping:
    """What somebody said of the columns."""
    return ColumnMapping(tuple(_said(place, one, said) for place, one in enumerate(tables)))


def field_called(space: str, name: str) -> str:
    """A field as a person reads it."""
    return _CALLED[space].get(name) or words(name).capitalize()


def _asked(place: int, one: Headed) -> Asked:
    name = f"table-{place}"
    fields = one.layout.fields[one.space]
    spaces = [Choice(value, SPACES[value], value == one.space) for value in one.layout.fields]
    columns = [_column(f"{name}-{index}", one, heading, fields) for index, heading in enumerate(one.headings)]
    filled = dict.fromkeys([*one.lacking, *one.columns.fill])
    fills = [_fill(f"{name}-fill-{each}", one, fields[each]) for each in filled if each != one.space]
    return Asked(name, clean(one.title), one.rows, SPACES[one.space] if one.fixed else "", spaces, columns, fills)


def _column(name: str, one: Headed, heading: Heading, fields: Mapping[str, Field]) -> Column:
    chosen = ",".join(heading.fields)
    offered = {"": "Leave it out", **{each: field_called(one.space, each) for each in fields}}
    if one.space == ELEMENT:
        offered[_BOTH] = "Its short name, and what it is called"
    if chosen not in offered:
        offered[chosen] = ", and ".join(field_called(one.space, each) for each in heading.fields)
    choices = [Choice(value, text, value == chosen) for value, text in offered.items()]
    meant = next((fields[each] for each in heading.fields if fields[each].choices), None)
    known = one.columns.words.get(meant.name, {}) if meant else {}
    asked = [_word(f"{name}-word-{place}", word, meant, known) for place, word in enumerate(heading.words) if meant]
    samples = tuple(clean(each) for each in heading.samples)
    return Column(name, clean(heading.header), samples, choices, bool(heading.fields), asked)


def _word(name: str, word: str, field: Field, known: Mapping[str, str]) -> Word:
    now = known.get(word)
    offered = [("?", "Not said yet"), ("", "It says nothing"), *((one, value_called(one)) for one in field.choices)]
    choices = [Choice(value, text, value == ("?" if now is None else now)) for value, text in offered]
    return Word(name, "any other word" if word == ANY_WORD else clean(word), choices)


def _fill(name: str, one: Headed, field: Field) -> Fill:
    value = one.columns.fill.get(field.name, "")
    choices = [Choice("", "Not said", not value)]
    choices += [Choice(each, value_called(each), each == value) for each in field.choices]
    return Fill(name, field_called(one.space, field.name), field.says, field.shape, value, choices)


def value_called(value: str) -> str:
    """A value as a person reads it."""
    known = {**{str(name): text for name, text in CATEGORIES.items()}, **OPERATORS}
    return capital(known.get(value) or words(value))


def _said(place: int, one: Headed, said: Mapping[str, str]) -> Columns:
    name = f"table-{place}"
    space = one.space if one.fixed else said.get(f"{name}-space", one.space)
    if space != one.space and space in one.layout.fields:
        # What the columns were read as is of another sort of thing: they are guessed anew.
        return Columns(space, table=one.title)
    known = one.layout.fields[one.space]
    columns = {
        heading.header: fields
        for index, heading in enumerate(one.headings)
        if (fields := _fields(known, said.get(f"{name}-{index}", ",".join(heading.fields))))
    }
    fill = {each: text for each in known if (text := said.get(f"{name}-fill-{each}", "").strip())}
    return Columns(one.space, columns, fill, _meanings(name, one, said), one.title)


def _fields(known: Collection[str], said: str) -> tuple[str, ...]:
    return tuple(one for one in said.split(",") if one in known)


def _meanings(name: str, one: Headed, said: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What words mean, of the fields that the columns were read as when they were asked about."""
    known, found = one.layout.fields[one.space], dict[str, dict[str, str]]()
    for index, heading in enumerate(one.headings):
        field = next((each for each in heading.fields if known[each].choices), "")
        for place, word in enumerate(heading.words):
            meant = said.get(f"{name}-{index}-word-{place}", "?")
            if field and meant in ("", *known[field].choices):
                found.setdefault(field, {})[word] = meant
    return found


def saying(columns: Iterable[Columns]) -> list[Columns]:
    """Those of which something was said that can be kept."""
    return [one for one in columns if one.columns]
