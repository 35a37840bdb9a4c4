"""What shows that a record is in the log, to be taken along: its proof, and its signed statement."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from meterward.core.access import HIDDEN, Action
from meterward.core.base.problem import Problem
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.web.refusing import refuse, show_problems
from meterward.web.waiting import show_underway
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.installed import Underway, installation
from meterward.wiring.noting import note_record
from meterward.wiring.proving import envelope_of, proof_of
from meterward.wiring.stamped import stamp_given

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from meterward.usecases.give_stamp import StampGiven

_TEXT = "text/plain; charset=utf-8"


@needs(Action.READ_RECORD, EVERY_KEEPER)
@require_safe
def proof(request: HttpRequest, ledger: str, number: int) -> HttpResponse:
    """The proof of an entry (C2SP tlog-proof)."""
    return give_proof(request, ledger, number, f"/{ledger}/records/{number}")


def give_proof(request: HttpRequest, ledger: str, number: int, page: str, name: str = "") -> HttpResponse:
    """The proof of an entry of a ledger, called as its number is or otherwise, and the page from which it is asked."""
    found = proof_of(ledger, number - 1)
    if isinstance(found, Underway):
        return show_underway(request, found)
    if isinstance(found, Problem):
        return show_problems(request, [found])
    if found is None:
        return refuse(request, HIDDEN)
    if "HX-Request" in request.headers:
        # The page that waited is no place for a file: it becomes that of the record, where the proof is at hand now.
        return HttpResponse(headers={"HX-Redirect": page})
    return to_keep(str(found).encode(), f"{name or number}.tlog-proof", _TEXT)


@needs(Action.READ_RECORD, EVERY_KEEPER)
@require_safe
def statement(request: HttpRequest, ledger: str, number: int) -> HttpResponse:
    """The signed statement of an entry (DSSE)."""
    line = installation().ledgers.line(ledger, number - 1) if number else None
    found = envelope_of(line) if line else None
    if found is None:
        return refuse(request, HIDDEN)
    if problems := note_record(caller_in(request), ledger, str(line["id"]) if line else "", number - 1):
        return show_problems(request, problems, 503)
    return to_keep(json.dumps(found, indent=1).encode() + b"\n", f"{number}.dsse.json", "application/json")


@needs(Action.READ_RECORD, EVERY_KEEPER)
@require_safe
def token(request: HttpRequest, ledger: str, number: int) -> HttpResponse:
    """The token of the time stamp that an entry holds (RFC 3161)."""
    return _stamp(request, ledger, number, lambda found: (found.token, "tsr", "application/timestamp-reply"))


@needs(Action.READ_RECORD, EVERY_KEEPER)
@require_safe
def stamped(request: HttpRequest, ledger: str, number: int) -> HttpResponse:
    """The text that the token of an entry stamps: the checkpoint, byte for byte."""
    return _stamp(request, ledger, number, lambda found: (str(found.checkpoint).encode(), "checkpoint", _TEXT))


def _stamp(
    request: HttpRequest, ledger: str, number: int, part: Callable[[StampGiven], tuple[bytes, str, str]]
) -> HttpResponse:
    found = stamp_given(ledger, number - 1)
    if isinstance(found, Problem):
        return show_problems(request, [found])
    if found is None:
        return refuse(request, HIDDEN)
    content, ending, media_type = part(found)
    return to_keep(content, f"{number}.{ending}", media_type)


def to_keep(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file to be saved, which a browser never shows itself."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
