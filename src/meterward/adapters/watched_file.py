"""A file that tells how far it was read, to whoever shows that or stops it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(slots=True)
class WatchedFile:
    """A file to be read. What `tell_read` raises goes through, so that reading stops."""

    file: IO[bytes]
    tell_read: Callable[[int], None]
    """Hears at which byte the reading is."""

    def read(self, count: int = -1) -> bytes:
        """The next bytes."""
        found = self.file.read(count)
        self.tell_read(self.file.tell())
        return found

    def seek(self, place: int, whence: int = 0) -> int:
        """Go to a place."""
        return self.file.seek(place, whence)

    def tell(self) -> int:
        """Where it is."""
        return self.file.tell()

    def seekable(self) -> bool:
        """One can go about in it."""
        return True

    def close(self) -> None:
        """Whoever opened it closes it."""
