"""Texts that a spreadsheet would compute, guarded by apostrophes in files with commas, and what they were before.

A program may take semicolons, tabs or bars for what stands between cells, so that a text may begin anew after each of
them; and programs for East Asia take the wide signs for the narrow ones. A text guarded within is guarded at its
beginning too, so that a text of somebody else is taken for guarded only if it is.
"""

from __future__ import annotations

import re

_BEGINS = "[=+@＝＋－＠-]"  # noqa: RUF001 - the wide signs are meant
_COMPUTED = re.compile(f"'*{_BEGINS}")
_COMPUTED_WITHIN = re.compile(rf"([;\t|]\s*)('*{_BEGINS})")
_GUARDED = re.compile(f"'+{_BEGINS}")
_GUARDED_WITHIN = re.compile(rf"([;\t|]\s*)'('*{_BEGINS})")


def guarded(text: str) -> str:
    """A text as it is written, so that no spreadsheet computes any of it."""
    if _COMPUTED_WITHIN.search(text):
        return "'" + _COMPUTED_WITHIN.sub(r"\1'\2", text)
    return f"'{text}" if _COMPUTED.match(text) else text


def unguarded(text: str) -> str:
    """What a text was before it was guarded."""
    if text.startswith("'"):
        if _GUARDED_WITHIN.search(text):
            return _GUARDED_WITHIN.sub(r"\1\2", text[1:])
        if _GUARDED.match(text):
            return text[1:]
    return text
