"""Say lines: those of one act that a file brings, by the same person of the same licences, each with its own salts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.base.canonical import Json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.records.kind import Kind


class Saying(NamedTuple):
    """What each line of an act says beside what differs: who says it of which licences, from what, and why."""

    statement: Mapping[str, Json]
    """All but the kind and its version."""
    source: str
    salts: Callable[[], tuple[str, str]]
    """Draws two salts, for facts and texts."""
    note: str = ""
    files: Mapping[str, Json] = {}


def said_line(
    kind: Kind[Any],
    facts: Mapping[str, Json],
    saying: Saying,
    about: Mapping[str, Json] | None = None,
    text: Mapping[str, Json] | None = None,
) -> dict[str, Json]:
    """A line of an act; `about` is what its statement has of its own, such as the subject."""
    of_facts, of_text = saying.salts()
    salts: dict[str, Json] = {"facts": of_facts, **({"text": of_text} if text else {})}
    return {
        "statement": {**saying.statement, "kind": kind.name, "version": kind.version, **(about or {})},
        "facts": dict(facts),
        "text": dict(text or {}),
        "files": dict(saying.files),
        "salts": salts,
    }


def as_json(value: Any) -> Json:  # noqa: ANN401 - any value that a fact may have
    """A fact as a line has it; what is as nobody said it is left out."""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, tuple):
        plain: Json = value
        return plain
    if not hasattr(value, "_fields"):
        return [as_json(one) for one in value]
    usual: Mapping[str, object] = getattr(value, "_field_defaults", {})
    fields: Sequence[str] = value._fields
    pairs = zip(fields, value, strict=True)
    return {name: as_json(one) for name, one in pairs if name not in usual or one != usual[name]}
