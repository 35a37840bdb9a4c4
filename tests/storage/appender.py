"""A process that appends incidents to a ledger of a store, one by one: `appender.py LEDGER FIRST COUNT`."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

from meterward.adapters import clock
from meterward.storage.preparing import connect


def main(ledger: str, first: int, count: int) -> None:
    """Append so many incidents, numbered from the first; wait for a sign before."""
    connect(Path(os.environ["METERWARD_HOME"]))
    from meterward.storage.repositories.ledgers import DatabaseLedgers  # noqa: PLC0415 - Django is set up only now
    from tests.builders.kept import append, incident  # noqa: PLC0415 - the same

    sys.stdin.readline()
    ledgers = DatabaseLedgers(clock.now)
    for number in range(first, first + count):
        print(append(ledgers, ledger, incident(number, date(2013, 4, 8)), key=f"key-{number}"), flush=True)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
