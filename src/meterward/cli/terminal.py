"""The terminal: its width, its colours and shapes, and nothing on it that the author of a record smuggled in."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from meterward.cli.marks import MARKS
from meterward.usecases.summarise_position import word

if TYPE_CHECKING:
    from meterward.core.obligations.status import Status

WIDTH_OF_A_PIPE = 100
"""As wide as a page in print: what is piped on is wrapped where it reads well, not where some terminal ends."""

_WIDEST_DIGITS = 4
"""A width of more digits is nobody's; every line would be padded to it."""

# Control characters, and those that turn the direction of writing, would move the cursor, colour what follows, or make
# a line read other than it is. Half a surrogate pair is no character at all, and no encoding can write it.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """A text with nothing in it that a terminal would obey: such characters are shown as their code."""
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def console(file: TextIO | None = None) -> Console:
    """The console for answers: standard output, or a file that is written."""
    stream = file or sys.stdout
    width = None if stream.isatty() else _asked_width() or WIDTH_OF_A_PIPE
    return Console(file=stream, width=width, highlight=False, markup=False, emoji=False)


def error_console() -> Console:
    """The console for problems and progress: standard error."""
    width = None if sys.stderr.isatty() else _asked_width() or WIDTH_OF_A_PIPE
    return Console(stderr=True, width=width, highlight=False, markup=False, emoji=False)


def status_text(status: Status) -> Text:
    """A status as shape, word and colour."""
    mark = MARKS[status]
    return Text(f"{mark.shape} {word(status)}", style=mark.style)


def entries(count: int) -> str:
    """`1 entry`, `3 entries`."""
    return f"{count:,} {'entry' if count == 1 else 'entries'}"


def _asked_width() -> int | None:
    asked = os.environ.get("COLUMNS", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= _WIDEST_DIGITS):
        return None
    return int(asked) or None
