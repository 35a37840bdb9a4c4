"""Files by content, in a folder: written whole, named by their SHA-256, never changed."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from meterward.adapters.files import sync
from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

LARGEST = 100 * 2**20
"""A file has at most so many bytes; what is larger is kept elsewhere, and attached by its digest."""
LEFT_FREE = 50 * 2**20
"""So many bytes of the disk no file ever takes: records must find room still when files find none."""
_INCOMING = ".incoming-"


class Put(NamedTuple):
    """A content that came: its digest, its size and its first bytes."""

    digest: str
    size: int
    begins: bytes


def too_large() -> Problem:
    """What is said of a file that is too large."""
    hint = "Attach a smaller file, or a list of digests of the parts that you keep yourselves."
    return Problem(Code.FILE_TOO_LARGE, f"The file has more than {LARGEST // 2**20} MiB.", hint, "files")


@dataclass(frozen=True, slots=True)
class Blobs:
    """The files of an installation. See `Contents`."""

    folder: Path

    def put(
        self, pieces: Iterable[bytes], length: int = 0, unfit: Callable[[Put], Problem | None] = lambda _: None
    ) -> Put | Problem:
        """Keep what comes in pieces, or say why not. `unfit` has a last word; what it refuses leaves nothing."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if shutil.disk_usage(self.folder).free < length + LEFT_FREE:
                return _no_room("the disk has not enough room left")
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=_INCOMING)
            try:
                with os.fdopen(handle, "wb") as file:
                    found = _copy(pieces, file)
                if isinstance(found, Problem):
                    return found
                if problem := unfit(found):
                    return problem
                self._settle(Path(name), found.digest)
                return found
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            return _no_room(error.strerror or str(error))

    def open(self, digest: str) -> IO[bytes] | None:
        """A file by its digest, to be read and closed by the caller; None if it is not here."""
        try:
            return self._place(digest).open("rb")
        except FileNotFoundError:
            return None

    def has(self, digest: str) -> bool:
        """Whether a file is here."""
        return self._place(digest).is_file()

    def old(self, until: datetime) -> dict[str, int]:
        """See `Contents.old`."""
        places = self.folder.glob("[0-9a-f][0-9a-f]/*")
        return {place.name: size for place in places if (size := _size_of_old(place, until)) is not None}

    def remove(self, digest: str, until: datetime) -> bool:
        """See `Contents.remove`."""
        place = self._place(digest)
        with self._turn(fcntl.LOCK_EX):
            if _size_of_old(place, until) is None:
                return False
            place.unlink()
            return True

    def unfinished(self, until: datetime) -> list[int]:
        """See `Contents.unfinished`."""
        return [size for _, size in self._pieces(until)]

    def clear_unfinished(self, until: datetime) -> list[int]:
        """See `Contents.clear_unfinished`."""
        found = list(self._pieces(until))
        for place, _ in found:
            place.unlink(missing_ok=True)
        return [size for _, size in found]

    def _pieces(self, until: datetime) -> Iterator[tuple[Path, int]]:
        for place in self.folder.glob(f"{_INCOMING}*"):
            if (size := _size_of_old(place, until)) is not None:
                yield place, size

    def _settle(self, incoming: Path, digest: str) -> None:
        place = self._place(digest)
        place.parent.mkdir(exist_ok=True, mode=0o700)
        os.utime(incoming)
        with self._turn(fcntl.LOCK_SH):
            incoming.replace(place)
        # The first file of a folder is there for good only when the folder itself is.
        for one in (place.parent, self.folder):
            sync(one)

    @contextmanager
    def _turn(self, how: int) -> Iterator[None]:
        """Keep those who remove, one at a time, from those who put the same content there again."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, how)
            yield
        finally:
            os.close(folder)

    def _place(self, digest: str) -> Path:
        if len(digest) != 2 * sha256().digest_size or digest.strip("0123456789abcdef"):
            raise ValueError("a digest is 64 hex digits")
        return self.folder / digest[:2] / digest


def _no_room(why: str) -> Problem:
    hint = "Nothing was kept. Make room where the store keeps its files, and send it again."
    return Problem(Code.STORE_FULL, f"The file cannot be kept: {why}.", hint, "files")


def _size_of_old(place: Path, until: datetime) -> int | None:
    """The size of a file that was last put there before an instant; None if it was not."""
    with suppress(FileNotFoundError):
        found = place.stat()
        return found.st_size if found.st_mtime < until.timestamp() else None
    return None


def _copy(pieces: Iterable[bytes], file: IO[bytes]) -> Put | Problem:
    digest, size, begins = sha256(), 0, b""
    for piece in pieces:
        size += len(piece)
        if size > LARGEST:
            return too_large()
        digest.update(piece)
        begins = (begins + piece)[:512] if len(begins) < 512 else begins  # noqa: PLR2004 - enough to tell a type by
        file.write(piece)
    file.flush()
    os.fsync(file.fileno())
    return Put(digest.hexdigest(), size, begins)
