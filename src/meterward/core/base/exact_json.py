"""JSON decoded strictly: one value, no key twice, no fraction, nothing that follows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.base.canonical import Json

_SPACE = " \t\r\n"
_LONGEST_NUMBER = 20


class DuplicateKeyError(ValueError):
    """A key stands twice in one object."""


def decode(raw: bytes) -> Json:
    """The value that bytes are; raises `ValueError` or `RecursionError` if they are none, or read in two ways."""
    value: Json
    text = raw.decode().strip(_SPACE)
    value, end = _decode(text)
    if end != len(text):
        raise ValueError(f"something follows it, from character {end + 1}")
    return value


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise DuplicateKeyError(_first_twice(key for key, _ in pairs))
    return found


def _first_twice(keys: Iterable[str]) -> str:
    """The first key that was there before; one look at each, for a line may have a hundred thousand."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            return key
        seen.add(key)
    return ""


def _no_fraction(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is not a whole number")


def _whole_number(text: str) -> int:
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(f"a number in it has {len(text):,} digits")
    return int(text)


_decode = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_whole_number, parse_float=_no_fraction, parse_constant=_no_fraction
).raw_decode
