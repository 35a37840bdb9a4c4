"""Asking a server over HTTP: one request, in bounded time, and no more is read of an answer than one can have."""

from __future__ import annotations

import urllib.error
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING, Any

from meterward.adapters.in_time import in_time
from meterward.usecases.ask_witnesses import Reply

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPResponse

PATIENCE = 10.0
"""So many seconds a server may be silent."""
IN_ALL = 20.0
"""So many seconds it has in all."""
_LONGEST = 100_000
_PIECE = 8_192
_MOST_SAID = 200


def ask(url: str, body: bytes | None, headers: Mapping[str, str], patience: float = IN_ALL) -> Reply | str:
    """What a server answers, to a body or without; or in words why not. Where it sends somebody else, nobody goes."""
    if not url.startswith(("https://", "http://")):
        return "its address begins neither with https:// nor with http://"
    return in_time(patience, lambda: _ask(url, body, headers)) or f"it gave no answer within {patience:g} seconds"


def _ask(url: str, body: bytes | None, headers: Mapping[str, str]) -> Reply | str:
    request = urllib.request.Request(url, body, dict(headers))  # noqa: S310 - looked at above
    try:
        with _OPENER.open(request, timeout=PATIENCE) as response:
            return _read(response)
    except urllib.error.HTTPError as error:
        with error:
            return _attempted(error)
    except (OSError, HTTPException, ValueError) as error:
        return _in_words(error)


class _Here(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - as urllib has it
        return None


_OPENER = urllib.request.build_opener(_Here)


def _attempted(error: urllib.error.HTTPError) -> Reply | str:
    try:
        return _read(error)
    except (OSError, HTTPException) as broken:
        return _in_words(broken)


def _read(response: HTTPResponse | urllib.error.HTTPError) -> Reply | str:
    pieces, size = [], 0
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > _LONGEST:
            return "its answer is too long"
    return Reply(response.status or 0, b"".join(pieces))


def _in_words(error: Exception) -> str:
    reason = getattr(error, "reason", error)
    said = str(getattr(reason, "strerror", None) or reason or type(error).__name__)
    return " ".join(said.split())[:_MOST_SAID]
