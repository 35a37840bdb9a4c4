"""The newest checkpoint of each ledger, kept apart from the database that has the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Outside(Protocol):
    """Where the newest checkpoint of each ledger is kept, so that a ledger that lost entries is known by it."""

    def newest(self, ledger: str) -> bytes | None:
        """The signed note that is kept; empty where room was made and nothing kept yet, None where nothing is at all.

        Raises `OSError` if it cannot be looked at.
        """

    def begin(self, ledger: str) -> None:
        """Make room durably; nothing happens where there is some."""

    def keep(self, ledger: str, note: bytes, is_older: Callable[[bytes], bool]) -> bool:
        """Keep a note, if what is kept (empty if nothing is) is older, in one step; whether it was."""
