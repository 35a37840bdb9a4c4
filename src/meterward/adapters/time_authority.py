"""A time-stamping authority that is asked over http: within a time, and for no more than a reply can have."""

from __future__ import annotations

from dataclasses import dataclass
from http.client import HTTPException
from typing import IO, TYPE_CHECKING
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from meterward.adapters.in_time import in_time
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.stamps import LONGEST

if TYPE_CHECKING:
    from http.client import HTTPMessage

PATIENCE = 15.0
"""So many seconds an authority has for a reply."""
_TYPE = "application/timestamp-query"
_HINT = "Nothing was recorded. Look at METERWARD_TSA, or at what --authority says, and try again."


class _Stay(HTTPRedirectHandler):
    """Goes nowhere else: who is asked is who was named."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """See `HTTPRedirectHandler`."""


@dataclass(frozen=True, slots=True)
class HttpAuthority:
    """See `TimeAuthority`."""

    url: str
    patience: float = PATIENCE

    def ask(self, request: bytes) -> bytes | Problem:
        """See `TimeAuthority.ask`."""
        if not _is_address(self.url):
            return _unavailable(f"“{self.url}” is not the address of a time-stamping authority: http or https only.")
        found = in_time(self.patience, lambda: self._ask(request))
        return _unavailable(f"“{self.url}” gave no reply within {self.patience:g} seconds.") if found is None else found

    def _ask(self, request: bytes) -> bytes | Problem:
        asked = Request(self.url, request, {"Content-Type": _TYPE, "Accept": "application/timestamp-reply"})  # noqa: S310 - http or https only, as is asked above
        try:
            with build_opener(_Stay).open(asked, timeout=self.patience) as reply:
                data: bytes = reply.read(LONGEST + 1)
                missing = reply.length or 0
        except HTTPError as error:
            error.close()
            return _unavailable(f"“{self.url}” answered with {error.code}.")
        except URLError as error:
            return _unavailable(f"“{self.url}” cannot be reached: {error.reason}.")
        except (OSError, HTTPException, ValueError) as error:
            return _unavailable(f"“{self.url}” broke off: {error}.")
        if len(data) > LONGEST:
            return _unavailable(f"“{self.url}” answered with more than {LONGEST:,} bytes, as no token has.")
        if missing:
            return _unavailable(f"“{self.url}” broke off: {missing:,} bytes are missing.")
        return data


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _unavailable(message: str) -> Problem:
    return Problem(Code.STAMP_UNAVAILABLE, message, _HINT)
