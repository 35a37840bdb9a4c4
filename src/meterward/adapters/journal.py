"""The lines of a ledger file, or of a pipe, as bytes: in bounded memory, whatever the file is."""

from __future__ import annotations

import json
import os
import stat
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import TracebackType

STDIN = "-"
LARGEST_FILE = 2 * 2**30
LONGEST_LINE = 2**20
MOST_SKIPPED = 64 * 2**20
"""A line is passed over for so many bytes; after that nothing says that it ever ends, and reading stops."""
_BOM = b"\xef\xbb\xbf"
_TOO_LARGE_HINT = "Split it by licensee: a ledger of one is a few hundred megabytes at most."


@dataclass(slots=True)
class Journal:
    """An open file of lines. Iterating gives each line without its end, or a problem where there is none to give."""

    stream: IO[bytes]
    size: int | None
    """The size of the file in bytes; None for a pipe, whose end nobody knows."""
    read: int = 0
    """How many bytes were read so far."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with the file as such, and keeps no line from being read."""

    @property
    def share(self) -> float | None:
        """Which share of the file was read so far; None if nobody knows how long it is."""
        return self.read / self.size if self.size else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if sys.stdin is None or self.stream is not sys.stdin.buffer:
            self.stream.close()

    def __iter__(self) -> Iterator[bytes | Problem]:
        try:
            yield from self._lines()
        except OSError as error:
            hint = "The disk, or the way to it, failed while it was read. Copy it again from where it came."
            yield Problem(Code.FILE_UNREADABLE, f"It cannot be read any further: {error.strerror or error}.", hint)

    def _lines(self) -> Iterator[bytes | Problem]:
        readline = self.stream.readline
        while raw := readline(LONGEST_LINE + 1):
            if not self.read and raw.startswith(_BOM):
                self.problems.append(_BYTE_ORDER_MARK)
                raw = raw[len(_BOM) :]
            self.read += len(raw)
            if self.read > LARGEST_FILE:
                yield _too_large("More than", self.read)
                return
            ended = raw.endswith(b"\n")
            if ended or len(raw) <= LONGEST_LINE:
                yield _line(raw) if ended else _last(raw)
                continue
            ends = self._skip()
            yield _TOO_LONG if ends else _ENDLESS
            if not ends:
                return

    def _skip(self) -> bool:
        """Pass over the rest of a line that is too long, a piece at a time; whether it came to an end in time."""
        until = self.read + MOST_SKIPPED
        while (raw := self.stream.readline(LONGEST_LINE)) and self.read <= LARGEST_FILE:
            self.read += len(raw)
            if raw.endswith(b"\n"):
                break
            if self.read >= until:
                return False
        return True


def open_journal(name: str) -> Journal | Problem:
    """Open a file by its path, or what is piped in for `-`."""
    if name == STDIN:
        return _sized(sys.stdin.buffer) if sys.stdin else _NOTHING_PIPED
    if not name:
        return _NOT_NAMED
    try:
        stream = Path(name).open("rb")  # noqa: SIM115 - the journal closes it
    except FileNotFoundError:
        hint = "Check the path; “meterward example DIR” writes a ledger to start from."
        return Problem(Code.FILE_MISSING, f"There is no file “{name}”.", hint)
    except IsADirectoryError:
        return Problem(Code.FILE_UNREADABLE, f"“{name}” is a directory.", "Name a file in it.")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "Check who may read it, and the path."
        return Problem(Code.FILE_UNREADABLE, f"“{name}” cannot be read: {reason}.", hint)
    return _sized(stream)


def _sized(stream: IO[bytes]) -> Journal | Problem:
    try:
        about = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return Journal(stream, None)
    size = about.st_size if stat.S_ISREG(about.st_mode) else None
    if size is not None and size > LARGEST_FILE:
        stream.close()
        return _too_large("It has", size)
    return Journal(stream, size)


def _line(raw: bytes) -> bytes | Problem:
    if b"\0" in raw:
        return Problem(
            Code.LINE_NOT_JSON,
            f"Byte {raw.index(0) + 1} of the line is NUL.",
            "Text has no NUL byte: this is another kind of file, UTF-16, or a damaged one.",
        )
    if not raw.strip():
        return Problem(Code.LINE_NOT_JSON, "The line is empty.", "Take it out: every line is one record.")
    return raw


def _last(raw: bytes) -> bytes | Problem:
    """The last line, without a line end: cut off, unless it is whole."""
    found = _line(raw)
    if isinstance(found, Problem):
        return found
    try:
        json.loads(raw)
    except (ValueError, RecursionError):
        hint = "Copy the file again from where it came; everything above this line was read."
        return Problem(Code.LINE_TRUNCATED, "The file ends in the middle of this line.", hint)
    return raw


def _too_large(found: str, size: int) -> Problem:
    return Problem(
        Code.FILE_TOO_LARGE,
        f"{found} {size / 2**30:.1f} GiB; a ledger file has at most {LARGEST_FILE // 2**30}.",
        _TOO_LARGE_HINT,
    )


_TOO_LONG = Problem(
    Code.LINE_TOO_LONG,
    f"The line is longer than {LONGEST_LINE:,} bytes.",
    "Attach what is long as a file, by name and SHA-256; a record holds facts and short texts.",
)
_ENDLESS = Problem(
    Code.LINE_TOO_LONG,
    f"The line has no end within {MOST_SKIPPED // 2**20} MiB; nothing after that was read.",
    "A ledger has a record a line: check that this is one, and that its lines end.",
)
_BYTE_ORDER_MARK = Problem(
    Code.LINE_NOT_UTF8,
    "The file begins with a byte order mark.",
    "Save it as UTF-8 without one (“UTF-8, no BOM”).",
    line=1,
)

_NOTHING_PIPED = Problem(Code.FILE_UNREADABLE, "Nothing is piped in: standard input is closed.", "Name a file instead.")
_NOT_NAMED = Problem(
    Code.FILE_MISSING, "No file is named: the name is empty.", "Name a ledger file, or - for what is piped in."
)
