"""JSON of unknown origin as plain values, within bounds of size."""

from __future__ import annotations

import json
from typing import TypeAlias

from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short

Tree: TypeAlias = "str | int | float | bool | list[Tree] | dict[str, Tree] | None"
MOST_VALUES = 3_000_000
"""So many values a file has: a system of 10,000 elements and 50,000 links has a million."""
MOST_DEPTH = 64


class _TwiceError(ValueError):
    """A key stands twice in one group."""


def _group(pairs: list[tuple[str, Tree]]) -> dict[str, Tree]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise _TwiceError(next(key for place, key in enumerate(keys) if key in keys[:place]))
    return found


def read_json(text: str, name: str) -> Tree | Problem:
    """The values of a JSON text."""
    # There are no more values than marks that begin or part them; counting those costs no memory.
    if sum(map(text.count, "[{,")) > MOST_VALUES:
        return too_many(name)
    try:
        found: Tree = json.loads(text, object_pairs_hook=_group)
    except _TwiceError as twice:
        return _damaged(f"The key {short(str(twice))} stands twice in one group", name)
    except RecursionError:
        return too_deep(name)
    except json.JSONDecodeError as error:
        return _damaged(f"{error.msg} at character {error.colno:,}", name, error.lineno)
    except ValueError as error:
        return _damaged(str(error), name)
    return found


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
