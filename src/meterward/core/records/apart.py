"""Which duties are kept apart: nobody approves their own. A kind says of whose acts its author must not have been."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeAlias

Named: TypeAlias = Callable[[Any], Iterable[str]]
"""Reads names out of facts."""


def _no_names(_: object) -> tuple[str, ...]:
    return ()


def _always(_: object) -> bool:
    return True


class Apart(NamedTuple):
    """Kinds of record of which nobody may say the next one about the same subject who said one of them."""

    kinds: tuple[str, ...]
    does: str
    """What the one who must be somebody else would do, in words: `approves what they wrote`."""
    when: Callable[[Any], bool] = _always
    """Of which facts it is asked."""
    acting: Named = _no_names
    """Who does it, by pseudonym, where that is not, or not only, who says it: one of them must be somebody else."""
    subjects: Named = _no_names
    """The subjects that it is also about, beside its own and those that its facts name."""
    last: bool = False
    """Whether only the author of the last of those records must be another."""
