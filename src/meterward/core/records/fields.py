"""The types a fact may have, read from the annotations of a kind's `NamedTuple`.

`date` is a legal day, `Instant` an instant, `str` a name, `Label` a line for people, `int` a count, `bool` a flag,
`Literal` a choice, `tuple[X, ...]` a list, another `NamedTuple` a group of fields, `X | None` optional. In
`Annotated[...]` a text is the help and `Ref(...)` says that the name is the subject of another record. No floats: an
amount is a count of its smallest unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin, get_type_hints

from meterward.core.base.canonical import Json
from meterward.core.records.terms import SYSTEM
from meterward.core.records.unfit import MISSING, UNKNOWN, UnfitError, misfit
from meterward.core.records.values import (
    Instant,
    Label,
    read_count,
    read_day,
    read_flag,
    read_instant,
    read_label,
    read_name,
)

_MOST_SEEN = 4_096
_ALIKE = ("count", "true or false")
"""Shapes whose values Python takes for each other: 1 is True. What holds them is read each time."""
MOST_ITEMS = 10_000
"""A list in a record is at most this long; more is a table, attached as a file."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The name is the subject of a record: in one of these namespaces, or in any if there are none."""

    namespaces: tuple[str, ...] = ()
    whole: bool = False
    """Whether it may be the system as a whole too, which no record introduces."""

    def describe(self) -> str:
        """In words, for help and documentation."""
        named = " or ".join(f"{space}/…" for space in self.namespaces) or "the subject of another record"
        return f"{named}, or {SYSTEM}" if self.whole else named


Parse: TypeAlias = Callable[[Json], object]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body: how to read it, and what to say of it."""

    name: str
    parse: Parse
    says: str
    shape: str
    required: bool
    ref: Ref | None = None
    many: bool = False
    inner: tuple[Field, ...] = ()
    choices: tuple[str, ...] = ()

    @property
    def refers(self) -> bool:
        """Whether it names subjects of other records, itself or in its groups."""
        return self.ref is not None or any(one.refers for one in self.inner)


def fields_of(facts: type) -> tuple[Field, ...]:
    """The fields that a kind's `NamedTuple` declares."""
    hints = get_type_hints(facts, include_extras=True)
    defaults: Mapping[str, object] = getattr(facts, "_field_defaults", {})
    return tuple(_field(name, hint, required=name not in defaults) for name, hint in hints.items())


def reader(facts: type[Any], fields: tuple[Field, ...]) -> Callable[[Mapping[str, Json]], Any]:
    """A function that reads a JSON object into `facts`; it raises `UnfitError` at the first thing that does not fit."""
    defaults: Mapping[str, object] = getattr(facts, "_field_defaults", {})
    start = [defaults.get(field.name) for field in fields]
    slots = {field.name: (place, field.parse, field.required) for place, field in enumerate(fields)}
    required = sum(field.required for field in fields)

    def read(values: Mapping[str, Json]) -> object:
        found, given = start.copy(), 0
        for name, value in values.items():
            slot = slots.get(name)
            if slot is None:
                raise UnfitError(UNKNOWN, f"The fields are: {', '.join(sorted(slots))}.", name)
            place, parse, counts = slot
            if value is None:
                raise UnfitError("is null", "Leave the field out instead.", name, kind=True)
            try:
                found[place] = parse(value)
            except UnfitError as unfit:
                raise unfit.inside(name) from None
            given += counts
        if given < required:
            lacking = next(field.name for field in fields if field.required and field.name not in values)
            raise UnfitError(MISSING, "Add it.", lacking)
        return facts._make(found)

    return read


class Reference(NamedTuple):
    """A name in some facts that is the subject of a record: where it stands, and in which namespaces it may be."""

    where: str
    name: str
    spaces: tuple[str, ...]


def references_in(fields: Iterable[Field], facts: object, where: str) -> Iterator[Reference]:
    """Every reference that facts make, also within groups; `where` is what stands before their fields."""
    for field in fields:
        value = getattr(facts, field.name)
        if value is None or not field.refers:
            continue
        named = f"{where}.{field.name}"
        values = [(f"{named}[{place}]", one) for place, one in enumerate(value)] if field.many else [(named, value)]
        for place, one in values:
            if field.ref:
                if not (field.ref.whole and one == SYSTEM):
                    yield Reference(named, one, field.ref.namespaces)
            else:
                yield from references_in(field.inner, one, place)


def unfits(fields: tuple[Field, ...], values: Mapping[str, Json]) -> list[UnfitError]:
    """Everything about an object that does not fit, field by field (what `reader` stops at the first of)."""
    found: list[UnfitError] = []
    for field in fields:
        one = reader(_Single, (Field(field.name, field.parse, "", "", field.required),))
        try:
            one({field.name: values[field.name]} if field.name in values else {})
        except UnfitError as unfit:
            found.extend(_within(field, values.get(field.name)) or [unfit])
    names = sorted(field.name for field in fields)
    hint = f"The fields are: {', '.join(names)}." if names else "This kind has none here."
    found.extend(UnfitError(UNKNOWN, hint, name) for name in values if name not in names)
    return found


def _within(field: Field, value: Json) -> list[UnfitError]:
    """Everything that does not fit in a group of fields, or in each of a list of groups."""
    if not field.inner:
        return []
    if type(value) is dict and not field.many:
        return [unfit.inside(field.name) for unfit in unfits(field.inner, value)]
    groups = enumerate(value) if type(value) is list and field.many and len(value) <= MOST_ITEMS else ()
    return [
        unfit.inside(f"[{place}]").inside(field.name)
        for place, group in groups
        if type(group) is dict
        for unfit in unfits(field.inner, group)
    ]


class _Single(NamedTuple):
    value: object


def _field(name: str, hint: object, *, required: bool) -> Field:
    metadata: tuple[object, ...] = ()
    if get_origin(hint) is Annotated:
        hint, *rest = get_args(hint)
        metadata = tuple(rest)
    says = next((item for item in metadata if isinstance(item, str)), "")
    ref = next((item for item in metadata if isinstance(item, Ref)), None)
    parse, shape, inner, choices = _type(_without_none(hint))
    many = get_origin(_without_none(hint)) is tuple
    if ref:
        shape = f"{'list of ' if many else ''}{ref.describe()}"
    return Field(name, parse, says, shape, required, ref, many, inner, choices)


def _without_none(hint: object) -> object:
    if get_origin(hint) in (Union, UnionType):
        (hint,) = (option for option in get_args(hint) if option is not NoneType)
    return hint


def _type(hint: object) -> tuple[Parse, str, tuple[Field, ...], tuple[str, ...]]:
    origin = get_origin(hint)
    if origin is Literal:
        choices = get_args(hint)
        return _choice(choices), "one of " + ", ".join(choices), (), choices
    if origin is tuple:
        parse, shape, inner, choices = _type(get_args(hint)[0])
        return _many(parse), f"list of {shape}", inner, choices
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        choices = tuple(hint)
        return _choice(choices), "one of " + ", ".join(choices), (), choices
    if isinstance(hint, type) and hasattr(hint, "_fields"):
        inner = fields_of(hint)
        return _group(hint, inner), "group of " + ", ".join(field.name for field in inner), inner, ()
    plain: dict[object, tuple[Parse, str]] = {
        str: (read_name, "name"),
        date: (read_day, "day"),
        Instant: (read_instant, "instant"),
        Label: (read_label, "label"),
        int: (read_count, "count"),
        bool: (read_flag, "true or false"),
    }
    parse, shape = plain[hint]
    return parse, shape, (), ()


def _choice(choices: tuple[str, ...]) -> Parse:
    known = {choice: choice for choice in choices}

    def parse(value: Json) -> str:
        found = known.get(value) if type(value) is str else None
        if found is None:
            wrong_type = type(value) is not str
            raise misfit(value, f"Write one of: {', '.join(choices)}.", kind=wrong_type)
        return found

    return parse


def _many(parse: Parse) -> Parse:
    def parse_many(value: Json) -> tuple[object, ...]:
        if type(value) is not list:
            raise misfit(value, "Write a list in square brackets.", kind=True)
        if len(value) > MOST_ITEMS:
            raise UnfitError(f"has {len(value):,} items", f"A list has at most {MOST_ITEMS:,}; attach a table instead.")
        found: list[object] = []
        for place, item in enumerate(value):
            try:
                found.append(parse(item))
            except UnfitError as unfit:
                raise unfit.inside(f"[{place}]") from None
        return tuple(found)

    return parse_many


def _group(facts: type, fields: tuple[Field, ...]) -> Parse:
    read = reader(facts, fields)
    flat = not any(field.many or field.inner or field.shape in _ALIKE for field in fields)
    seen: dict[tuple[tuple[str, Json], ...], object] = {}

    def parse(value: Json) -> object:
        if type(value) is not dict:
            raise misfit(value, "Write the fields in curly brackets.", kind=True)
        return remembered(value) if flat else read(value)

    def remembered(value: dict[str, Json]) -> object:
        """Few people make many records: what was read once is not read again."""
        key = tuple(value.items())
        try:
            found = seen.get(key)
        except TypeError:
            return read(value)
        if found is None:
            found = read(value)
            if len(seen) < _MOST_SEEN:
                seen[key] = found
        return found

    return parse
