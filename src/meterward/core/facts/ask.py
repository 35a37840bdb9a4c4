"""What a question is asked with: the pack's parameters and data, and what a reading of a clause adds to it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date

    from meterward.core.base.working_days import WorkingDays
    from meterward.core.facts.reference import Reference


@dataclass(frozen=True)
class Ask:
    """The setting in which facts are read. `reading` holds the settings of one reading of a clause."""

    licensee: str
    parameters: Mapping[str, str]
    commencement: date
    reference: Reference
    working_days: WorkingDays
    reading: Mapping[str, str] = field(default_factory=dict)

    def narrowed(self, names: tuple[str, ...]) -> Ask:
        """The same with only some of the reading's settings: what does not need the others is made once."""
        return replace(self, reading={name: self.reading[name] for name in names if name in self.reading})

    @property
    def key(self) -> Hashable:
        """What a computed value depends on besides the records. Pack data never changes within an evaluation."""
        return (self.licensee, self.commencement, *sorted(self.parameters.items()), *sorted(self.reading.items()))
