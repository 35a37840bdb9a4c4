"""Coverage: premises supplied against the meter inventory, from 100,000 rows in each of both files on.

The files are made by arithmetic alone, so that they are the same each time. The command runs as it is typed, in a
process of its own; beside it, in the same run, what it takes to read both files once and do nothing.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SIZES = (100_000, 1_000_000, 10_000_000)
AS_AT = "2020-01-01"
FIRST = date(2012, 1, 1)
DAYS = [(FIRST + timedelta(number)).isoformat() for number in range(6_000)]
FUELS = ("gas", "electricity")
_PIECE = 1 << 22
_TOLD = (0, 1)
"""The exit codes that come with figures."""
COLUMNS = (
    ("rows in each file", "{rows:,}"),
    ("MB of both", "{size:,.0f}"),
    ("read once s", "{floor:.2f}"),
    ("as a command s", "{command:.2f}"),
    ("peak MB", "{peak:,.0f}"),
    ("premises supplied", "{premises:,}"),
    ("unmatched", "{unmatched:,}"),
)


def measure_all(sizes: list[int]) -> None:
    """Measure each size, and print a row for it."""
    print(f"load {os.getloadavg()[0]:.2f} before\n| " + " | ".join(name for name, _ in COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    for size in sizes or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            found = _measure(Path(folder), size)
        print("| " + " | ".join(form.format(**found) for _, form in COLUMNS) + " |", flush=True)
    print(f"load {os.getloadavg()[0]:.2f} after")


def _measure(folder: Path, rows: int) -> dict[str, float]:
    feed, inventory, out = folder / "feed.csv", folder / "inventory.csv", folder / "unmatched.csv"
    for path, lines in ((feed, _feed(rows)), (inventory, _inventory(rows))):
        with path.open("w", encoding="utf-8") as file:
            file.writelines(lines)
    started = time.perf_counter()
    for path in (feed, inventory):
        with path.open("rb", buffering=0) as file:
            while file.read(_PIECE):
                pass
    floor = time.perf_counter() - started
    words = ["--feed", str(feed), "--inventory", str(inventory), "--as-at", AS_AT, "--unmatched", str(out)]
    seconds, peak, said = _command(["system", "coverage", *words, "--format", "json"], folder / "answer")
    assert (
        said["unmatched"]["rows"]
        == said["whole"]["with_none"] + said["whole"]["with_several"] + said["whole"]["supplying_nobody"]
    )
    return {
        "rows": rows,
        "size": (feed.stat().st_size + inventory.stat().st_size) / 1e6,
        "floor": floor,
        "command": seconds,
        "peak": peak,
        "premises": said["whole"]["premises"],
        "unmatched": said["unmatched"]["rows"],
    }


def _command(words: list[str], answer: Path) -> tuple[float, float, dict[str, dict[str, int]]]:
    """How long a command takes, the most memory that its process had in MB, and what it says."""
    started = time.perf_counter()
    with answer.open("wb") as file:
        process = subprocess.Popen([sys.executable, "-m", "meterward", *words], stdout=file)
        _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in _TOLD, process.returncode
    said: dict[str, dict[str, int]] = json.loads(answer.read_bytes())
    return seconds, used.ru_maxrss / 1_000, said


def _feed(rows: int) -> Iterator[str]:
    """Spells: three of four premises have one, the others two; a fifth of them ended."""
    yield "premises,fuel,gained,lost\n"
    for row in range(rows):
        gained = row * 7_919 % 4_000
        lost = DAYS[gained + 1 + row * 31 % 900] if row * 104_729 % 5 == 0 else ""
        yield f"P{row * 4 // 5:013},{FUELS[row * 4 // 5 % 2]},{DAYS[gained]},{lost}\n"


def _inventory(rows: int) -> Iterator[str]:
    """Devices: one at most premises, some at none, some beside another; a ninth of them removed."""
    yield "premises,device,fuel,state,installed,removed\n"
    for row in range(rows):
        installed = row * 7_907 % 4_000
        removed = DAYS[installed + 1 + row * 37 % 900] if row * 104_711 % 9 == 0 else ""
        at = row * 4 // 5
        premises = f"P{at:013}" if row % 50 else ""
        state = "decommissioned" if row % 40 == 1 else "live"
        yield f"{premises},D{row:015},{FUELS[at % 2]},{state},{DAYS[installed]},{removed}\n"
