"""The API itself: how an operation is declared, what every one of them may answer, and what happens when one breaks."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.constants import NOT_SET

from meterward.api.details import BROKEN, MEDIA_TYPE, TABLE, Fault, refused, wrong
from meterward.core.base.problem import Code
from meterward.wiring import versions
from meterward.wiring.failing import failure_in
from meterward.wiring.gating import needs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http.response import HttpResponseBase
    from ninja import Schema

    from meterward.api.asking import Parameter
    from meterward.core.access import Action
    from meterward.core.base.problem import Problem
    from meterward.wiring.installed import Underway

V = TypeVar("V", bound="Callable[..., HttpResponseBase]")
_AGAIN = "1"
"""After so many seconds somebody who waits for an answer asks again."""
_ALWAYS = (401, 403, 404, 405, 415, 422, 500, 503)
"""What any operation may answer instead of what was asked for."""
api = NinjaAPI(
    title="Meterward",
    version=versions()["meterward"] or "0",
    description="A supplier's smart metering security duties: records in, position out.",
    docs_url=None,
    openapi_url=None,
)


def operation(  # noqa: PLR0913 - each is one thing that an operation says of itself
    method: str,
    path: str,
    action: Action,
    answers: Mapping[int, type[Schema]],
    *,
    query: Sequence[Parameter] = (),
    also: Sequence[int] = (),
    extra: Mapping[str, Any] | None = None,
    waits: bool = False,
) -> Callable[[V], V]:
    """Declare an operation: what it needs, what it takes, what it answers, and what else may come instead."""
    answered = {str(status): _described(status, "ProblemDetails", MEDIA_TYPE) for status in {*_ALWAYS, *also}}
    if waits:
        answered["202"] = _described(202, "Progress", "application/json")
    more = dict(extra or {})
    described = {
        **more,
        "parameters": [*(one.described() for one in query), *more.get("parameters", ())],
        "responses": {**answered, **more.get("responses", {})},
    }

    def declare(view: V) -> V:
        told = (view.__doc__ or "").strip().partition("\n")[0]
        api.api_operation(
            ["GET", "HEAD"] if method == "GET" else [method],
            path,
            operation_id=view.__name__,
            summary=told,
            response=dict(answers) or NOT_SET,
            openapi_extra=described,
        )(needs(action)(view))
        return view

    return declare


def reply(value: object, status: int = 200, **headers: str) -> HttpResponse:
    """An answer as JSON; no cache keeps it, for the next record may change it."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(body, status=status, content_type="application/json", headers=headers)
    response["Cache-Control"] = "no-store"
    return response


def underway(request: HttpRequest, job: Underway) -> HttpResponse:
    """How far an answer on the way has come, and where and when to ask again."""
    headers = {"Location": request.get_full_path(), "Retry-After": _AGAIN}
    return reply({"done": job.done, "total": job.total}, 202, **headers)


def refuse(problems: Sequence[Problem]) -> HttpResponse:
    """The answer to a request that something is wrong with."""
    return wrong(problems)


@api.exception_handler(Http404)
def _nothing_here(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return refused(Fault.NOT_FOUND, "There is nothing here.")


@api.exception_handler(RequestDataTooBig)
def _too_large(_request: HttpRequest, _error: Exception) -> HttpResponse:
    return refused(Fault.TOO_LARGE, "The body is larger than one request may be. “meterward import” takes more.")


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    problem = failure_in(error, writing=request.method == "POST")
    if problem is None or problem.code is not Code.STORE_BUSY:
        what = "The store failed" if problem else "Something broke in"
        logging.getLogger(__name__).error("%s an operation of the API.", what, exc_info=error)
    return wrong([problem]) if problem else refused(Fault.BROKEN, BROKEN)


def _described(status: int, shape: str, media_type: str) -> dict[str, Any]:
    titles = [meaning.title for meaning in TABLE.values() if meaning.status == status]
    content = {media_type: {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
    return {"description": next(iter(titles), "The answer is on the way"), "content": content}
