"""A name in a record that nobody knows, as it is found; what to say of it is worked out only if it is said."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, TypeAlias

from meterward.core.base.nearest import listed, nearest
from meterward.core.base.problem import Code, Problem
from meterward.core.records.record import Record


class Slip(NamedTuple):
    """A name that nobody knows: where it stands, why it will not do, and the names that would."""

    field: str
    name: str
    why: str
    known: Collection[str] = ()
    hint: str = ""
    """What would be right, if it is not one of the known names."""

    def problem(self, *, guess: bool) -> Problem:
        """The slip in words. To guess which name was meant costs a comparison with each."""
        found = f"It is “{self.name}”" if self.name else "It is missing"
        names = f"The names are: {listed(self.known)}."
        hint = self.hint or f"{nearest(self.name, self.known) if guess and self.name else ''}{names}"
        return Problem(Code.NAME_UNKNOWN, f"{found}, but {self.why}.", hint, self.field)


Found: TypeAlias = Iterator[tuple[Record[Any], Slip]]
"""Records, each with a slip in it."""
