"""A ledger that is locked for one writer, within a transaction."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meterward.storage.fields import storable
from meterward.storage.repositories.statements import select

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.storage.repositories.pages import Page
    from meterward.usecases.ports import Asked, Head, Known, Written

_DONE = "SELECT request, first FROM storage_done WHERE ledger_id = %s AND key = %s"


@dataclass(frozen=True, slots=True)
class DatabaseBook:
    """See `Book`."""

    page: Page
    now: str

    @property
    def head(self) -> Head:
        """See `Book.head`."""
        return self.page.head

    def stamp(self) -> str:
        """See `Book.stamp`. A clock that ran backwards is told, since whoever runs it can mend it."""
        if self.now < self.head.last_recorded:
            said = "The clock shows %s, and the last entry was made at %s: until it has caught up, that is recorded."
            logging.getLogger(__name__).error(said, self.now, self.head.last_recorded)
        return max(self.now, self.head.last_recorded)

    def known(self, asked: Asked) -> Known:
        """See `Book.known`."""
        return self.page.known(asked)

    def done(self, key: str) -> tuple[str, int] | None:
        """See `Book.done`."""
        self.page.settle()
        return next(((request, first) for request, first in select(_DONE, self.head.ledger, storable(key))), None)

    def write(self, written: Sequence[Written], head: Head, key: str = "", request: str = "") -> None:
        """See `Book.write`."""
        self.page.add(written, head, key, request)
