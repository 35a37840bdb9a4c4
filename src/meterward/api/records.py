"""Records of a ledger: listed, read, appended, and tried out before."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from meterward.api.asking import LICENCE, MOMENT, NAMED, PARAM, Parameter, Query, query_of
from meterward.api.details import Fault, refused
from meterward.api.lines import lines_of
from meterward.api.record_shapes import Appended, Preview, RecordList, RecordOut
from meterward.api.service import operation, refuse, reply, underway
from meterward.core.access import Action
from meterward.core.base.nearest import nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.kinds import all_kinds
from meterward.core.records.unfit import short
from meterward.present.answer import number_in
from meterward.present.differences import changes_json
from meterward.usecases.ports import Wanted
from meterward.wiring.appending import append, preview
from meterward.wiring.gating import caller_in
from meterward.wiring.installed import Underway, installation
from meterward.wiring.kept_back import as_handed_over
from meterward.wiring.noting import note_record
from meterward.wiring.weighing import said_weakly

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from meterward.core.access import Caller
    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import Hit

_MOST, _USUAL = 200, 50
_DIGEST_LENGTH = 64
_LONGEST_KEY = 100
_DAY = MOMENT[0].schema
_AS_AT = MOMENT[0]
_JSON = "application/json"
_FILTERS = (
    Parameter("words", "Beginnings of words in texts, file names, kind, subject, person and role, or of the id."),
    Parameter("kind", "One of these kinds.", {"enum": list(all_kinds())}, many=True),
    Parameter("first", "It occurred on this day or later.", _DAY),
    Parameter("last", "It occurred on this day or earlier.", _DAY),
    Parameter("person", "Who made it, by pseudonym.", NAMED),
    Parameter("subject", "What it is about.", NAMED),
    Parameter("limit", "So many at a time.", {"type": "integer", "minimum": 1, "maximum": _MOST, "default": _USUAL}),
    Parameter("cursor", "Where to go on: `next` of the answer before.", {"type": "string", "pattern": r"^\d+-\d+$"}),
)
_BODY = {
    "requestBody": {
        "required": True,
        "description": "A line as docs/formats.md describes it, without `recorded`, or a list of lines.",
        "content": {_JSON: {"schema": {"anyOf": [{"type": "object"}, {"type": "array", "items": {"type": "object"}}]}}},
    }
}
_ONE = {
    "requestBody": {
        "required": True,
        "description": "A line as docs/formats.md describes it, without `recorded`.",
        "content": {_JSON: {"schema": {"type": "object"}}},
    }
}
_KEY = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "Under the same key the same lines are appended once, however often they are sent.",
    "schema": {"type": "string", "minLength": 1, "maxLength": _LONGEST_KEY, "pattern": "^[!-~]+$"},
}
_REFUSED = (400, 409, 411, 413, 507)


@operation("GET", "/{slug:ledger}/records", Action.READ, {200: RecordList}, query=_FILTERS)
def records(request: HttpRequest, ledger: str) -> HttpResponse:
    """The records of a ledger, the last recorded first, a page at a time. Later appends do not move the pages."""
    query = query_of(request, _FILTERS)
    wanted = _wanted(query)
    limit = query.number("limit", _USUAL, _MOST)
    head = installation().ledgers.head(ledger)
    size, before = _cursor(query, head.size if head else 0)
    if query.problems:
        return refuse(query.problems)
    found = installation().ledgers.search(ledger, wanted, size, before, limit)
    onward = None if found.next is None else f"{size}-{found.next}"
    return reply(
        {
            "format": "meterward.records/1",
            "ledger": ledger,
            "size": size,
            "records": [_hit(one) for one in found.hits],
            "next": onward,
        }
    )


@operation(
    "POST",
    "/{slug:ledger}/records",
    Action.SEND,
    {201: Appended, 200: Appended},
    also=_REFUSED,
    extra={**_BODY, "parameters": [_KEY]},
)
def append_lines(request: HttpRequest, ledger: str) -> HttpResponse:
    """Append a line or a list of lines: all of them, or none. You say them yourself, in a role that you have."""
    lines = _lines(request)
    key = _key(request, caller_in(request))
    if not isinstance(lines, list):
        return lines
    if isinstance(key, Problem):
        return refuse([key])
    if weakly := said_weakly(ledger, lines, caller_in(request)):
        return refuse(weakly)
    done = append(ledger, lines, key)
    if isinstance(done, list):
        return refuse(done)
    written = installation().ledgers.lines(ledger, done.first, done.first + done.count)
    entries: list[dict[str, Json]] = [
        {"entry": place, "id": line["id"], "recorded": line["recorded"]}
        for place, line in enumerate(written, done.first)
    ]
    headers = {"Location": f"{request.path}/{done.first}"}
    said = {"format": "meterward.appended/1", "again": done.again, "records": entries}
    return reply(said, 200 if done.again else 201, **headers)


@operation(
    "POST",
    "/{slug:ledger}/records/preview",
    Action.READ,
    {200: Preview},
    query=(_AS_AT, LICENCE, PARAM),
    also=_REFUSED,
    extra=_ONE,
    waits=True,
)
def preview_line(request: HttpRequest, ledger: str) -> HttpResponse:
    """What a line would change in the position if it were appended now. Nothing is appended."""
    query = query_of(request, (_AS_AT, LICENCE, PARAM))
    question = query.question(ledger)
    lines = _lines(request)
    if not isinstance(lines, list):
        return lines
    if len(lines) > 1:
        message = f"There are {len(lines):,} lines in it."
        query.problems.append(Problem(Code.FIELD_VALUE, message, "One line is tried out at a time."))
    if query.problems:
        return refuse(query.problems)
    found = preview(ledger, lines[0], question)
    if isinstance(found, list):
        return refuse(found)
    if isinstance(found, Underway):
        return underway(request, found)
    return reply({"format": "meterward.preview/1", "id": found.id, "changes": changes_json(found.changes)})


@operation("GET", "/{slug:ledger}/records/{slug:record}", Action.READ_RECORD, {200: RecordOut})
def record(request: HttpRequest, ledger: str, record: str) -> HttpResponse:
    """A record by its place in the ledger, counted from 0, or by its whole id: the line as it was said."""
    query = query_of(request)
    if query.problems:
        return refuse(query.problems)
    place = place_of(ledger, record)
    line = None if place is None else installation().ledgers.line(ledger, place)
    if line is None or place is None:
        return unknown_record()
    if problems := note_record(caller_in(request), ledger, str(line["id"]), place):
        return refuse(problems)
    return reply({"format": "meterward.line/1", "entry": place, "id": line["id"], "line": as_handed_over(line, place)})


def _lines(request: HttpRequest) -> list[dict[str, Json]] | HttpResponse:
    """The lines of a body, or the answer that says what is wrong with it."""
    if request.content_type != _JSON:
        said = f"It was sent as {request.content_type or 'nothing'}." if request.content_type else "No type was sent."
        return refused(Fault.MEDIA_TYPE, f"{said} Send application/json.", Accept=_JSON)
    if "Transfer-Encoding" in request.headers:
        return refused(
            Fault.LENGTH, "Say how long the body is, as Content-Length: of one that does not, nothing is read."
        )
    caller = caller_in(request)
    found = lines_of(request.body, caller)
    wrong = [one for one in found if isinstance(one, Problem)]
    return refuse(wrong) if wrong else [one for one in found if not isinstance(one, Problem)]


def _key(request: HttpRequest, caller: Caller) -> str | Problem:
    """The key of an order, kept apart for each person: nobody is answered with what another appended."""
    key = request.headers.get("Idempotency-Key", "")
    if "Idempotency-Key" not in request.headers:
        return ""
    if not (0 < len(key) <= _LONGEST_KEY and key.isascii() and key.isprintable() and " " not in key):
        hint = f"Use 1 to {_LONGEST_KEY} visible characters of ASCII, such as a fresh UUID."
        return Problem(Code.FIELD_VALUE, "This is no key.", hint, "Idempotency-Key")
    return sha256(f"{caller.organisation}\n{caller.person}\n{key}".encode()).hexdigest()


def _wanted(query: Query) -> Wanted:
    return Wanted(
        query.text("words"),
        _kinds(query),
        query.day("first"),
        query.day("last"),
        query.name("person"),
        query.name("subject"),
    )


def _kinds(query: Query) -> tuple[str, ...]:
    given = tuple(query.several("kind"))
    for name in given:
        if name not in all_kinds():
            hint = f"{nearest(name, all_kinds())}GET /api/v1/kinds lists them."
            query.problems.append(Problem(Code.KIND_UNKNOWN, f"No kind is called {short(name)}.", hint, "kind"))
    return given


def _cursor(query: Query, now: int) -> tuple[int, int | None]:
    """The size that a list is of, and before which entry it goes on."""
    text = query.text("cursor")
    if not text:
        return now, None
    size, before = (number_in(one) for one in text.partition("-")[::2])
    if size is not None and before is not None and before <= size <= now:
        return size, before
    hint = "Send `next` of the answer before, as it is, or leave it out to begin."
    query.problems.append(Problem(Code.FIELD_VALUE, "No answer gave this cursor.", hint, "cursor"))
    return now, None


def unknown_record() -> HttpResponse:
    """The answer to whoever names a record that is not there."""
    hint = "Name a record by its place in the ledger, from 0, or by its whole id: 64 hex digits."
    return refuse([Problem(Code.RECORD_UNKNOWN, "There is no such record in this ledger.", hint)])


def place_of(ledger: str, name: str) -> int | None:
    """The place of a record that is named by it, or by its whole id."""
    if len(name) != _DIGEST_LENGTH:
        return number_in(name)
    return next((hit.index for hit in installation().ledgers.hits(ledger, [name.lower()])), None)


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "entry": hit.index,
        "id": hit.id,
        "recorded": hit.recorded,
        "occurred": hit.occurred.isoformat(),
        "kind": hit.kind,
        "subject": hit.subject or None,
        "person": hit.person,
        "role": hit.role,
    }
