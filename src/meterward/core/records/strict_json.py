"""JSON as a line has it, decoded strictly: one object, no key twice, no fraction, nothing that follows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from meterward.core.base.exact_json import DuplicateKeyError, decode
from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json


def parse_json(raw: bytes) -> dict[str, Json] | Problem:
    """Decode one line strictly."""
    value = _decoded(raw)
    return _an_object(value) if not isinstance(value, Problem) else value


def parse_lines(raw: bytes) -> list[dict[str, Json]] | Problem:
    """Decode one line, or a list of lines in square brackets, as strictly."""
    value = _decoded(raw)
    if isinstance(value, Problem):
        return value
    found = [_an_object(one) for one in (value if isinstance(value, list) else [value])]
    wrong = next((one for one in found if isinstance(one, Problem)), None)
    return wrong or [one for one in found if not isinstance(one, Problem)]


def _an_object(value: Json) -> dict[str, Json] | Problem:
    if isinstance(value, dict):
        return value
    hint = "Write one object in curly brackets a line."
    return Problem(Code.LINE_NOT_JSON, "This is JSON, but not an object.", hint)


def _decoded(raw: bytes) -> Json | Problem:
    try:
        return decode(raw)
    except UnicodeDecodeError as error:
        return Problem(
            Code.LINE_NOT_UTF8,
            f"Byte {error.start + 1} of the line is not UTF-8.",
            "Save the file as UTF-8, and try again.",
        )
    except DuplicateKeyError as twice:
        return Problem(
            Code.LINE_DUPLICATE_KEY,
            f"The key {short(str(twice))} stands twice in one object.",
            "Keep the one that is meant.",
        )
    except (ValueError, RecursionError) as error:
        return Problem(
            Code.LINE_NOT_JSON,
            f"This is not one JSON object: {_why_not(error)}.",
            "Write one object a line; whole numbers only.",
        )


def _why_not(error: ValueError | RecursionError) -> str:
    if isinstance(error, RecursionError):
        return "its brackets are too deep"
    if isinstance(error, json.JSONDecodeError):
        what = error.msg.removesuffix(" at").rstrip(": ")
        return f"{what[:1].lower()}{what[1:]} at character {error.pos + 1:,}"
    return str(error)
