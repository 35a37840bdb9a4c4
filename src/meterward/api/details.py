"""Problem details (RFC 9457): how the API says that something is wrong, from one table of codes."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpResponse

from meterward.core.base.problem import Code, Problem
from meterward.usecases.read_ledger import MOST_PROBLEMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.base.canonical import Json

MEDIA_TYPE = "application/problem+json"
TYPE = "urn:meterward:problem:"
"""What the type of a problem begins with; its code follows. `docs/problems.md` and `docs/api.md` explain each."""
RETRY_AFTER = "2"
"""So many seconds somebody waits before sending again what could not be served at the moment."""

BROKEN = "Nothing was half-appended: an append is written whole or not at all."
"""All that is said where something broke: what happened stands in the log."""


class Fault(StrEnum):
    """What can be wrong with a request before anybody looks at what it says."""

    UNAUTHENTICATED = "request.unauthenticated"
    FORBIDDEN = "request.forbidden"
    NOT_FOUND = "request.not-found"
    METHOD = "request.method"
    LENGTH = "request.length"
    TOO_LARGE = "request.too-large"
    MEDIA_TYPE = "request.media-type"
    BROKEN = "request.broken"


class Meaning(NamedTuple):
    """What a code means for a request: the status, and a title that is the same each time."""

    status: int
    title: str


_UNFIT = Meaning(422, "What was sent does not fit")
_UNREADABLE = Meaning(400, "What was sent cannot be read")
_QUESTION = Meaning(422, "The question cannot be answered as it was asked")
_INSTALLATION = Meaning(503, "This installation cannot answer at the moment")
_STATUSES: Mapping[Meaning, tuple[Code, ...]] = {
    _UNREADABLE: (
        Code.LINE_NOT_UTF8,
        Code.LINE_NOT_JSON,
        Code.ROW_UNREADABLE,
        Code.LINE_DUPLICATE_KEY,
        Code.LINE_TRUNCATED,
        Code.FILE_EMPTY,
        Code.INVENTORY_UNKNOWN,
        Code.INVENTORY_DAMAGED,
        Code.THREATS_UNKNOWN,
        Code.THREATS_DAMAGED,
    ),
    Meaning(413, "What was sent is too large"): (
        Code.FILE_TOO_LARGE,
        Code.LINE_TOO_LONG,
        Code.INVENTORY_BOUNDS,
        Code.THREATS_BOUNDS,
    ),
    Meaning(404, "There is nothing here"): (Code.LEDGER_UNKNOWN, Code.RECORD_UNKNOWN, Code.CLAUSE_UNKNOWN),
    _QUESTION: (
        Code.DAY_INVALID,
        Code.LICENCE_UNKNOWN,
        Code.PACK_UNKNOWN,
        Code.PARAMETER_UNKNOWN,
        Code.PARAMETER_VALUE,
        Code.PARAMETER_DERIVED,
    ),
    Meaning(403, "It takes a second factor"): (Code.FACTOR_MISSING,),
    Meaning(403, "Nobody says that for another"): (Code.ACTOR_OTHER, Code.ACTOR_SAME, Code.ROLE_NOT_HELD),
    Meaning(409, "It would contradict what the ledger holds"): (
        Code.RECORD_DUPLICATE,
        Code.SUBJECT_TAKEN,
        Code.LINK_TWICE,
        Code.LEDGER_OPENED_TWICE,
        Code.LEDGER_MOVED,
    ),
    Meaning(422, "The idempotency key was used for something else"): (Code.KEY_USED,),
    Meaning(507, "The store is full"): (Code.STORE_FULL,),
    Meaning(507, "Too much is waiting to be named"): (Code.FILE_WAITING,),
    _INSTALLATION: (
        Code.STORE_BUSY,
        Code.STORE_MISSING,
        Code.STORE_IN_USE,
        Code.STORE_UNAVAILABLE,
        Code.PACK_INVALID,
        Code.KEY_MISSING,
        Code.KEY_UNUSABLE,
        Code.LEDGER_LOST,
        Code.CHECKPOINT_INCONSISTENT,
        Code.WITNESS_UNUSABLE,
        Code.STAMP_UNAVAILABLE,
        Code.STAMP_INVALID,
        Code.FILE_UNWRITABLE,
        Code.FILE_MISSING,
        Code.FILE_UNREADABLE,
    ),
}
TABLE: Mapping[str, Meaning] = {
    **dict.fromkeys(Code, _UNFIT),
    **{code: meaning for meaning, codes in _STATUSES.items() for code in codes},
    Fault.UNAUTHENTICATED: Meaning(401, "Say who you are"),
    Fault.FORBIDDEN: Meaning(403, "This is not yours to do"),
    Fault.NOT_FOUND: Meaning(404, "There is nothing here"),
    Fault.METHOD: Meaning(405, "There is no such method here"),
    Fault.LENGTH: Meaning(411, "The length is not known"),
    Fault.TOO_LARGE: Meaning(413, "What was sent is too large"),
    Fault.MEDIA_TYPE: Meaning(415, "What was sent is of another type"),
    Fault.BROKEN: Meaning(500, "Something broke here"),
}
"""The one table: for each code, the status and the title of its document."""


def refused(fault: Fault, detail: str, **headers: str) -> HttpResponse:
    """The answer to a request that nobody looked into."""
    return _document(fault, detail, [], headers)


def wrong(problems: Sequence[Problem]) -> HttpResponse:
    """The answer that says everything that is wrong, up to a thousand things. Its status is that of the gravest."""
    gravest = max(problems, key=lambda problem: TABLE[problem.code].status)
    listed = "each is listed" if len(problems) <= MOST_PROBLEMS else f"the first {MOST_PROBLEMS:,} are listed"
    detail = gravest.message if len(problems) == 1 else f"{len(problems):,} things are wrong; {listed}."
    headers = {"Retry-After": RETRY_AFTER} if gravest.code is Code.STORE_BUSY else {}
    return _document(gravest.code, detail, [_listed(problem) for problem in problems[:MOST_PROBLEMS]], headers)


def _document(code: Code | Fault, detail: str, problems: list[Json], headers: Mapping[str, str]) -> HttpResponse:
    status, title = TABLE[code]
    said: dict[str, Json] = {"type": f"{TYPE}{code}", "title": title, "status": status, "detail": detail}
    body = json.dumps({**said, "problems": problems}, ensure_ascii=False)
    response = HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers=headers)
    response["Cache-Control"] = "no-store"
    return response


def _listed(problem: Problem) -> Json:
    return {
        "code": str(problem.code),
        "message": problem.message,
        "hint": problem.hint,
        "field": problem.field,
        "line": problem.line,
    }
