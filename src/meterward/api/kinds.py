"""The kinds of record, and for each the JSON Schema of its lines, made of its declaration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.api.asking import query_of
from meterward.api.details import Fault, refused
from meterward.api.record_shapes import Kinds
from meterward.api.service import operation, refuse, reply
from meterward.core.access import Action
from meterward.core.base.nearest import nearest
from meterward.core.records.kinds import all_kinds
from meterward.present.kind_schema import kind_schema

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest, HttpResponse

_SCHEMA_TYPE = "application/schema+json"
_DIALECT: Mapping[str, Any] = {"type": "object", "required": ["$schema", "title", "type", "properties"]}
_AS_SCHEMA = {"responses": {"200": {"description": "JSON Schema", "content": {_SCHEMA_TYPE: {"schema": _DIALECT}}}}}


@operation("GET", "/kinds", Action.LEARN, {200: Kinds})
def kinds(request: HttpRequest) -> HttpResponse:
    """The kinds of record that there are, and who appends them."""
    query = query_of(request)
    if query.problems:
        return refuse(query.problems)
    found = [
        {"name": kind.name, "version": kind.version, "summary": kind.summary, "by": [role.value for role in kind.by]}
        for kind in all_kinds().values()
    ]
    return reply({"format": "meterward.kinds/1", "kinds": found})


@operation("GET", "/kinds/{kind}", Action.LEARN, {}, extra=_AS_SCHEMA)
def kind_schema_of(request: HttpRequest, kind: str) -> HttpResponse:
    """The JSON Schema of the lines of a kind."""
    query = query_of(request)
    if query.problems:
        return refuse(query.problems)
    found = all_kinds().get(kind)
    if found is None:
        return refused(Fault.NOT_FOUND, f"There is no such kind. {nearest(kind, all_kinds())}".strip())
    response = reply(kind_schema(found))
    response["Content-Type"] = _SCHEMA_TYPE
    return response
