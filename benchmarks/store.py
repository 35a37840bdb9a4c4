"""Appending to a store that holds a large ledger: one by one, from several callers, and in batches.

Everything goes through the whole use case: sealing, admission, the checks beside the law, and a durable commit. What
the disk takes to make one page durable is measured in the same run; a commit of SQLite in a rollback journal makes it
do so five times.
"""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from benchmarks.installation import BATCH, LEDGER, fresh_lines, load, made, milliseconds, row, syncs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.base.canonical import Json

SINGLE, CALLERS, BATCHES = 1_000, 8, 10


def measure(size: int) -> None:
    """Print what appending costs beside a ledger of so many records."""
    with made(size) as home:
        load()
        row("one page made durable, ms", **milliseconds(syncs(home)))
        _append(fresh_lines(50))
        started = time.perf_counter()
        found = _append(fresh_lines(SINGLE))
        row("append, one caller, ms", per_second=SINGLE / (time.perf_counter() - started), **milliseconds(found))
        _callers()
        lines = fresh_lines(BATCH * BATCHES)
        started = time.perf_counter()
        for first in range(0, len(lines), BATCH):
            _carry_out(lines[first : first + BATCH])
        row(f"import in batches of {BATCH:,}", per_second=len(lines) / (time.perf_counter() - started))
        row("one page made durable, ms", **milliseconds(syncs(home)))
        load()


def _callers() -> None:
    lines = [fresh_lines(SINGLE // CALLERS) for _ in range(CALLERS)]
    started = time.perf_counter()
    with ThreadPoolExecutor(CALLERS) as pool:
        found = [one for some in pool.map(_append, lines) for one in some]
    rate = len(found) / (time.perf_counter() - started)
    row(f"append, {CALLERS} callers at once, ms", per_second=rate, **milliseconds(found))


def _append(lines: Sequence[dict[str, Json]]) -> list[float]:
    """The seconds that each line takes."""
    found = []
    for line in lines:
        started = time.perf_counter()
        _carry_out([line])
        found.append(time.perf_counter() - started)
    return found


def _carry_out(lines: Sequence[dict[str, Json]]) -> None:
    from meterward.usecases.append_record import Appended  # noqa: PLC0415 - the installation is made first
    from meterward.wiring.appending import append  # noqa: PLC0415 - see above

    done = append(LEDGER, lines)
    assert isinstance(done, Appended), done
