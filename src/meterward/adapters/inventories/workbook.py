"""What the cells of a spreadsheet rest on: its sheets, the texts that they share, and which styles are those of days.

An archive is walked through part by part, and nothing of it is held but what is asked for. Whether it may be walked
through, `zip_guard` has looked at before.
"""

from __future__ import annotations

import posixpath
import re
from datetime import date
from typing import IO, TYPE_CHECKING, Final, NamedTuple
from xml.parsers import expat

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Iterator, Mapping

    Start = Callable[[str, dict[str, str]], None]
    End = Callable[[str], None]

_PIECE = 2**16
_SPACES = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"
_TYPES = re.compile(r"application/vnd\.(?:openxmlformats-officedocument|ms-excel)\..*\.main\+xml")
_USUAL = "xl/workbook.xml"
_WINDOWS, _MACINTOSH = date(1899, 12, 30), date(1904, 1, 1)
_BUILT_IN_DAYS = {*map(str, range(14, 23)), "45", "47"}
_NO_PART_OF_A_DAY = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
_DURATION = re.compile(r"\[[hms]+\]", re.IGNORECASE)
_DAY = re.compile(r"[dmyhs]", re.IGNORECASE)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Book(NamedTuple):
    """A spreadsheet without its cells: title and part of each sheet, shared texts, the styles that are days."""

    sheets: tuple[tuple[str, str], ...]
    shared: list[str]
    days: frozenset[str]
    epoch: date


class _TypesError(ValueError):
    """A part declares types, and no spreadsheet does."""


def tags(*names: str) -> Mapping[str, str]:
    """Names of tags as a walk gives them, each with the plain one."""
    return {f"{space} {name}": name for space in _SPACES for name in names}


def walk(part: IO[bytes], start: Start, end: End | None = None, pieces: list[str] | None = None) -> Iterator[None]:
    """Walk through a part, and stop after each piece of it; texts are added to `pieces`."""

    def refused(*_: object) -> None:
        raise _TypesError

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refused
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = None if pieces is None else pieces.append
    while piece := part.read(_PIECE):
        parser.Parse(piece, False)  # noqa: FBT003 - the parser has no names for what it takes
        yield
    parser.Parse(b"", True)  # noqa: FBT003 - see above


def open_book(archive: zipfile.ZipFile) -> Book:
    """What the cells of a spreadsheet rest on."""
    part = _workbook(archive)
    folder, name = posixpath.split(part)
    related: dict[str, tuple[str, str]] = {}

    def relate(_: str, told: dict[str, str]) -> None:
        if "Id" in told:
            sort = told.get("Type", "").rpartition("/")[2]
            related[told["Id"]] = sort, posixpath.normpath(posixpath.join("/", folder, told["Target"])).lstrip("/")

    _through(archive, f"{folder}/_rels/{name}.rels".lstrip("/"), relate)
    parts = dict(related.values())
    sheets, epoch = _sheets(archive, part, related)
    shared = _shared(archive, parts["sharedStrings"]) if "sharedStrings" in parts else []
    return Book(sheets, shared, _days(archive, parts["styles"]) if "styles" in parts else frozenset(), epoch)


def plain(text: str) -> str:
    """A text as it is meant: what XML cannot hold stands in it by its number."""
    return _ESCAPED.sub(_meant, text).strip() if "_x" in text else text.strip()


def _meant(found: re.Match[str]) -> str:
    one = chr(int(found[1], 16))
    return found[0] if "\ud800" <= one <= "\udfff" else one


def _through(archive: zipfile.ZipFile, name: str, start: Start, end: End | None = None) -> None:
    with archive.open(name) as part:
        for _ in walk(part, start, end):
            pass


def _workbook(archive: zipfile.ZipFile) -> str:
    """The part that names the sheets."""
    found: list[str] = []

    def look(_: str, told: dict[str, str]) -> None:
        if _TYPES.fullmatch(told.get("ContentType", "")):
            found.append(told.get("PartName", _USUAL).lstrip("/"))

    _through(archive, "[Content_Types].xml", look)
    if not found:
        raise KeyError("it has no workbook")
    return found[0]


def _sheets(
    archive: zipfile.ZipFile, part: str, related: Mapping[str, tuple[str, str]]
) -> tuple[tuple[tuple[str, str], ...], date]:
    """The sheets in their order, and the day before the first."""
    known: Final = tags("sheet", "workbookPr")
    found: list[tuple[str, str]] = []
    epochs = [_WINDOWS]

    def look(name: str, told: dict[str, str]) -> None:
        if known.get(name) == "sheet":
            sort, target = related[next(value for key, value in told.items() if key.endswith(" id"))]
            if sort == "worksheet":
                found.append((told["name"], target))
        elif name in known and told.get("date1904") in ("1", "true"):
            epochs.append(_MACINTOSH)

    _through(archive, part, look)
    return tuple(found), epochs[-1]


def _shared(archive: zipfile.ZipFile, part: str) -> list[str]:
    """The texts that cells share, without what says how they are spoken."""
    known: Final = tags("si", "t", "rPh")
    found: list[str] = []
    pieces: list[str] = []
    texts: list[str] = []
    spoken = False

    def start(name: str, _: object) -> None:
        nonlocal spoken
        pieces.clear()
        spoken = spoken or known.get(name) == "rPh"

    def end(name: str) -> None:
        nonlocal spoken
        tag = known.get(name)
        if tag == "t" and not spoken:
            texts.append("".join(pieces))
        elif tag == "rPh":
            spoken = False
        elif tag == "si":
            found.append(plain("".join(texts)))
            texts.clear()

    with archive.open(part) as opened:
        for _ in walk(opened, start, end, pieces):
            pass
    return found


def _days(archive: zipfile.ZipFile, part: str) -> frozenset[str]:
    """The places of the styles that show a number as a day or a time."""
    known: Final = tags("numFmt", "cellXfs", "xf")
    forms = dict.fromkeys(_BUILT_IN_DAYS, True)
    styles: list[str] = []
    within = False

    def start(name: str, told: dict[str, str]) -> None:
        nonlocal within
        tag = known.get(name)
        if tag == "numFmt":
            forms[told["numFmtId"]] = _shows_days(told["formatCode"])
        elif tag == "cellXfs":
            within = True
        elif tag == "xf" and within:
            styles.append(told.get("numFmtId", "0"))

    def end(name: str) -> None:
        nonlocal within
        within = within and known.get(name) != "cellXfs"

    _through(archive, part, start, end)
    return frozenset(str(place) for place, form in enumerate(styles) if forms.get(form))


def _shows_days(form: str) -> bool:
    first = form.split(";", maxsplit=1)[0]
    return not _DURATION.search(first) and bool(_DAY.search(_NO_PART_OF_A_DAY.sub("", first)))
