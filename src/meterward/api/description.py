"""What the API says of itself: OpenAPI 3.1, made of the operations, with the shapes that they share."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from meterward.api.operations import api

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = "/api/v1/"
_TEXT: Mapping[str, Any] = {"type": "string"}
_COUNT: Mapping[str, Any] = {"type": "integer", "minimum": 0}


def _shape(properties: Mapping[str, Any]) -> dict[str, Any]:
    """An object that has these properties, all of them and no other."""
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(properties),
        "properties": dict(properties),
    }


_PROBLEM = _shape(
    {
        "code": {**_TEXT, "description": "One of those that docs/problems.md explains."},
        "message": {**_TEXT, "description": "What was found, and why it will not do."},
        "hint": {**_TEXT, "description": "What would be right."},
        "field": {**_TEXT, "description": "The path to the field, such as facts.due; empty where there is none."},
        "line": {**_COUNT, "description": "Which line of several, from 1; 0 where there is one."},
    }
)
_DETAILS = _shape(
    {
        "type": {**_TEXT, "format": "uri"},
        "title": _TEXT,
        "status": _COUNT,
        "detail": _TEXT,
        "problems": {"type": "array", "items": _PROBLEM},
    }
)
_SECURITY = {
    "token": {"type": "http", "scheme": "bearer"},
    "session": {"type": "apiKey", "in": "cookie", "name": "meterward"},
}


@cache
def description() -> dict[str, Any]:
    """The description of the API. That HEAD is answered as GET is, without the body, needs no saying."""
    found: dict[str, Any] = {**api.get_openapi_schema(path_prefix=ROOT)}
    for methods in found["paths"].values():
        methods.pop("head", None)
    progress = _shape({"done": _COUNT, "total": _COUNT})
    components = found["components"]
    shapes = {**components["schemas"], "ProblemDetails": _DETAILS, "Progress": progress}
    found["components"] = {**components, "schemas": shapes, "securitySchemes": _SECURITY}
    found["security"] = [{name: []} for name in _SECURITY]
    return found
