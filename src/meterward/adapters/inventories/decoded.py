"""The text of a file of unknown encoding. What is certain is taken; what is a guess is told."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from meterward.core.base.problem import Code, Problem

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SAMPLE = 4096
_GUESS = "utf-16-le", "utf-16-be"
_HINT = "Save the file as UTF-8 (in a spreadsheet: “CSV UTF-8”), and try again."


class Decoded(NamedTuple):
    """A text, and what is to be known of how it was read."""

    text: str
    notes: tuple[str, ...] = ()


def decode(raw: bytes, name: str) -> Decoded | Problem:
    """The text: as a byte order mark says, else as UTF-8, else as Windows-1252, which is a guess and told as one."""
    found = _decoded(raw, name)
    if not isinstance(found, Problem) and "\0" in found.text:
        return Problem(Code.INVENTORY_DAMAGED, "The file has zero bytes, so it is no text.", _HINT, name)
    return found


def _decoded(raw: bytes, name: str) -> Decoded | Problem:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding, name)
    if encoding := _without_mark(raw):
        found = _strictly(raw, encoding, name)
        return found if isinstance(found, Problem) else found._replace(notes=(_guessed(name, "UTF-16"),))
    try:
        return Decoded(raw.decode())
    except UnicodeDecodeError:
        found = _strictly(raw, "cp1252", name)
        return found if isinstance(found, Problem) else found._replace(notes=(_guessed(name, "Windows-1252"),))


def _without_mark(raw: bytes) -> str:
    """UTF-16 by its zeros: every other byte of Latin text is one."""
    sample = raw[:_SAMPLE]
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        zeros = sample[start::2]
        if len(sample) > 1 and zeros.count(0) > 0.9 * len(zeros) and not sample[1 - start :: 2].count(0):
            return encoding
    return ""


def _strictly(raw: bytes, encoding: str, name: str) -> Decoded | Problem:
    try:
        return Decoded(raw.decode(encoding))
    except UnicodeDecodeError as error:
        what = f"Byte {error.start + 1:,} of the file is neither UTF-8 nor Windows-1252."
        if encoding != "cp1252":
            what = f"Its mark says {encoding.upper()}, and byte {error.start + 1:,} after it is not."
        return Problem(Code.INVENTORY_DAMAGED, what, _HINT, name)


def _guessed(name: str, encoding: str) -> str:
    return f"{name}: it does not say its encoding; read as {encoding}, which is a guess. Check the accents."
