"""What a file tells otherwise of the risk register, record by record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.records.kinds import (
    measure_planned,
    measure_progressed,
    record_ended,
    risk_estimated,
    risk_identified,
    risk_treated,
)
from meterward.present.import_rows import Differing, Place
from meterward.present.kind_words import words
from meterward.present.system_changes import Field
from meterward.usecases.compare_register import Change, RegisterDifference

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SORTS = {
    "risk": "Risks",
    "estimate": "Estimates",
    "measure": "Measures",
    "progress": "Progress of measures",
    "treatment": "Treatments",
}
_SORT_OF = {
    risk_identified.KIND.name: "risk",
    record_ended.KIND.name: "risk",
    risk_estimated.KIND.name: "estimate",
    measure_planned.KIND.name: "measure",
    measure_progressed.KIND.name: "progress",
    risk_treated.KIND.name: "treatment",
}


class RegisterDiffers(NamedTuple):
    """See `Differs`."""

    found: RegisterDifference

    @property
    def sorts(self) -> Mapping[str, str]:
        """See `Differs.sorts`."""
        return _SORTS

    def places(self) -> Iterator[Place]:
        """See `Differs.places`."""
        for place, one in enumerate(self.found.changes):
            yield Place(_way(one), _SORT_OF[one.kind.name], str(place))

    def text(self, place: Place) -> str:
        """See `Differs.text`."""
        one = self.found.changes[int(place.key)]
        return f"{one.subject} {one.called}"

    def row(self, place: Place) -> Differing:
        """See `Differs.row`."""
        one = self.found.changes[int(place.key)]
        fields = (
            Field(words(name).capitalize(), one.before.get(name, ""), one.after.get(name, ""))
            for name in one.fields
            if (one.before.get(name) or one.after.get(name)) and (name != "label" or place.way != "added")
        )
        return Differing(place.way, one.subject, one.called, tuple(fields))


def _way(one: Change) -> str:
    if one.kind is record_ended.KIND:
        return "gone"
    return "changed" if any(one.before.values()) else "added"
