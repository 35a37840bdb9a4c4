"""The terminal: its width, its colours and shapes, and nothing on it that the author of a record smuggled in."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.text import Text

from meterward.present.marks import MARKS
from meterward.usecases.summarise_position import word

if TYPE_CHECKING:
    from meterward.core.obligations.status import Status

WIDTH_OF_A_PIPE = 100
"""As wide as a page in print: what is piped on is wrapped where it reads well, not where some terminal ends."""

_WIDEST_DIGITS = 4
"""A width of more digits is nobody's; every line would be padded to it."""


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


def _asked_width() -> int | None:
    asked = os.environ.get("COLUMNS", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) <= _WIDEST_DIGITS):
        return None
    return int(asked) or None
