"""Published checkpoints in memory."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from meterward.usecases.ports import Published


@dataclass(slots=True)
class MemoryCheckpoints:
    """See `Checkpoints`."""

    _kept: dict[str, list[Published]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def last(self, ledger: str) -> Published | None:
        """See `Checkpoints.last`."""
        kept = self._kept.get(ledger)
        return kept[-1] if kept else None

    def all(self, ledger: str) -> list[Published]:
        """See `Checkpoints.all`."""
        return list(self._kept.get(ledger, ()))

    def keep(self, ledger: str, published: Published, last: Published | None) -> bool:
        """See `Checkpoints.keep`."""
        with self._lock:
            if self.last(ledger) != last or (last and last.size > published.size):
                return False
            self._kept.setdefault(ledger, []).append(published)
            return True
