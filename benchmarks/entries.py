"""Signed durable entries of ready statements, at the contract of the ledger: one caller, and 64 at once.

The statements are read, hashed and signed before; what is measured is admitting, writing and committing them. Beside it
stands what the disk takes to make one page durable, in the same run.
"""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from benchmarks.installation import LEDGER, fresh_lines, load, made, milliseconds, row, syncs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.usecases.append_record import Order, Ready

ALONE, CALLERS, EACH = 1_000, 64, 100


def measure(size: int) -> None:
    """Print what entering ready statements costs beside a ledger of so many records."""
    with made(size) as home:
        load()
        durable = syncs(home)
        row("one page made durable, ms", **milliseconds(durable))
        enter_each(ready(50))
        statements = ready(ALONE)
        started = time.perf_counter()
        found = enter_each(statements)
        rate = ALONE / (time.perf_counter() - started)
        row("one caller, ms", per_second=rate, **milliseconds(found))
        row("one caller, of what one page durable allows", share=rate * statistics.median(durable))
        some = [ready(EACH) for _ in range(CALLERS)]
        started = time.perf_counter()
        with ThreadPoolExecutor(CALLERS) as pool:
            times = [one for part in pool.map(enter_each, some) for one in part]
        row(f"{CALLERS} callers, ms", per_second=len(times) / (time.perf_counter() - started), **milliseconds(times))
        load()


def ready(count: int) -> list[tuple[Order, list[Ready]]]:
    """Orders of a statement each, which is read, hashed and signed."""
    from meterward.core.ledger.envelope import sign  # noqa: PLC0415 - the installation is made first
    from meterward.core.records.signatures import written  # noqa: PLC0415 - see above
    from meterward.usecases.append_record import Order, Ready, make_ready  # noqa: PLC0415 - see above
    from meterward.wiring.entering import introduce_first_key  # noqa: PLC0415 - see above
    from meterward.wiring.installed import installation  # noqa: PLC0415 - see above

    assert introduce_first_key(LEDGER) is None
    signer, found = installation().keys.first(LEDGER), []
    for line in fresh_lines(count):
        order = Order([line])
        (one,) = make_ready(order)
        assert isinstance(one, Ready), one
        signature = written(dict((sign(one.sealed.statement.payload(), signer),)))
        found.append((order, [Ready(one.sealed, {**line, "signatures": signature})]))
    return found


def enter_each(orders: Sequence[tuple[Order, list[Ready]]]) -> list[float]:
    """The seconds that each takes."""
    from meterward.usecases.append_record import Appended, enter  # noqa: PLC0415 - the installation is made first
    from meterward.wiring.installed import installation  # noqa: PLC0415 - see above

    found, ledgers = [], installation().ledgers
    for order, some in orders:
        started = time.perf_counter()
        done = enter(ledgers, LEDGER, order, some, (lambda _: (), None))
        found.append(time.perf_counter() - started)
        assert isinstance(done, Appended), done
    return found
