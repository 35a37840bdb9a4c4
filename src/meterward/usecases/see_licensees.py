"""What a regulator sees of a licensee, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from meterward.core.assurance.outstanding import Outstanding

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.records.record import Record


class Basis(StrEnum):
    """What it rests on that a regulator knows where a licensee stands."""

    RIGHTS = "rights"
    """The licensee's ledger is here, and lets the regulator's people see where it stands."""
    BUNDLE = "bundle"
    """The licensee handed over a bundle, which was verified and computed anew."""
    NOTHING = "nothing"


@dataclass(slots=True)
class Glance:
    """What a regulator's table says of one licensee, and what that rests on."""

    licensee: str
    rests_on: Basis
    found: Mapping[str, Any] | None = None
    """What was computed, if anything was."""
    fresh: bool = True
    """Whether it is up to date."""
    own: Outstanding = field(default_factory=Outstanding)

    @property
    def bundle(self) -> Record[Any] | None:
        """The bundle that was taken in last."""
        return self.own.bundles[-1] if self.own.bundles else None
