"""What a ZIP archive is allowed to unfold to, looked at before anything of it is understood."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_UNFOLDED = 128 * 2**20
"""So many bytes the parts of a spreadsheet have together; 60,000 rows of 16 columns have some 40 MiB."""
MOST_SHARED = 32 * 2**20
_MOST_PARTS = 1_000
_PIECE = 2**20
_OVERLAP = 256
_WIDE = re.compile(rb'\br="(?:[A-Z]{3,}|[J-Z][A-Z]|I[W-Z])\d')
"""A cell beyond column IV, the 256th."""
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]{0,200}?\br="([0-9]{1,12})"')
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]{0,80}\bref="([A-Z]+[0-9]+:[A-Z]+[0-9]+)"')
_BROKEN = zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error
_TYPES = b"<!DOCTYPE", b"<!ENTITY"


class Sheets(NamedTuple):
    """What was seen of an archive that may be opened: the first merged cells of each part that has some."""

    merged: dict[str, str]


def look(file: BinaryIO, name: str) -> Sheets | Problem:
    """Look through the parts of an archive, a piece at a time; a problem if it is damaged or unfolds too far."""
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if problem := _too_large(parts, name):
                return problem
            return _looked(archive, parts, name)
    except _BROKEN as error:
        what = f"The archive that a spreadsheet is cannot be read: {str(error) or type(error).__name__}."
        hint = "Open it in a spreadsheet, without a password, and save it again as XLSX."
        return Problem(Code.INVENTORY_DAMAGED, what, hint, name)


def _too_large(parts: list[zipfile.ZipInfo], name: str) -> Problem | None:
    """Whether the archive says that it unfolds too far. It cannot unfold further than it says: reading stops there."""
    size = sum(part.file_size for part in parts)
    shared = sum(part.file_size for part in parts if part.filename.casefold().endswith("sharedstrings.xml"))
    if size <= MOST_UNFOLDED and shared <= MOST_SHARED and len(parts) <= _MOST_PARTS:
        return None
    what = f"It unfolds to {size / 2**20:,.0f} MiB in {len(parts):,} parts: a “zip bomb” is made so. It was not opened."
    hint = f"A spreadsheet has at most {MOST_UNFOLDED // 2**20} MiB unfolded: keep the inventory only, as values."
    return Problem(Code.INVENTORY_BOUNDS, what, hint, name)


def _looked(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo], name: str) -> Sheets | Problem:
    merged: dict[str, str] = {}
    for part in parts:
        if not part.filename.endswith((".xml", ".rels")):
            continue
        rows = _Rows()
        for piece in _pieces(archive, part):
            if b"\0" in piece or any(mark in piece for mark in _TYPES):
                what = f"Its part {part.filename} declares types or entities, which no spreadsheet does."
                hint = "Open it in a spreadsheet, and save it again as XLSX."
                return Problem(Code.INVENTORY_BOUNDS, what, hint, name)
            if _WIDE.search(piece):
                what = f"Its part {part.filename} has cells beyond column IV, the 256th."
                return Problem(Code.INVENTORY_BOUNDS, what, "Remove what is not of the inventory.", name)
            if not rows.follow(piece):
                what = f"The rows of its part {part.filename} are out of order after row {rows.last:,}."
                hint = "Open it in a spreadsheet, and save it again as XLSX."
                return Problem(Code.INVENTORY_DAMAGED, what, hint, name)
            if found := _MERGED.search(piece):
                merged.setdefault(part.filename, found[1].decode())
    return Sheets(merged)


class _Rows:
    """The numbers of the rows of a sheet: what reads them would leave out one that comes too late."""

    def __init__(self) -> None:
        self.last = self.begins = 0
        self.seen = -1

    def follow(self, piece: bytes) -> bool:
        """Whether the rows of the next piece go on from those before; its beginning was in the last one already."""
        for row in _ROW.finditer(piece):
            place = self.begins + row.start()
            if place > self.seen:
                if int(row[1]) <= self.last:
                    return False
                self.last, self.seen = int(row[1]), place
        self.begins += len(piece) - min(_OVERLAP, len(piece))
        return True


def _pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """A part, each piece with the end of the one before, so that nothing hides between two."""
    with archive.open(part) as opened:
        before = b""
        while piece := opened.read(_PIECE):
            yield before + piece
            before = (before + piece)[-_OVERLAP:]
