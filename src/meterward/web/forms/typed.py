"""What was typed into a form: as a browser sent it, as an address says it, or as a record has it that is corrected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from meterward.core.records.record import LINKS
from meterward.usecases.compose_line import MOST_DEEP, nest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from meterward.core.base.canonical import Json
    from meterward.core.records.fields import Field
    from meterward.core.records.kind import Kind
    from meterward.usecases.compose_line import Typed

PARTS = ("statement", "facts", "text", "files", "acting")
_ROW = re.compile(rf"facts(\.[a-z_]+|\.\d+){{1,{MOST_DEEP - 1}}}")
"""Where a list can be; no deeper than what a form sends."""
_HEADER = ("subject", "occurred", "licences", "licensee")


def from_form(kind: Kind[Any], pairs: Iterable[tuple[str, list[str]]]) -> dict[str, Typed]:
    """What a form sent, with what a row at a time was typed put in order."""
    nested = nest(pairs)
    typed = {part: nested[part] for part in PARTS if part in nested and part != "files"}
    typed["facts"] = _tidy(kind.fields, group(typed.get("facts")))
    typed["files"] = cast("Typed", attached(group(nested.get("attached"))))
    return typed


def from_address(kind: Kind[Any], pairs: Iterable[tuple[str, list[str]]]) -> dict[str, Typed]:
    """What an address fills in: `subject=…`, `occurred=…`, `facts.NAME=…`, `text.NAME=…`, `links.corrects=…`."""
    nested = nest(pairs)
    links = group(nested.get("links"))
    header: dict[str, Typed] = {name: nested[name] for name in _HEADER if name in nested}
    header |= {name: value for name, value in links.items() if name in LINKS}
    typed: dict[str, Typed] = {"statement": header} if header else {}
    for part in ("facts", "text"):
        if part in nested:
            typed[part] = group(nested[part])
    typed["facts"] = _tidy(kind.fields, group(typed.get("facts")))
    return typed


def from_line(kind: Kind[Any], line: Mapping[str, Json]) -> dict[str, Typed]:
    """What a record says, as if it had been typed: to be corrected or replaced."""
    statement = cast("dict[str, Json]", line["statement"])
    header: dict[str, Typed] = {name: _typed(statement[name]) for name in _HEADER if name in statement}
    known = {field.name for field in kind.fields}
    facts = cast("dict[str, Json]", line.get("facts") or {})
    return {
        "statement": header,
        "facts": {name: _typed(value) for name, value in facts.items() if name in known},
        "text": _typed(line.get("text") or {}),
        "files": _typed(line.get("files") or {}),
    }


def merged(under: dict[str, Typed], over: Mapping[str, Typed]) -> dict[str, Typed]:
    """One put over another, group by group; of what is there already, the upper stays."""
    found = dict(under)
    for name, value in over.items():
        below = found.get(name)
        found[name] = merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return found


def attached(rows: Mapping[str, Typed]) -> dict[str, str]:
    """The files that stand in a form, by name: each row has a name and a digest."""
    found = {}
    for row in rows.values():
        name, digest = text(group(row).get("name")), text(group(row).get("digest")).lower()
        if name or digest:
            found[name or "unnamed"] = digest
    return found


def add_row(typed: dict[str, Typed], path: str) -> dict[str, Typed]:
    """The same with one more, empty row in the list at a path such as `facts.requirements`."""
    rows = _rows_at(typed, path)
    if rows is not None:
        rows[str(len(rows))] = ""
    return typed


def drop_row(typed: dict[str, Typed], path: str) -> dict[str, Typed]:
    """The same without the row at a path such as `facts.requirements.1`, or without a file, as in `files.a.pdf`."""
    above, _, key = path.rpartition(".")
    if path.startswith("files."):
        group(typed.get("files")).pop(path.removeprefix("files."), None)
        return typed
    rows = _rows_at(typed, above)
    if rows is not None and rows.pop(key, None) is not None:
        left = list(rows.values())
        rows.clear()
        rows.update({str(place): row for place, row in enumerate(left)})
    return typed


def rows_of(typed: Typed | None) -> dict[str, Typed]:
    """The rows of a list, whether they were typed one by one or ticked."""
    if isinstance(typed, dict):
        return {key: row for key, row in typed.items() if key != "none"}
    return {str(place): row for place, row in enumerate(several(typed))}


def group(typed: Typed | None) -> dict[str, Typed]:
    """The parts of a group; nothing if it is none."""
    return typed if isinstance(typed, dict) else {}


def several(typed: Typed | None) -> list[str]:
    """What was ticked or typed line by line."""
    if isinstance(typed, dict):
        return [text(row) for key, row in typed.items() if key != "none"]
    return typed if isinstance(typed, list) else [typed] if typed else []


def text(typed: Typed | None) -> str:
    """A single text; of several that were sent under one name, the first."""
    if isinstance(typed, list):
        return typed[0] if typed else ""
    return typed if isinstance(typed, str) else ""


def is_lines(field: Field) -> bool:
    """Whether a list is typed into one box, a line for each."""
    return field.many and not (field.inner or field.choices or field.ref)


def _rows_at(typed: dict[str, Typed], path: str) -> dict[str, Typed] | None:
    """The rows of the list at a path, made if there are none yet; None if there can be no list."""
    if not _ROW.fullmatch(path):
        return None
    *above, last = path.split(".")
    place = typed
    for part in above:
        inner = place.get(part)
        if not isinstance(inner, dict):
            inner = place[part] = {}
        place = inner
    found = rows_of(place.get(last))
    place[last] = found
    return found


def _tidy(fields: tuple[Field, ...], typed: dict[str, Typed]) -> dict[str, Typed]:
    """Lines split, and empty rows left out, so that a row has the place by which a problem names it."""
    found: dict[str, Typed] = {}
    for field in fields:
        if field.name not in typed:
            continue
        value = typed[field.name]
        if is_lines(field) and not isinstance(value, dict):
            found[field.name] = [line.strip() for one in several(value) for line in one.splitlines() if line.strip()]
        elif field.many and isinstance(value, dict) and "none" not in value:
            inner = [_tidy(field.inner, group(row)) if field.inner else row for row in _ordered(value)]
            found[field.name] = {str(place): row for place, row in enumerate(row for row in inner if _says(row))}
        elif field.inner and not field.many:
            found[field.name] = _tidy(field.inner, group(value))
        else:
            found[field.name] = value
    return found


def _ordered(rows: Mapping[str, Typed]) -> list[Typed]:
    return [rows[key] for key in sorted(rows, key=lambda key: int(key) if key.isdecimal() and len(key) < 9 else 0)]  # noqa: PLR2004 - no form has a thousand million rows


def _says(row: Typed) -> bool:
    if isinstance(row, dict):
        return any(_says(inner) for inner in row.values())
    return any(one.strip() for one in several(row))


def _typed(value: Json) -> Typed:
    if isinstance(value, dict):
        return {name: _typed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        if not value:
            return {"none": "on"}
        if all(isinstance(one, str) for one in value):
            return [str(one) for one in value]
        return {str(place): _typed(one) for place, one in enumerate(value)}
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
