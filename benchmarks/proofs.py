"""Proofs of the entries of a store: inclusion and consistency, from tiles that are not kept yet and from ones that are.

The store has entries alone, written into its table directly, since a proof reads nothing else. What is measured goes
through the same ports as a proof that somebody downloads.
"""

from __future__ import annotations

import hashlib
import time
from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from benchmarks.installation import LEDGER, installed, load, row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from meterward.core.ledger.proofs import Node


COLD, WARM, SEED = 390, 20_000, 20121130
NEAR = 10_000
"""So many entries are asked for again and again."""
_RECORDED = "2013-03-04T09:00:00Z"


def measure(size: int) -> None:
    """Print what proofs cost in a ledger of so many entries."""
    with installed():
        load()
        _fill(size)
        from meterward.core.ledger.proofs import consistency, inclusion  # noqa: PLC0415 - the installation comes first
        from meterward.core.ledger.tiles import WIDTH  # noqa: PLC0415 - see above
        from meterward.usecases.prove_record import Proving  # noqa: PLC0415 - see above
        from meterward.wiring.installed import installation  # noqa: PLC0415 - see above

        draw, started = Random(SEED), time.perf_counter()
        node = Proving(installation().ledgers).nodes(LEDGER, size)
        row("entries hashed, each once", per_second=size / (time.perf_counter() - started))
        tiles = draw.sample(range(size // WIDTH), COLD)
        cold = [tile * WIDTH + draw.randrange(WIDTH) for tile in tiles]
        _rate("inclusion, each from a tile of its own", cold, lambda index: inclusion(index, size, node))
        near = draw.randrange(size - NEAR)
        warm = [near + draw.randrange(NEAR) for _ in range(WARM)]
        _seconds(warm, lambda index: inclusion(index, size, node))
        _rate("inclusion, from tiles that are kept", warm, lambda index: inclusion(index, size, node))
        _rate("consistency, from tiles that are kept", warm, lambda old: consistency(old + 1, size, node))
        _check(size, warm, node)
        load()


def _check(size: int, indexes: Iterable[int], node: Node) -> None:
    from meterward.core.ledger.proofs import inclusion, root, verify_inclusion  # noqa: PLC0415 - see above

    whole = root(size, node)
    proofs = [(node(0, index), index, size, inclusion(index, size, node), whole) for index in indexes]
    started = time.perf_counter()
    assert all(verify_inclusion(*proof) for proof in proofs)
    row("inclusion checked", per_second=WARM / (time.perf_counter() - started))


def _rate(name: str, numbers: list[int], work: Callable[[int], object]) -> None:
    row(name, per_second=len(numbers) / _seconds(numbers, work))


def _seconds(numbers: Iterable[int], work: Callable[[int], object]) -> float:
    started = time.perf_counter()
    for number in numbers:
        work(number)
    return time.perf_counter() - started


def _fill(size: int) -> None:
    """Write so many entries into the store, of statements that it does not have."""
    from django.db import connection, transaction  # noqa: PLC0415 - the installation is made first

    from meterward.storage.repositories.rows import ENTRY  # noqa: PLC0415 - see above
    from meterward.storage.repositories.statements import execute, insert  # noqa: PLC0415 - see above
    from meterward.wiring.installed import installation  # noqa: PLC0415 - see above

    installation().ledgers.open(LEDGER)
    rows = _rows(size)
    with connection.constraint_checks_disabled(), transaction.atomic():
        for _ in range(0, size, NEAR):
            insert("storage_entry", ENTRY, list(islice(rows, NEAR)))
        moved = "UPDATE storage_ledger SET licensee = %s, size = %s, last_recorded = %s WHERE name = %s"
        execute(moved, LEDGER, size, _RECORDED, LEDGER)


def _rows(size: int) -> Iterator[tuple[object, ...]]:
    for index in range(size):
        identity = hashlib.sha256(index.to_bytes(8, "big")).hexdigest()
        day = _RECORDED[:10]
        who = ("p-1", "security_manager", "", "{}")
        yield (LEDGER, index, _RECORDED, day, index, identity, "state.evidenced", f"element/{index}", day, *who)
