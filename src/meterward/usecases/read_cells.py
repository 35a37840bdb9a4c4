"""Read cells: the value that a text of an inventory is, for the field that its column gives."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from meterward.core.base.nearest import listed, nearest
from meterward.core.base.problem import Code
from meterward.core.records.unfit import UnfitError, short
from meterward.usecases.column_words import VALUES_BY_WORD, plain
from meterward.usecases.map_columns import ANY_WORD
from meterward.usecases.name_things import slug, subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meterward.core.records.fields import Field

_LIST = re.compile(r"[;|,\n]")
_BREAK = re.compile(r"\s*[\r\n\t]\s*")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?Z?", re.ASCII)
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,19}", re.ASCII)
NAMES = ("name",)


class CellError(Exception):
    """A text that is no value of its field: what was found, what would be right, and which code says so.

    What would be right may cost much to find, and is asked for only where it is told.
    """

    def __init__(self, message: str, hint: str | Callable[[], str], code: Code = Code.INVENTORY_VALUE) -> None:
        super().__init__(message)
        self.message, self.code, self._hint = message, code, hint

    @property
    def hint(self) -> str:
        """What would be right."""
        return self._hint if isinstance(self._hint, str) else self._hint()


def read_cell(field: Field, text: str, words: Mapping[str, str]) -> Any:  # noqa: ANN401 - what the field holds
    """The value of a text that is not empty; `words` says what words of the file mean. None if they mean nothing."""
    if field.many:
        parts = [part for piece in _LIST.split(text) if (part := piece.strip())]
        one = _word if field.choices else _each
        found = [one(field, part, words) for part in parts]
        return tuple(dict.fromkeys(one for one in found if one is not None))
    text = _meant(text, words)
    if not text:
        return None
    if field.choices:
        return _word(field, text, {})
    if field.ref:
        return _subject(field, text)
    readers = {"label": _label, "name": _name, "count": _count, "true or false": _flag, "day": _day}
    return readers.get(field.shape, _fit)(field, text)


def _each(field: Field, part: str, words: Mapping[str, str]) -> str | None:
    """A name in a list of names, or of subjects."""
    part = _meant(part, words)
    return (_subject(field, part) if field.ref else _name(field, part)) if part else None


def _meant(text: str, words: Mapping[str, str]) -> str:
    if not words:
        return text
    known = {plain(word): meant for word, meant in words.items() if word != ANY_WORD}
    return known.get(plain(text), words.get(ANY_WORD, text))


def _word(field: Field, text: str, words: Mapping[str, str]) -> str | None:
    text = _meant(text, words)
    if not text:
        return None
    asked = plain(text)
    found = _by_name(field.choices).get(asked) or VALUES_BY_WORD.get(field.name, {}).get(asked)
    if found is None:
        raise CellError(f"{short(text)} is none of its values.", partial(_instead, field.choices, asked))
    return found


@cache
def _by_name(choices: tuple[str, ...]) -> Mapping[str, str]:
    return {plain(choice): choice for choice in choices}


def _instead(choices: tuple[str, ...], asked: str) -> str:
    near = nearest(asked.replace(" ", "_"), choices)
    return f"{near}Write one of: {listed(choices)}; or say in the mapping, under “words”, what it means."


def _subject(field: Field, text: str) -> str:
    space = field.ref.namespaces[0] if field.ref else ""
    return subject(space, text) or _nameless(text)


def _name(_: Field, text: str) -> str:
    return slug(text) or _nameless(text)


def _nameless(text: str) -> str:
    hint = "Names have Latin letters and digits: give it one in a column of its own, or in the mapping under “words”."
    raise CellError(f"Nothing of {short(text)} can stand in a name.", hint, Code.INVENTORY_NAME)


def _count(field: Field, text: str) -> object:
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if not _WHOLE.fullmatch(text):
        raise CellError(f"{short(text)} is not a whole number.", "Write digits only, such as 1200 or 1,200.")
    return _parsed(field, int(text))


def _flag(field: Field, text: str) -> object:
    found = VALUES_BY_WORD["both_ways"].get(plain(text))
    if found is None:
        raise CellError(f"{short(text)} is neither yes nor no.", "Write yes or no.")
    return _parsed(field, found == "true")


def _day(field: Field, text: str) -> object:
    midnight = _MIDNIGHT.fullmatch(text)
    return _parsed(field, midnight[1] if midnight else text)


def _label(field: Field, text: str) -> object:
    return _parsed(field, _BREAK.sub(" ", text))


def _fit(field: Field, text: str) -> object:
    return _parsed(field, text)


def _parsed(field: Field, value: str | int) -> object:
    try:
        return field.parse(value)
    except UnfitError as unfit:
        raise CellError(
            f"It {unfit.found}.", unfit.hint.replace(" in quotes", "").replace(", without quotes", "")
        ) from None
