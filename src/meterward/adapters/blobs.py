"""Files by content, in a folder: written whole, named by their SHA-256, never changed."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, TYPE_CHECKING

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST = 100 * 2**20
"""A file has at most so many bytes; what is larger is kept elsewhere, and attached by its digest."""


def too_large() -> Problem:
    """What is said of a file that is too large."""
    hint = "Attach a smaller file, or a list of digests of the parts that you keep yourselves."
    return Problem(Code.FILE_TOO_LARGE, f"The file has more than {LARGEST // 2**20} MiB.", hint, "files")


@dataclass(frozen=True, slots=True)
class Blobs:
    """The files of an installation."""

    folder: Path

    def put(self, pieces: Iterable[bytes]) -> tuple[str, int, bytes] | Problem:
        """Keep what comes in pieces: its digest, its size and its first bytes; or why it was not kept."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".incoming-")
            try:
                with os.fdopen(handle, "wb") as file:
                    found = _copy(pieces, file)
                if not isinstance(found, Problem):
                    self._settle(Path(name), found[0])
                return found
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            hint = "Nothing was kept. Make room where the store keeps its files, and send it again."
            return Problem(Code.STORE_FULL, f"The file cannot be kept: {error.strerror}.", hint)

    def open(self, digest: str) -> IO[bytes] | None:
        """A file by its digest, to be read and closed by the caller; None if it is not here."""
        try:
            return self._place(digest).open("rb")
        except FileNotFoundError:
            return None

    def _settle(self, incoming: Path, digest: str) -> None:
        place = self._place(digest)
        place.parent.mkdir(exist_ok=True, mode=0o700)
        incoming.replace(place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _place(self, digest: str) -> Path:
        if len(digest) != 2 * sha256().digest_size or digest.strip("0123456789abcdef"):
            raise ValueError("a digest is 64 hex digits")
        return self.folder / digest[:2] / digest


def _copy(pieces: Iterable[bytes], file: IO[bytes]) -> tuple[str, int, bytes] | Problem:
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
    return digest.hexdigest(), size, begins
