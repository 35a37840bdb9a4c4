"""Files that are attached to records, to be saved by whoever may read the ledger. A browser never shows one itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import FileResponse
from django.views.decorators.http import require_safe

from meterward.core.access import HIDDEN, Action
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.web.refusing import refuse, show_problems
from meterward.wiring.filing import clean_name, give
from meterward.wiring.gating import caller_in, needs
from meterward.wiring.noting import Read, note_read

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase


@needs(Action.READ_RECORD, EVERY_KEEPER)
@require_safe
def give_file(request: HttpRequest, ledger: str, digest: str) -> HttpResponseBase:
    """A file by its digest, under the name that its record gives it."""
    found = give(ledger, digest)
    if found is None:
        return refuse(request, HIDDEN)
    if problems := note_read(caller_in(request), ledger, Read("file", digest)):
        found[1].close()
        return show_problems(request, problems, 503)
    kept, file = found
    name = clean_name(request.GET.get("name", ""))
    shown_as = name if isinstance(name, str) else kept.digest
    response: HttpResponseBase = FileResponse(file, as_attachment=True, filename=shown_as, content_type=kept.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response
