"""What a record says, in words: each fact with what its kind says of it, and the subjects that it names as links."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from meterward.core.base.days import in_words
from meterward.core.records.kinds import system_described
from meterward.present.differences import Change
from meterward.present.kind_words import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.fields import Field
    from meterward.core.records.kind import Kind
    from meterward.core.records.record import Record
    from meterward.usecases.show_record import Ties

_MOST = 200
"""So many items of a list are shown."""
_FEW = 12
"""So many of what a record tells of the system, whose files have all: a row of an inventory fills a window here."""
_BRIEF = 4
_VOCABULARY = ("fact", "question")
"""Facts that name something of a law pack: they read as words."""


class Piece(NamedTuple):
    """A value in words, and the entry of the record that it names, if it names one."""

    text: str
    number: int = 0


class Said(NamedTuple):
    """A fact: its name, what it means, and its values; those of a group have facts of their own."""

    label: str
    help: str
    pieces: list[Piece]
    inner: list[list[Said]]
    more: int = 0


def told(kind: Kind[Any], line: Mapping[str, Json], ties: Ties | None) -> list[Said]:
    """The facts of a line in the order of its kind; those of an old version, which the kind has no more, come last."""
    facts = cast("Mapping[str, Json]", line.get("facts") or {})
    known = {field.name for field in kind.fields}
    old = [Said(_label(name), "", [Piece(str(value))], []) for name, value in facts.items() if name not in known]
    most = _FEW if kind.name == system_described.KIND.name else _MOST
    return [*_said(kind.fields, facts, ties, most), *old]


def link_to(subject: str, ties: Ties | None) -> Piece:
    """A subject, with the entry that introduced it."""
    index = ties.introduced.get(subject) if ties else None
    return Piece(words(subject), 0 if index is None else index + 1)


def _said(fields: Iterable[Field], facts: Mapping[str, Json], ties: Ties | None, most: int = _MOST) -> Iterator[Said]:
    for field in fields:
        if field.name not in facts:
            continue
        value = facts[field.name]
        values = value if isinstance(value, list) else [value]
        shown = values[: most if field.inner else _MOST]
        if field.inner:
            inner = [list(_said(field.inner, one, ties)) for one in shown if isinstance(one, dict)]
            yield Said(_label(field.name), field.says, [], inner, len(values) - len(shown))
        else:
            pieces = [_piece(field, one, ties) for one in shown] or [Piece("none")]
            yield Said(_label(field.name), field.says, pieces, [], len(values) - len(shown))


def _piece(field: Field, value: Json, ties: Ties | None) -> Piece:
    if field.ref and isinstance(value, str):
        return link_to(value, ties)
    if isinstance(value, bool):
        return Piece("yes" if value else "no")
    if isinstance(value, int):
        return Piece(f"{value:,}")
    if field.shape.endswith("day") and isinstance(value, str):
        return Piece(in_words(date.fromisoformat(value)))
    return Piece(words(str(value)) if field.choices or field.name in _VOCABULARY else str(value))


def _label(name: str) -> str:
    return words(name).capitalize()


def in_brief(record: Record[Any]) -> str:
    """The few facts that tell one record from another of its kind: what was chosen and named, not days and lists."""
    found = []
    for field in record.kind.fields:
        value = getattr(record.facts, field.name)
        if isinstance(value, str) and not field.ref:
            found.append(words(value) if field.choices or field.name in _VOCABULARY else value)
    return ", ".join(found[:_BRIEF])


class Turn(NamedTuple):
    """A change of a duty, and the licences under which it is the same."""

    change: Change
    licences: list[str]


def turns(changes: Iterable[Change]) -> list[Turn]:
    """Changes in their order, those that are the same under several licences once."""
    found: dict[tuple[object, ...], Turn] = {}
    for change in changes:
        same = (change.duty, change.before, change.after, change.fact, change.moved)
        found.setdefault(same, Turn(change, [])).licences.append(change.licence)
    return list(found.values())
