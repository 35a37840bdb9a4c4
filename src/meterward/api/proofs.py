"""What shows that a record is in the log: proofs and signed statements, and the log itself as others read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from meterward.api.asking import query_of
from meterward.api.details import Fault, refused
from meterward.api.record_shapes import EnvelopeOut
from meterward.api.records import place_of, unknown_record
from meterward.api.service import operation, refuse, reply, underway
from meterward.core.access import Action
from meterward.core.base.problem import Problem
from meterward.wiring.gating import caller_in
from meterward.wiring.installed import Underway, installation
from meterward.wiring.noting import note_record
from meterward.wiring.proving import envelope_of, log_file, newest_checkpoint, proof_of
from meterward.wiring.stamped import stamp_given

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.usecases.give_stamp import StampGiven

_TEXT, _ANY, _REPLY = "text/plain", "application/octet-stream", "application/timestamp-reply"


def _content(description: str, media_type: str) -> dict[str, Any]:
    return {"responses": {"200": {"description": description, "content": {media_type: {"schema": {"type": "string"}}}}}}


@operation(
    "GET",
    "/{slug:ledger}/records/{slug:record}/proof",
    Action.READ_RECORD,
    {},
    extra=_content("A proof as C2SP tlog-proof writes it", _TEXT),
    waits=True,
)
def proof(request: HttpRequest, ledger: str, record: str) -> HttpResponse:
    """The proof that a record is in the log, with a signed checkpoint: what others check without this service."""
    query, place = query_of(request), place_of(ledger, record)
    if query.problems:
        return refuse(query.problems)
    found = None if place is None else proof_of(ledger, place)
    if found is None:
        return unknown_record()
    if isinstance(found, Problem):
        return refuse([found])
    if isinstance(found, Underway):
        return underway(request, found)
    return _given(str(found).encode(), _TEXT)


@operation("GET", "/{slug:ledger}/records/{slug:record}/statement", Action.READ_RECORD, {200: EnvelopeOut})
def statement(request: HttpRequest, ledger: str, record: str) -> HttpResponse:
    """The signed statement of a record in an envelope as others read it (DSSE)."""
    query, place = query_of(request), place_of(ledger, record)
    if query.problems:
        return refuse(query.problems)
    line = None if place is None else installation().ledgers.line(ledger, place)
    if line is None or place is None:
        return unknown_record()
    if problems := note_record(caller_in(request), ledger, str(line["id"]), place):
        return refuse(problems)
    found = envelope_of(line)
    return refused(Fault.NOT_FOUND, "Nobody signed this record.") if found is None else reply(found)


@operation(
    "GET",
    "/{slug:ledger}/records/{slug:record}/time-stamp",
    Action.READ_RECORD,
    {},
    extra=_content("The reply of a time-stamping authority as RFC 3161 writes it", _REPLY),
)
def time_stamp(request: HttpRequest, ledger: str, record: str) -> HttpResponse:
    """The token of the time stamp that a record of the kind `checkpoint.stamped` holds."""
    found = _stamp(request, ledger, record)
    return found if isinstance(found, HttpResponse) else _given(found.token, _REPLY)


@operation(
    "GET",
    "/{slug:ledger}/records/{slug:record}/stamped-checkpoint",
    Action.READ_RECORD,
    {},
    extra=_content("The text of a checkpoint as C2SP tlog-checkpoint writes it, without signatures", _TEXT),
)
def stamped_checkpoint(request: HttpRequest, ledger: str, record: str) -> HttpResponse:
    """What the token of a time stamp stamps, byte for byte: with both, `openssl ts -verify` checks it."""
    found = _stamp(request, ledger, record)
    return found if isinstance(found, HttpResponse) else _given(str(found.checkpoint).encode(), _TEXT)


def _stamp(request: HttpRequest, ledger: str, record: str) -> StampGiven | HttpResponse:
    query, place = query_of(request), place_of(ledger, record)
    if query.problems:
        return refuse(query.problems)
    if place is None:
        return unknown_record()
    found = stamp_given(ledger, place)
    if isinstance(found, Problem):
        return refuse([found])
    return found or refused(Fault.NOT_FOUND, "This record holds no time stamp, or its token cannot be given.")


@operation(
    "GET",
    "/{slug:ledger}/log/checkpoint",
    Action.READ,
    {},
    extra=_content("A checkpoint as C2SP tlog-checkpoint writes it", _TEXT),
)
def checkpoint(request: HttpRequest, ledger: str) -> HttpResponse:
    """The newest checkpoint of the log, signed by its Ed25519 and its ML-DSA-44 key."""
    query, head = query_of(request), installation().ledgers.head(ledger)
    if query.problems:
        return refuse(query.problems)
    if head is None:
        return refused(Fault.NOT_FOUND, "There is nothing here.")
    found = newest_checkpoint(head, head.size)
    if found is None:
        return refused(Fault.NOT_FOUND, "There is nothing here.")
    return refuse([found]) if isinstance(found, Problem) else _given(str(found.note).encode(), _TEXT)


@operation(
    "GET",
    "/{slug:ledger}/log/tile/{path:tile}",
    Action.READ,
    {},
    extra=_content("Hashes, or entries", _ANY),
    waits=True,
)
def tile(request: HttpRequest, ledger: str, tile: str) -> HttpResponse:
    """A tile of hashes (`0/001`) or a bundle of entries (`entries/001`) of the log, as in C2SP tlog-tiles."""
    query = query_of(request)
    if query.problems:
        return refuse(query.problems)
    found = log_file(ledger, f"tile/{tile}")
    if isinstance(found, Underway):
        return underway(request, found)
    return refused(Fault.NOT_FOUND, "The log has no such tile.") if found is None else _given(found, _ANY)


def _given(content: bytes, media_type: str) -> HttpResponse:
    kind = f"{media_type}; charset=utf-8" if media_type == _TEXT else media_type
    response = HttpResponse(content, content_type=kind)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
