"""For terminals that know less than UTF-8: what stands for a character that they cannot show."""

from __future__ import annotations

import codecs
import io

_PLAIN = {
    "“": '"',
    "”": '"',
    "·": "-",
    "…": "...",
    "–": "~",  # noqa: RUF001 - the dash is the shape of what has ceased
    "─": "-",
    "━": "-",
    "├": "|",
    "│": "|",
    "└": "`",
    "●": "*",
    "◐": "+",
    "○": "o",
    "⇄": "=",
    "✕": "x",
    "✓": "*",
    "⌀": "/",
    "⚑": "!",
}
"""The shapes of the statuses stay different from each other."""


def speak_plainly(stream: object) -> None:
    """Let a stream write plain characters for those that it cannot encode; one that knows UTF-8 never needs them."""
    codecs.register_error("meterward.plain", _plain)
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="meterward.plain")


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_PLAIN.get(one, "?") for one in error.object[error.start : error.end]), error.end
