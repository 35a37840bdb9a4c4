"""What does not fit a field, on its way from the depth of a value to the problem that names its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

MISSING, UNKNOWN = "is missing", "is not a field of this kind"
PLACEHOLDER = "is still the placeholder of the template"


class UnfitError(Exception):
    """A value that does not fit its field: `found` why not, `path` where, `hint` what would."""

    def __init__(self, found: str, hint: str, path: str = "", *, kind: bool = False) -> None:
        super().__init__(found)
        self.found, self.hint, self.path, self.wrong_type = found, hint, path, kind

    def inside(self, step: str) -> UnfitError:
        """The same, seen from one level further out."""
        joined = f"{step}{self.path}" if self.path.startswith("[") or not self.path else f"{step}.{self.path}"
        return UnfitError(self.found, self.hint, joined, kind=self.wrong_type)

    def problem(self, root: str) -> Problem:
        """The same as a problem of what stands at `root`."""
        code = Code.FIELD_TYPE if self.wrong_type else Code.FIELD_VALUE
        if self.found == MISSING:
            code = Code.FIELD_MISSING
        if self.found == UNKNOWN:
            code = Code.FIELD_UNKNOWN
        return Problem(code, f"It {self.found}.", self.hint, f"{root}.{self.path}" if self.path else root)


OPTIONAL = "Optional."
"""Ends the placeholder of what may be left out."""


def placeholder(says: str) -> str:
    """What a template has in place of what is still to be written."""
    return f"({says})"


def misfit(value: Json, hint: str, *, kind: bool = False, why: str = "") -> UnfitError:
    """What to say of a value that does not fit. Nothing but a placeholder is in parentheses."""
    if isinstance(value, str) and value.startswith("(") and value.endswith(")"):
        return UnfitError(
            PLACEHOLDER, f"{hint} Or leave it out." if value.endswith(placeholder(OPTIONAL)[1:]) else hint
        )
    return UnfitError(f"is {called(value)}{why}", hint, kind=kind)


def short(value: str) -> str:
    """A text as a message quotes it: its beginning, with a mark for each character that cannot be shown."""
    most = 40
    shown = "".join(character if character.isprintable() else "\ufffd" for character in value[:most])
    return f"“{shown}{'…' if len(value) > most else ''}”"


def called(value: Json) -> str:
    """What a value is, in a message."""
    if isinstance(value, str):
        return short(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"the number {value}"
    return {type(None): "null", list: "a list", dict: "a group of fields"}.get(type(value), "a fraction")
