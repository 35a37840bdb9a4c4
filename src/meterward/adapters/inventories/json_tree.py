"""JSON of unknown origin as plain values, within bounds of size."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TypeAlias

from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short

Tree: TypeAlias = "str | int | float | bool | list[Tree] | dict[str, Tree] | None"
MOST_VALUES = 3_000_000
"""So many values a file has: a system of 10,000 elements and 50,000 links has a million."""
MOST_DEPTH = 64
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
"""Half a character, which is one only beside its other half."""


def _group(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
    found = dict(pairs)
    if len(found) != len(pairs):
        often = Counter(key for key, _ in pairs)
        twice = next(key for key, count in often.items() if count > 1)
        raise ValueError(f"the key {short(twice)} stands twice in one group")
    return found


def _no_number(text: str) -> Tree:
    raise ValueError(f"{text} is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_group, parse_int=str, parse_float=str, parse_constant=_no_number)


def loads(text: str) -> Tree:
    """The values of a JSON text; `ValueError` or `RecursionError` if it is not sound.

    A number is the text that it is: 1.10 is not 1.1 here, and one of a thousand digits costs nothing.
    """
    found: Tree = _DECODER.decode(text)
    if _HALF.search(text) and _is_half(found):
        raise ValueError("half a character stands in it (\\ud800 to \\udfff)")
    return found


def _is_half(found: Tree) -> bool:
    try:
        json.dumps(found, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


def read_json(text: str, name: str) -> Tree | Problem:
    """The values of a JSON text."""
    # There are no more values than marks that begin or part them; counting those costs no memory.
    if sum(map(text.count, "[{,")) > MOST_VALUES:
        return too_many(name)
    try:
        found = loads(text)
    except RecursionError:
        return too_deep(name)
    except json.JSONDecodeError as error:
        return _damaged(f"{error.msg} at character {error.colno:,}", name, error.lineno)
    except ValueError as error:
        return _damaged(str(error), name)
    return too_deep(name) if _is_deep(found) else found


def _is_deep(found: Tree) -> bool:
    level = [found]
    for _ in range(MOST_DEPTH):
        inner = [one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)]
        level = [one for group in inner for one in group if isinstance(one, dict | list)]
    return bool(level)


def too_many(name: str) -> Problem:
    """What is said of a file with too many values."""
    what = f"It has more than {MOST_VALUES:,} values."
    return Problem(Code.INVENTORY_BOUNDS, what, "Split the model, or leave out what is no part of the system.", name)


def too_deep(name: str, line: int = 0) -> Problem:
    """What is said of a file whose groups lie too deep within each other."""
    hint = f"A model has at most {MOST_DEPTH} levels: this is another kind of file."
    return Problem(Code.INVENTORY_BOUNDS, "Its groups lie too deep within each other.", hint, name, line)


def _damaged(why: str, name: str, line: int = 0) -> Problem:
    return Problem(Code.INVENTORY_DAMAGED, f"It is not sound JSON: {why}.", "Export it again.", name, line)
