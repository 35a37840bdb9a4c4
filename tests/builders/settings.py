"""The settings in which facts are read: one for each duty and reading, under the parameters that are usual."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.facts.ask import Ask
from tests.builders.evaluations import the_pack
from tests.builders.ledgers import COMMENCEMENTS
from tests.builders.lines import LICENSEE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from meterward.core.obligations.law import Duty


def ask_of(reading: Mapping[str, str], commencement: date = COMMENCEMENTS[0]) -> Ask:
    """A setting with defaults, and what a reading adds."""
    pack = the_pack()
    return Ask(LICENSEE, pack.defaults(), commencement, pack.reference, pack.working_days, reading)


def asks() -> Iterator[tuple[Duty, Ask]]:
    """Every duty with the setting of each of its readings."""
    for duty in the_pack().duties:
        for reading in duty.readings:
            yield duty, ask_of(reading.settings)
