"""Checkpoints kept in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class MemoryOutside:
    """See `Outside`."""

    _notes: dict[str, bytes] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def newest(self, ledger: str) -> bytes | None:
        """See `Outside.newest`."""
        return self._notes.get(ledger)

    def begin(self, ledger: str) -> None:
        """See `Outside.begin`."""
        self._notes.setdefault(ledger, b"")

    def keep(self, ledger: str, note: bytes, is_older: Callable[[bytes], bool]) -> bool:
        """See `Outside.keep`."""
        with self._lock:
            if not is_older(self._notes.get(ledger, b"")):
                return False
            self._notes[ledger] = note
            return True
