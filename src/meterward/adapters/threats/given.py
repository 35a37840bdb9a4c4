"""The files that were given: single ones, those of a folder, those of a ZIP archive; each within bounds of size."""

from __future__ import annotations

import zipfile
import zlib
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 128 * 2**20
"""A file has at most so many bytes; ATT&CK for enterprises has 45 MiB."""
LARGEST_ARCHIVE = 512 * 2**20
MOST_FILES = 20_000
_ARCHIVE = b"PK\x03\x04"
_BROKEN = zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError, ValueError, zlib.error


class Given(NamedTuple):
    """A file with its name, its content and its SHA-256."""

    name: str
    raw: bytes
    digest: str
    path: str = ""
    """Where it lies, if it is a file of its own."""


def given(path: Path) -> Iterator[Given | Problem]:
    """Each JSON file of a folder or an archive, by name, or the one file that it is; and what cannot be had of them."""
    try:
        if path.is_dir():
            yield from _of_folder(path)
            return
        with path.open("rb") as file:
            begins = file.read(len(_ARCHIVE))
        yield from _of_archive(path) if begins == _ARCHIVE else [_of_file(path, path.name)]
    except OSError as error:
        why = error.strerror or str(error)
        yield Problem(Code.FILE_MISSING, f"“{path}” cannot be read: {why}.", "Name a file or folder that is there.")


def _of_folder(folder: Path) -> Iterator[Given | Problem]:
    there = sorted(one for one in folder.rglob("*.json") if one.is_file())
    if not there:
        hint = "Name the folder that has the advisories, as JSON files."
        yield Problem(Code.FILE_MISSING, f"“{folder}” has no JSON file.", hint)
    elif len(there) > MOST_FILES:
        yield _too_many(len(there), folder.name)
    else:
        for one in there:
            yield _of_file(one, one.relative_to(folder).as_posix())


def _of_file(path: Path, name: str) -> Given | Problem:
    with path.open("rb") as file:
        raw = file.read(LARGEST + 1)
    found = _too_large(name) if len(raw) > LARGEST else _checked(name, raw)
    return found if isinstance(found, Problem) else found._replace(path=str(path))


def _of_archive(path: Path) -> Iterator[Given | Problem]:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [one for one in archive.infolist() if one.filename.endswith(".json") and not one.is_dir()]
            if not parts:
                hint = "Give an archive that has the advisories, as JSON files."
                yield Problem(Code.THREATS_UNKNOWN, "The archive has no JSON file.", hint, path.name)
            elif len(parts) > MOST_FILES:
                yield _too_many(len(parts), path.name)
            elif sum(one.file_size for one in parts) > LARGEST_ARCHIVE:
                what = f"It unfolds to more than {LARGEST_ARCHIVE // 2**20} MiB. It was not opened."
                yield Problem(Code.THREATS_BOUNDS, what, "Split it, and give the parts one after the other.", path.name)
            else:
                for part in sorted(parts, key=lambda one: one.filename):
                    yield _of_part(archive, part)
    except _BROKEN as error:
        what = f"The archive cannot be read: {str(error) or type(error).__name__}."
        yield Problem(Code.THREATS_DAMAGED, what, "Download it again, or unpack it and name the folder.", path.name)


def _of_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Given | Problem:
    """A part of an archive. It cannot unfold further than it says: reading stops there."""
    if part.file_size > LARGEST:
        return _too_large(part.filename)
    with archive.open(part) as opened:
        return _checked(part.filename, opened.read())


def _checked(name: str, raw: bytes) -> Given | Problem:
    if not raw:
        return Problem(Code.FILE_EMPTY, "The file is empty.", "Download it again.", name)
    return Given(name, raw, sha256(raw).hexdigest())


def _too_large(name: str) -> Problem:
    what = f"It has more than {LARGEST // 2**20} MiB. It was not read."
    return Problem(Code.FILE_TOO_LARGE, what, "Give a catalogue or advisories; none has so much.", name)


def _too_many(count: int, name: str) -> Problem:
    what = f"It has {count:,} files, and at most {MOST_FILES:,} are read together."
    return Problem(Code.THREATS_BOUNDS, what, "Give the advisories of a few years at a time.", name)
