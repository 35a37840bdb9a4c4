"""What is owed, by which day, and who set the day."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Source(StrEnum):
    """What set a day. A missed product limit never breaches; the last day of a proof is nothing owed."""

    CLAUSE = "clause"
    INSTRUMENT = "instrument"
    PRODUCT = "product"
    PROOF = "proof"


class Owed(NamedTuple):
    """What is to be done, by which day, and who set that day."""

    what: str
    due: date | None
    source: Source
