"""Time-stamping authorities, wherever they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from meterward.core.base.problem import Problem


class TimeAuthority(Protocol):
    """Somebody who stamps what is shown (RFC 3161)."""

    def ask(self, request: bytes) -> bytes | Problem:
        """The reply to a request, which nobody has verified; or why there is none."""
