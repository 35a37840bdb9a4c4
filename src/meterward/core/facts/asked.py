"""What the domains ask of findings and judgements: about which subjects, and under which aspects.

Each domain says it beside the folds that ask, in the same values. A record of anything else is read by nobody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from meterward.core.facts.reader import Reader

Aspects: TypeAlias = "Callable[[Reader, str], tuple[str, ...] | None]"
"""The aspects under which something is asked of a subject (`""`: without one); None if no record tells them."""


def under(*aspects: str) -> Aspects:
    """The same aspects for every subject."""
    return lambda _read, _subject: aspects


class Asked(NamedTuple):
    """A state or a question, by name, as some subjects are asked for it."""

    name: str
    of: tuple[str, ...]
    """Single subjects (`system`) and namespaces (`element`)."""
    aspects: Aspects = under("")
