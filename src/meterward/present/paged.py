"""Long lists page by page, and what an address says of which rows somebody wants to see."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from meterward.core.base.problem import Code, Problem
from meterward.core.records.unfit import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

R = TypeVar("R")
_LONGEST = 120


class Paged(NamedTuple, Generic[R]):
    """A page of what was found."""

    rows: Sequence[R]
    found: int
    page: int
    pages: int


def paged(found: Sequence[R], page: int, size: int) -> Paged[R]:
    """A page of so many rows; the first or the last one, if there is no such page."""
    pages = max(1, -(-len(found) // size))
    here = min(max(1, page), pages)
    return Paged(found[(here - 1) * size : here * size], len(found), here, pages)


def params_of(wish: Any, usual: Any, other: Mapping[str, str]) -> dict[str, str]:  # noqa: ANN401 - a wish of any sort
    """What an address needs to keep a wish, or another one; what is usual is left out."""
    said = {name: str(value) for name, value in wish._asdict().items() if value != getattr(usual, name)}
    return {name: value for name, value in {**said, **other}.items() if value}


def said_in(
    query: Mapping[str, str], names: Iterable[str], choices: Mapping[str, Iterable[str]]
) -> dict[str, str] | Problem:
    """What an address says under some names; none may say what is not among its choices."""
    said = {name: query.get(name, "").strip()[:_LONGEST] for name in names}
    for name, offered in choices.items():
        if said[name] and said[name] not in offered:
            hint = f"Choose one of: {', '.join(offered)}."
            return Problem(Code.FIELD_VALUE, f"{short(said[name])} is none of the choices.", hint, name)
    return said
