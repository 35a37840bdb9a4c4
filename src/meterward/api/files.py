"""Files of a ledger: taken in as they come, given back as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse

from meterward.api.asking import query_of
from meterward.api.details import Fault, refused
from meterward.api.record_shapes import Uploaded
from meterward.api.service import operation, refuse, reply
from meterward.core.access import Action
from meterward.core.base.problem import Code, Problem
from meterward.wiring.filing import LARGEST, give, take
from meterward.wiring.gating import caller_in, person_in
from meterward.wiring.noting import Read, note_read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

_ANY = "application/octet-stream"
_PIECE = 64 * 2**10
_BINARY: Mapping[str, Any] = {_ANY: {"schema": {"type": "string", "contentMediaType": _ANY}}}
_BODY = {"requestBody": {"required": True, "description": "The file as it is; at most 100 MiB.", "content": _BINARY}}
_FILE = {"responses": {"200": {"description": "The file as it is", "content": {"*/*": {"schema": {}}}}}}


@operation("POST", "/{slug:ledger}/files", Action.SEND, {201: Uploaded}, also=(400, 411, 413, 507), extra=_BODY)
def upload(request: HttpRequest, ledger: str) -> HttpResponse:
    """Take in a file. A record attaches it by name and digest; its type is told from its content."""
    query = query_of(request)
    if query.problems:
        return refuse(query.problems)
    if request.content_type != _ANY:
        return refused(Fault.MEDIA_TYPE, f"Send the file as {_ANY}: its type is told from its content.", Accept=_ANY)
    length = request.headers.get("Content-Length", "")
    if not (length.isascii() and length.isdigit()):
        return refused(Fault.LENGTH, "Say how long the file is, as Content-Length.")
    if int(length) > LARGEST:
        message = f"The file has more than {LARGEST // 2**20} MiB."
        return refuse([Problem(Code.FILE_TOO_LARGE, message, "Nothing was kept. Attach a smaller file.")])
    kept = take(ledger, person_in(request), _pieces(request), int(length))
    if isinstance(kept, Problem):
        return refuse([kept])
    said = {"format": "meterward.file/1", "digest": kept.digest, "size": kept.size, "media_type": kept.media_type}
    return reply(said, 201, Location=f"{request.path}/{kept.digest}")


@operation("GET", "/{slug:ledger}/files/{digest}", Action.READ_RECORD, {}, extra=_FILE)
def download(request: HttpRequest, ledger: str, digest: str) -> HttpResponseBase:
    """Give a file back, by its SHA-256 in hex."""
    query = query_of(request)
    if query.problems:
        return refuse(query.problems)
    found = give(ledger, digest)
    if found is None:
        return refused(Fault.NOT_FOUND, "This ledger has no file of that digest.")
    if problems := note_read(caller_in(request), ledger, Read("file", digest)):
        found[1].close()
        return refuse(problems)
    kept, file = found
    response = FileResponse(file, as_attachment=True, filename=kept.digest, content_type=kept.media_type)
    response["Content-Length"] = str(kept.size)
    response["Cache-Control"] = "no-store"
    return response


def _pieces(request: HttpRequest) -> Iterator[bytes]:
    while piece := request.read(_PIECE):
        yield piece
