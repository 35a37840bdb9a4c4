"""A count of coverage that somebody made and has not told yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from meterward.adapters.measured import UNMATCHED, keep
from meterward.usecases.ports.tables import Counted, Coverage, Read
from meterward.wiring.measuring import BENCH

if TYPE_CHECKING:
    from meterward.adapters.trays import Trays
    from meterward.usecases.ports import PersonKept

COUNTED = Coverage(
    date(2014, 3, 3),
    (Counted("gas", 10, 8, 1, 1, 12, 2), Counted("electricity", 5, 5, 0, 0, 5, 0)),
    Read("a1" * 32, 20),
    Read("b2" * 32, 30),
    "duckdb",
    "1.4.0",
    1,
    0,
    Read("c3" * 32, 4),
)
NAME = "d4" * 16


def leave_count(ledger: str, person: PersonKept) -> Trays:
    """Leave a count where that of a person lies."""
    count = BENCH.trays.begin(BENCH.owner(ledger, person))
    (count / UNMATCHED).write_bytes(b"reason,fuel,premises,device\n")
    keep(count, NAME, COUNTED)
    return BENCH.trays
