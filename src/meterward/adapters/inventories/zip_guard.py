"""What a ZIP archive is allowed to unfold to, looked at before anything of it is understood."""

from __future__ import annotations

import re
import zipfile
import zlib
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short

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
_ROW = re.compile(rb'<(?:\w+:)?row\b[^<]{0,200}?\sr="([0-9]{1,12})"')
_ODD = re.compile(rb'<(?:\w+:)?(?:row|c)\b[^<]{0,200}?\sr(?:\s|=[^"]|="[A-Z0-9]*[^A-Z0-9"]|="[0-9]{13})')
"""A row or a cell whose place is not written as spreadsheets write it, so that nothing here would see it."""
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^<]{0,200}?\sref\s*=\s*[\"']([A-Z]+[0-9]+:[A-Z]+[0-9]+)")
_SHEET = re.compile(rb"<(\w+:)?worksheet\b([^<]*)>")
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_FOREIGN = re.compile(rb"<[^<]{1,200}?\sxmlns[\w:]{0,40}\s*=\s*[\"']")
_HEAD = 4096
MOST_TAGS = 1_000_000
"""So many tags stand between two rows of a sheet, or a fourth of those in a part of no rows: all are held at once."""
BROKEN = zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error
"""What reading an archive may throw."""
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
    except BROKEN as error:
        what = f"The archive that a spreadsheet is cannot be read: {reason(error)}."
        hint = "Open it in a spreadsheet, without a password, and save it again as XLSX."
        return Problem(Code.INVENTORY_DAMAGED, what, hint, name)


def reason(error: Exception) -> str:
    """What a library said was wrong: it may quote as much of a file as there is."""
    first = next(iter(str(error).splitlines()), "")
    return "".join(one for one in first[:120] if one.isprintable()) or type(error).__name__


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
        look = _Part()
        for place, piece in enumerate(_pieces(archive, part)):
            # Pictures are not looked at. Whatever can be read as XML is, under any name.
            if not place and not part.filename.endswith((".xml", ".rels")) and not _may_be_xml(piece):
                break
            if fault := look.fault(piece):
                code, why = fault
                hint = "Open it in a spreadsheet, remove what is not of the inventory, and save it again as XLSX."
                return Problem(code, f"Its part {short(part.filename)} {why}.", hint, name)
            if found := _MERGED.search(piece):
                merged.setdefault(part.filename, found[1].decode())
    return Sheets(merged)


class _Part:
    """A part, looked through piece by piece."""

    def __init__(self) -> None:
        self.rows, self.tags = _Rows(), _Tags()

    def fault(self, piece: bytes) -> tuple[Code, str] | None:
        """What is wrong with a part, as a sentence goes on about it."""
        if b"\0" in piece or any(mark in piece for mark in _TYPES):
            return Code.INVENTORY_BOUNDS, "declares types or entities, which no spreadsheet does"
        if not self.tags.follow(piece):
            return Code.INVENTORY_BOUNDS, "has too many tags, or rows of two kinds"
        if _ODD.search(piece):
            return Code.INVENTORY_DAMAGED, "has a row or a cell whose place cannot be told"
        if _WIDE.search(piece):
            return Code.INVENTORY_BOUNDS, "has cells beyond column IV, the 256th"
        if not self.rows.follow(piece):
            return Code.INVENTORY_DAMAGED, f"has rows out of order after row {self.rows.last:,}"
        return None


def _may_be_xml(begins: bytes) -> bool:
    begins = begins.removeprefix(b"\xef\xbb\xbf").lstrip()
    return not begins or begins.startswith((b"<", b"\0<", b"\xff\xfe", b"\xfe\xff"))


class _Tags:
    """The tags of a part since its last row. What reads a part lets go of a row at its end, and of all else never."""

    def __init__(self) -> None:
        self.count = 0
        self.row: bytes | None = None
        self.began = self.foreign = False

    def follow(self, piece: bytes) -> bool:
        """Whether there are not too many, and no row is one by its name alone."""
        start = _OVERLAP if self.began else self._begin(piece)
        last = piece.rfind(self.row, start) if self.row else -1
        other = _FOREIGN.search(piece, start)
        if last >= 0 and (self.foreign or (other and other.start() < last)):
            return False
        self.foreign = self.foreign or bool(other)
        self.count = piece.count(b"<", last) if last >= 0 else self.count + piece.count(b"<", start)
        return self.count <= (MOST_TAGS if self.row else 4 * MOST_TAGS)

    def _begin(self, piece: bytes) -> int:
        self.began = True
        sheet = _SHEET.search(piece[:_HEAD])
        if sheet is None or _MAIN not in sheet[2]:
            return 0
        self.row = b"<" + (sheet[1] or b"") + b"row"
        return sheet.end()


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
