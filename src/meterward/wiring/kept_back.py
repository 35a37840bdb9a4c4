"""What is withheld of the records of a bundle that is opened. Its store has the texts where erased ones are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from meterward.core.records.withheld import Withheld
from meterward.usecases.withhold import as_withheld

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.adapters.opened import Opened
    from meterward.core.base.canonical import Json

_NOTHING = ((), ())


def kept_back(index: int) -> Withheld:
    """The texts and files of a record that are withheld from the bundle that is opened; none anywhere else."""
    opened: Opened | None = settings.OPENED
    texts, files = opened.withheld.get(str(index), _NOTHING) if opened else _NOTHING
    return Withheld(tuple(texts), (), tuple(files))


def as_handed_over(line: Mapping[str, Json], index: int) -> dict[str, Json]:
    """A line as it was handed over: what is withheld is said to be, and not to be erased."""
    return as_withheld(line, kept_back(index))
