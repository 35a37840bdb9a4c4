"""A bundle as a canonical tar: the same files always give the same bytes, and only those bytes are read.

Every entry is a header, the content, and zeros up to a whole block; two blocks of zeros end the archive. GNU tar makes
the same bytes with `--format=ustar -b1 --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=644` of files named in
order.
"""

from __future__ import annotations

import io
import os
from array import array
from bisect import bisect_left
from contextlib import suppress
from typing import IO, TYPE_CHECKING, BinaryIO, NamedTuple

from meterward.adapters import bundle_names, ustar
from meterward.adapters.bundle_aside import AsideSink, beside, settle_file
from meterward.adapters.bundle_names import Handle, Listing, folders_of, too_many, unfit, unreadable, wrong
from meterward.adapters.ustar import BLOCK, END

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.base.problem import Problem

_PIECE = 2**20
_CUT_OFF = "Most often a copy broke off. Get the bundle again from whoever made it."

_PACKED = "If it was packed anew, unpack it and verify the folder. Else get the bundle again from whoever made it."


class TarBundle:
    """See `Bundle`. The archive stays open, so that another in its place is not read."""

    def __init__(self, archive: Handle, listing: Listing, starts: array[int]) -> None:
        self._archive = archive
        self._listing = listing
        self._starts = starts

    def names(self) -> tuple[str, ...]:
        """See `Bundle.names`."""
        return self._listing.names

    def size(self, name: str) -> int:
        """See `Bundle.size`."""
        return self._listing.size(name)

    def open(self, name: str) -> BinaryIO:
        """See `Bundle.open`."""
        place = self._listing.place(name)
        return io.BufferedReader(_Content(self._archive, self._starts[place], self._listing.sizes[place]))


class _Content(io.RawIOBase):
    """The bytes of one file in an archive."""

    def __init__(self, archive: Handle, start: int, size: int) -> None:
        super().__init__()
        self._archive = archive
        self._start = start
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        at = offset + {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self._size}[whence]
        if at < 0:
            raise ValueError("nothing lies before the beginning of a file")
        self._at = at
        return at

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]  # what io hands it
        wanted = min(len(buffer), max(self._size - self._at, 0))
        found = os.preadv(self._archive.number, [memoryview(buffer)[:wanted]], self._start + self._at) if wanted else 0
        if wanted and not found:
            raise OSError("the archive was cut off while it was read")
        self._at += found
        return found


def open_tar(archive: Handle, called: str) -> TarBundle | Problem:
    """The bundle in an open archive, or the first item that is not as it would be written."""
    try:
        with os.fdopen(archive.number, "rb", closefd=False) as file:
            index = _Index(file, os.fstat(archive.number).st_size, called)
            problem = index.read()
    except OSError as error:
        return unreadable(called, error)
    return problem or TarBundle(archive, Listing(index.names, index.sizes), index.starts)


class _Entry(NamedTuple):
    """A header as it reads: what it is the header of."""

    name: str
    size: int


class _Index:
    """One pass over the headers of an archive."""

    def __init__(self, file: IO[bytes], size: int, called: str) -> None:
        self.names: list[str] = []
        self.sizes = array("Q")
        self.starts = array("Q")
        self._file = file
        self._size = size
        self._called = called
        self._folder = ""
        """In which the last file lies."""

    def read(self) -> Problem | None:
        """Read every entry up to the end of the archive, or the first problem."""
        at = 0
        block = self._file.read(BLOCK)
        if not (ustar.looks_like_header(block) or block == bytes(BLOCK)):
            hint = "A bundle is a folder, or a tar that is not compressed. Name that."
            return wrong(self._called, "The file is no tar.", hint)
        while any(block):
            if problem := self._entry(block, at):
                return problem
            at, block = self._after()
        return self._end(at, block)

    def _entry(self, block: bytes, at: int) -> Problem | None:
        """Note the entry that begins at a place with a block."""
        found = self._header(block, at)
        if not isinstance(found, _Entry):
            return found
        if problem := self._misplaced(found.name):
            return problem
        start = at + BLOCK
        if start + found.size + ustar.padding(found.size) > self._size:
            return wrong(found.name, f"The archive ends within it, after {self._size:,} bytes.", _CUT_OFF)
        if len(self.names) == bundle_names.MOST_FILES:
            return too_many(self._called)
        self.names.append(found.name)
        self.sizes.append(found.size)
        self.starts.append(start)
        self._file.seek(start + found.size)
        if self._file.read(ustar.padding(found.size)) != bytes(ustar.padding(found.size)):
            return wrong(found.name, "What fills up its last block is not all zeros.")
        return None

    def _header(self, block: bytes, at: int) -> _Entry | Problem:
        name = ustar.name_in(block)
        shown = name or f"entry {len(self.names) + 1:,}"
        if len(block) < BLOCK:
            return wrong(shown, f"The archive ends within its header, after {self._size:,} bytes.", _CUT_OFF)
        if sort := ustar.other_type(block):
            return wrong(shown, f"At byte {at:,} the archive has {sort}; a bundle has files only.", _PACKED)
        if why := unfit(name) or ustar.unfit_for_header(name):
            return wrong(shown, f"Its name, at byte {at:,}, {why}.")
        size = ustar.size_in(block)
        if size is None:
            return wrong(name, f"Its size, at byte {at + 124:,}, is not written as eleven octal digits and a zero.")
        if field := ustar.difference(block, name, size):
            said = f"Its header, at byte {at:,}, is not as it would be written: {field} is another."
            return wrong(name, said, _PACKED)
        return _Entry(name, size)

    def _misplaced(self, name: str) -> Problem | None:
        """The problem of a file that cannot come here, after those before it."""
        last = self.names[-1] if self.names else ""
        if name == last:
            return wrong(name, "It is there twice.")
        if name < last:
            return wrong(name, f"It comes after “{last}”; files come in the order of their names.", _PACKED)
        folder = name.rpartition("/")[0]
        if folder != self._folder and any(self._has(above) for above in folders_of(name)):
            return wrong(name, "It lies in a folder that has the name of a file.")
        self._folder = folder
        return None

    def _has(self, name: str) -> bool:
        place = bisect_left(self.names, name)
        return place < len(self.names) and self.names[place] == name

    def _after(self) -> tuple[int, bytes]:
        """Where the next entry begins, and its first block."""
        at = self.starts[-1] + self.sizes[-1] + ustar.padding(self.sizes[-1])
        return at, self._file.read(BLOCK)

    def _end(self, at: int, block: bytes) -> Problem | None:
        """Whether the archive ends as it has to, with the block of zeros that was found at a place."""
        rest = block + self._file.read(len(END) + 1 - len(block))
        if len(rest) < len(END):
            return wrong(self._called, f"The archive is cut off after {at + len(rest):,} bytes.", _CUT_OFF)
        if rest != END:
            return wrong(
                self._called, f"From byte {at:,} on the archive has other than the two blocks of zeros that end it."
            )
        if not self.names:
            return wrong(self._called, "The archive is empty.", "Name the archive that has the bundle in it.")
        return None


class TarSink(AsideSink):
    """See `Sink`. Files put in the order of their names are written once, others once more at the end."""

    def _unfit(self, name: str) -> str:
        return ustar.unfit_for_header(name)

    def _begin(self) -> None:
        self._aside = beside(self.target)
        self._sorted = beside(self.target)
        self._file = self._aside.open("x+b")
        self._extents: dict[str, tuple[int, int]] = {}
        """Where each entry begins, and where it ends."""

    def _write(self, name: str, pieces: Iterable[bytes]) -> None:
        start = self._file.tell()
        self._file.write(bytes(BLOCK))
        size = 0
        for piece in pieces:
            size += len(piece)
            if size > ustar.LARGEST:
                raise ValueError(f"“{name}” has more than {ustar.LARGEST:,} bytes")
            self._file.write(piece)
        self._file.write(bytes(ustar.padding(size)))
        end = self._file.tell()
        self._file.seek(start)
        self._file.write(ustar.header(name, size))
        self._file.seek(end)
        self._extents[name] = (start, end)

    def _complete(self) -> None:
        aside = self._aside
        if list(self._extents) == sorted(self._extents):
            _finish(self._file)
        else:
            aside = self._sorted
            with aside.open("xb") as file:
                for name in sorted(self._extents):
                    _copy(self._file, *self._extents[name], file)
                _finish(file)
        settle_file(aside, self.target)

    def _discard(self) -> None:
        # A disk that is full says so once more when what is left is to be written.
        with suppress(OSError):
            self._file.close()
        for aside in (self._aside, self._sorted):
            with suppress(OSError):
                aside.unlink(missing_ok=True)


def _finish(file: IO[bytes]) -> None:
    file.write(END)
    file.flush()
    os.fsync(file.fileno())


def _copy(source: IO[bytes], start: int, end: int, target: IO[bytes]) -> None:
    source.seek(start)
    left = end - start
    while left:
        piece = source.read(min(left, _PIECE))
        if not piece:
            raise OSError("what lay aside was cut off")
        target.write(piece)
        left -= len(piece)
