"""From a cold ledger file to the position and its receipt, and the position again after one more record."""

from __future__ import annotations

import gc
import json
import os
import resource
import statistics
import sys
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from meterward import wiring
from meterward.core.base.problem import Problem
from meterward.core.obligations.law import Pack
from meterward.law.pack import load
from meterward.usecases.evaluate_position import Dossier, dossiers_of

if TYPE_CHECKING:
    from meterward.usecases.read_ledger import Loaded

AS_AT = date(2023, 3, 10)
HELD_BACK = 0.01
"""So large a part of the ledger comes in one by one at the end."""
MOST_ONE_BY_ONE = 600


def measure(path: Path) -> dict[str, float]:
    """Seconds for each step, milliseconds after one more record, megabytes at the peak."""
    gc.disable()
    started = time.perf_counter()
    loaded = _load(path)
    last = loaded.records[-min(MOST_ONE_BY_ONE, int(len(loaded.records) * HELD_BACK)) :]
    loaded_at = time.perf_counter()
    licence = _licence(loaded, len(last))
    indexed_at = time.perf_counter()
    pack = load("condition_z_2012")
    if not isinstance(pack, Pack):
        raise TypeError(str(pack))
    licence.position(pack, AS_AT, "benchmark")
    done = time.perf_counter()
    peak = _peak()
    gc.collect()
    gc.freeze()
    by_kind: dict[str, list[float]] = defaultdict(list)
    for record in last:
        before = time.perf_counter()
        licence.append(record)
        licence.position(pack, AS_AT, "benchmark")
        by_kind[record.kind.name].append((time.perf_counter() - before) * 1000)
    return {
        "records": len(loaded.records),
        "load": loaded_at - started,
        "index": indexed_at - loaded_at,
        "evaluate": done - indexed_at,
        "cold": done - started,
        "median": statistics.median(one for kind in by_kind.values() for one in kind),
        "worst": max(statistics.median(kind) for kind in by_kind.values()),
        "peak": peak,
    }


def _load(path: Path) -> Loaded:
    loaded = wiring.read(str(path))
    if isinstance(loaded, Problem) or loaded.problems:
        raise ValueError(str(loaded))
    return loaded


def _peak() -> float:
    """Megabytes that this process had at most, and as many as the largest of its readers for each of them."""
    readers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (os.cpu_count() or 1)
    return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + readers) / 1024


def _licence(loaded: Loaded, held_back: int) -> Dossier:
    licences = dossiers_of(loaded.licensee, loaded.records[:-held_back], None, {})
    if not isinstance(licences, list):
        raise TypeError(str(licences))
    return licences[0]


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
