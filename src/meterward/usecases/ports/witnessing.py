"""What a witness remembers."""

from __future__ import annotations

from typing import Protocol


class Views(Protocol):
    """Of each log that a witness knows, the last checkpoint that it cosigned. One process has them at a time."""

    def last(self, origin: str) -> bytes | None:
        """The cosigned note; empty if nothing was cosigned yet; None if nothing is there, as somebody removed it."""

    def keep(self, origin: str, note: bytes) -> None:
        """Keep a note in place of the last one. It is durable when this returns, and one of both is in any case.

        Raises `OSError` if it cannot be kept.
        """
