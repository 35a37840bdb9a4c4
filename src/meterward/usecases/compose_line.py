"""Compose a line of what somebody typed into a form: nested texts in, a line as its kind declares it out.

Nothing is guessed: what cannot be read as its field asks is left as it was typed, and reading the line says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from meterward.core.records.kind import Actor
from meterward.core.records.record import LINKS
from meterward.usecases.operator_statement import actor_said

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.fields import Field
    from meterward.core.records.kind import Kind

Typed: TypeAlias = "str | list[str] | dict[str, Typed]"
"""What was typed: a text, what was ticked of several, or the parts of a group or list by name or number."""

PARTS = ("facts", "text")
MOST_DEEP = 6
_COUNT, _FLAG = "count", "true or false"


class Author(NamedTuple):
    """Who says it, and for whom."""

    actor: Actor
    licensee: str


def nest(pairs: Iterable[tuple[str, list[str]]]) -> dict[str, Typed]:
    """What a form sent, by the parts of its names: `facts.requirements.0.name` lies three deep.

    An empty box says nothing beside what lies under its name, such as that there are none.
    """
    found: dict[str, Typed] = {}
    for name, values in pairs:
        *above, last = name.split(".")
        if len(above) >= MOST_DEEP:
            continue
        place = found
        for part in above:
            inner = place.get(part) or {}
            place[part] = inner
            if not isinstance(inner, dict):
                break
            place = inner
        else:
            value = values[0] if len(values) == 1 else list(values)
            place[last] = value or place.get(last) or value
    return found


def compose_line(
    kind: Kind[Any], typed: Mapping[str, Typed], author: Author, salts: tuple[str, str]
) -> dict[str, Json]:
    """The line of what was typed, without `recorded`: who says it comes from the session, never from the form."""
    facts, text = _facts(kind.fields, _group(typed.get("facts"))), _texts(_group(typed.get("text")))
    files = {name: digest for name, digest in _group(typed.get("files")).items() if isinstance(digest, str) and digest}
    salted: dict[str, Json] = {
        part: salt for part, salt, there in zip(PARTS, salts, (facts, text), strict=True) if there
    }
    parts: dict[str, Json] = {"text": text, "files": {**files}, "salts": salted}
    given = {name: value for name, value in parts.items() if value}
    return {"statement": _statement(kind, typed, author), "facts": facts, **given}


def _statement(kind: Kind[Any], typed: Mapping[str, Typed], author: Author) -> dict[str, Json]:
    header = _group(typed.get("statement"))
    said: dict[str, Json] = {
        "kind": kind.name,
        "version": kind.version,
        "licensee": author.licensee,
        "licences": [*_several(header.get("licences"))],
        "occurred": _text(header.get("occurred")),
        "actor": actor_said(author.actor),
    }
    return said | {name: text for name in ("subject", *LINKS) if (text := _text(header.get(name)))}


def _facts(fields: tuple[Field, ...], typed: Mapping[str, Typed]) -> dict[str, Json]:
    found = {field.name: _fact(field, typed[field.name]) for field in fields if field.name in typed}
    return {name: value for name, value in found.items() if value not in ("", {}, None)}


def _fact(field: Field, typed: Typed) -> Json:
    if field.many:
        return _list(field, typed)
    return _one(field, typed)


def _list(field: Field, typed: Typed) -> Json:
    """The rows of a list that say anything; None if none does, which is not the same as an empty list."""
    if isinstance(typed, dict) and "none" in typed:
        return []
    rows = [typed[key] for key in sorted(typed, key=_number)] if isinstance(typed, dict) else _several(typed)
    found: list[Json] = [one for row in rows if (one := _one(field, row)) not in ("", {}, None)]
    return found or None


def _one(field: Field, typed: Typed) -> Json:
    if field.inner:
        return _facts(field.inner, _group(typed))
    text = _text(typed)
    if field.shape.endswith(_COUNT) and text.isascii() and text.isdigit():
        return int(text)
    if field.shape.endswith(_FLAG) and text in ("true", "false"):
        return text == "true"
    return text


def _texts(typed: Mapping[str, Typed]) -> dict[str, Json]:
    return {name: value for name, value in typed.items() if isinstance(value, str) and value.strip()}


def _group(typed: Typed | None) -> dict[str, Typed]:
    return typed if isinstance(typed, dict) else {}


def _several(typed: Typed | None) -> list[str]:
    given = typed if isinstance(typed, list) else [_text(typed)]
    return [one.strip() for one in given if one.strip()]


def _text(typed: Typed | None) -> str:
    return typed.strip() if isinstance(typed, str) else ""


def _number(key: str) -> tuple[int, str]:
    return (int(key) if key.isascii() and key.isdigit() else 0, key)
