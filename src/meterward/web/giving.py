"""What an answer gives out of a ledger, and how that is noted: one rule for every page and every operation of the API.

Whatever is taken away as a file is noted, whoever takes it. A page or a list is noted where somebody of another
organisation reads it, or anybody by broken glass, once a day. What gives nothing of what records say, and what notes
by itself each thing that it gives, is named here; a new address is noted unless it is named.
"""

from __future__ import annotations

import re
from enum import Enum
from http import HTTPStatus
from typing import TYPE_CHECKING

from meterward.core.access import Action
from meterward.core.records.values import NAME
from meterward.wiring.noting import Read, note_read, note_seen

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from meterward.core.access import Caller
    from meterward.core.base.problem import Problem

_READING = frozenset((Action.READ, Action.READ_RECORD, Action.APPEND, Action.DRAFT, Action.HAND_OVER))
"""What needs one of these may give what records say; the position names the records that it rests on, and no more."""
GIVES_NOTHING = frozenset((
    *("ledger", "ledger-policy", "checkpoint", "tile"),  # sizes, hashes and keys
    *("receipt", "read-proof", "record-proof", "record-time-stamp", "record-stamped"),  # a digest, and what it is under
    *("proof", "time_stamp", "stamped_checkpoint"),
    *("append", "append-kind", "append-draft", "append-preview"),  # a form notes the record that it takes over
    *("drafts", "draft", "draft-discard", "passkey", "passkey-end"),  # one's own
    *("bundles", "upload", "preview_line"),
))  # fmt: skip
"""Addresses, by name, that give nothing of what records say."""
NOTES_ITSELF = frozenset(("record", "record-statement", "statement", "file", "download", "bundle", "risk-file"))
"""Those that note what they give by its own name: a record by its id, a file by its digest."""
_FILE_NAME = re.compile(r'filename="([^"]+)"')
_API = re.compile(r"/api/v\d+/")


class Given(Enum):
    """What an answer is to the log of reads."""

    NOTHING = "nothing of what records say"
    ITSELF = "things that are noted each by itself"
    EXPORT = "something that is taken away"
    PAGE = "a page or a list"


def given(name: str, action: Action | None, file: str = "") -> Given:
    """What an address gives, by its name, what it needs, and the name of the file if it answers with one."""
    if name in GIVES_NOTHING or name in NOTES_ITSELF:
        return Given.NOTHING if name in GIVES_NOTHING else Given.ITSELF
    if file:
        return Given.EXPORT
    return Given.PAGE if action in _READING else Given.NOTHING


def note_given(request: HttpRequest, action: Action, caller: Caller, response: HttpResponseBase) -> list[Problem]:
    """Note what an answer gives of a ledger, before it is given. With a problem it must not be."""
    match = request.resolver_match
    if (
        match is None
        or "ledger" not in match.kwargs
        or response.status_code != HTTPStatus.OK
        or request.method == "HEAD"
    ):
        return []
    ledger, file = str(match.kwargs["ledger"]), _file_of(response)
    found = given(match.url_name or "", action, file)
    if found is Given.EXPORT:
        return note_read(caller, ledger, Read("export", _name(file)))
    place = _API.sub("/api/", request.path).replace(f"/{ledger}", "", 1).strip("/")
    return note_seen(caller, ledger, Read("page", _name(place))) if found is Given.PAGE else []


def _file_of(response: HttpResponseBase) -> str:
    found = _FILE_NAME.search(response.headers.get("Content-Disposition", ""))
    return found[1] if found else ""


def _name(text: str) -> str:
    """As much of a place, from its beginning, as a record can name: four parts, and none that is no name."""
    parts = text.split("/")
    names = ("/".join(parts[:count]) for count in range(len(parts), 0, -1))
    return next((one for one in names if NAME.fullmatch(one)), "page")
