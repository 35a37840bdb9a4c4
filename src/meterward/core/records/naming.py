"""Names of what is entered in ledgers of others: each begins with whose it is, so that it is free wherever it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.kind import Unmet
from meterward.core.records.roles import REGULATOR_OF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen

_CODE = 9
"""Whatever has so many digits is a code and no number."""


def prefix_of(organisation: str) -> str:
    """What the names begin with that an organisation gives for the ledgers of others, such as `authority-`."""
    return f"{organisation}-"


def next_name(start: str, taken: Iterable[str]) -> str:
    """A name that begins so and has the next number; nothing more than the beginning, where names have no numbers."""
    named = [name.removeprefix(start) for name in taken if name.startswith(start)]
    numbers = [int(name) for name in named if name.isdecimal() and len(name) < _CODE]
    return f"{start}{max(numbers, default=0) + 1}" if numbers or not named else start


def names_are_their_issuers(seen: Seen[Any]) -> Iterable[Unmet]:
    """Nobody but a regulator gives a name that begins as its own do, which would keep its own from being entered."""
    _, _, name = seen.subject.partition("/")
    for organisation in REGULATOR_OF.values():
        if name.startswith(prefix_of(organisation)) and seen.actor.organisation != organisation:
            yield Unmet(
                "statement.subject",
                f"Names that begin with “{prefix_of(organisation)}” are given by {organisation} itself.",
                f"Give it a name of its own, such as {seen.subject.partition('/')[0]}/1.",
            )
