"""The JSON Schema of the lines of a kind, made of its declaration: what can be said of a line without a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.canonical import LARGEST_INTEGER
from meterward.core.ledger.commitment import SALT_BYTES
from meterward.core.records.body import LONGEST_TEXT, MOST_FILES
from meterward.core.records.fields import MOST_ITEMS
from meterward.core.records.record import LINKS
from meterward.core.records.values import NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meterward.core.records.fields import Field
    from meterward.core.records.kind import Kind

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NAME = {"type": "string", "pattern": f"^{NAME.pattern}$"}
_DAY = {"type": "string", "format": "date"}
_DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_SALT = {"type": "string", "pattern": f"^[0-9a-f]{{{2 * SALT_BYTES}}}$"}
_PLAIN: Mapping[str, Mapping[str, Any]] = {
    "day": _DAY,
    "instant": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:[0-5]\d:[0-5]\dZ$"},
    "label": {"type": "string", "minLength": 1, "maxLength": 120},
    "count": {"type": "integer", "minimum": 0, "maximum": LARGEST_INTEGER},
    "true or false": {"type": "boolean"},
}


def kind_schema(kind: Kind[Any]) -> dict[str, Any]:
    """The schema of a line of a kind, of its present version, without what the store alone writes."""
    text = {
        name: {"type": "string", "maxLength": LONGEST_TEXT, "description": says} for name, says in kind.text.items()
    }
    files = {"type": "object", "maxProperties": MOST_FILES, "additionalProperties": _DIGEST}
    salts = _object({"facts": _SALT, "text": _SALT}, (), "Made by the installation where there are none.")
    parts = {
        "statement": _statement(kind),
        "facts": _object(_fields(kind.fields), _required(kind.fields)),
        "text": _object(text, kind.needs_text),
        "files": {**files, "description": "Files by name, each with its SHA-256."},
        "salts": salts,
    }
    needed = ("statement", "facts", *(("text",) if kind.needs_text else ()))
    return {"$schema": DIALECT, "title": kind.name, **_object(parts, needed, kind.summary)}


def _statement(kind: Kind[Any]) -> dict[str, Any]:
    actor = {"person": _NAME, "role": {"enum": [role.value for role in kind.by]}, "organisation": _NAME}
    header: dict[str, Any] = {
        "kind": {"const": kind.name},
        "version": {"const": kind.version},
        "licensee": _NAME,
        "licences": {"type": "array", "items": _NAME, "minItems": 1, "uniqueItems": True},
        "occurred": {**_DAY, "description": "The legal day on which it happened."},
        "actor": _object(actor, tuple(actor)),
    }
    subject = {"subject": {**_NAME, "description": _about(kind)}} if kind.introduces or kind.about else {}
    links = {name: {**_DIGEST, "description": f"The id of the record that it {name}."} for name in kind.links}
    needed = [*header, *subject, *((kind.needs_link,) if kind.needs_link else ())]
    return _object({**header, **subject, **links}, needed) | _one_link(kind)


def _one_link(kind: Kind[Any]) -> dict[str, Any]:
    """A record acts on one other at most."""
    links = [name for name in LINKS if name in kind.links]
    pairs = [[one, other] for place, one in enumerate(links) for other in links[place + 1 :]]
    return {"not": {"anyOf": [{"required": pair} for pair in pairs]}} if pairs else {}


def _about(kind: Kind[Any]) -> str:
    if kind.introduces:
        return f"A new {kind.introduces}/…"
    return f"What it is about: {', '.join(kind.about)}."


def _fields(fields: Iterable[Field]) -> dict[str, Any]:
    return {field.name: _field(field) for field in fields}


def _required(fields: Iterable[Field]) -> tuple[str, ...]:
    return tuple(field.name for field in fields if field.required)


def _field(field: Field) -> dict[str, Any]:
    one = _one(field)
    shaped = {"type": "array", "items": one, "maxItems": MOST_ITEMS} if field.many else one
    says = " ".join(part for part in (field.says, f"It is {field.ref.describe()}." if field.ref else "") if part)
    return {**shaped, **({"description": says} if says else {})}


def _one(field: Field) -> dict[str, Any]:
    if field.inner:
        return _object(_fields(field.inner), _required(field.inner))
    if field.choices:
        return {"enum": list(field.choices)}
    return dict(_PLAIN.get(field.shape.removeprefix("list of "), _NAME))


def _object(properties: Mapping[str, Any], required: Iterable[str], says: str = "") -> dict[str, Any]:
    shaped = {"type": "object", "additionalProperties": False, "required": list(required)}
    return {**shaped, "properties": dict(properties), **({"description": says} if says else {})}
