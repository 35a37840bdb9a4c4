"""Run the measurements and print them as a table: `python -m benchmarks [store|…|threats] [SIZE …]`.

Without a name it is from a cold file to the position; `store` is appending to a store, `entries`, `proofs` and
`bundles` are about its log, `systems` is an import, `maps` a map in a browser, `pages` what a browser asks for,
`risk_pages` the same of a register of risks (10,000, if no size is said), `directions` a direction to many licensees
(30, 100 and 300), `desk` a regulator's desk (300 licensees), `coverage` compares tables, `threats` advisories with
components.

Each size runs in a process of its own, so that its peak memory is its own. The floor, measured in the same run, is what
no loader can go below: to read each line, decode its JSON and hash it once.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.coverage import measure_all
from benchmarks.directions import SIZES as ADDRESSEES
from benchmarks.ledger import MIX, Teller
from benchmarks.position import AS_AT
from benchmarks.threats import measure_all as measure_threats

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_ANSWERS = (0, 1, 2)
"""The exit codes that come with a position."""
COLUMNS = (
    ("records", "{records:,}"),
    ("floor s", "{floor:.2f}"),
    ("load s", "{load:.2f}"),
    ("load ÷ floor", "{ratio:.1f}"),
    ("index s", "{index:.2f}"),
    ("evaluate s", "{evaluate:.2f}"),
    ("cold s", "{cold:.2f}"),
    ("as a command s", "{command:.2f}"),
    ("µs a record", "{each:.1f}"),
    ("one more ms, median", "{median:.1f}"),
    ("worst kind ms, median", "{worst:.1f}"),
    ("peak MB", "{peak:.0f}"),
)


def main(sizes: list[int]) -> None:
    """Measure each size and print a row for it."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {platform.system()}")
    print("mix: " + ", ".join(f"{kind} {share:.0%}" for kind, share in MIX))
    print("| " + " | ".join(name for name, _ in COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "ledger.jsonl")
            with path.open("wb") as file:
                file.writelines(Teller(size).lines())
            found = measure(path)
        print("| " + " | ".join(form.format(**found) for _, form in COLUMNS) + " |", flush=True)


def measure(path: Path) -> dict[str, float]:
    """Measure one ledger file in a process of its own, and the floor in another."""
    floor = _run("benchmarks.floor", path)
    found = _run("benchmarks.position", path)
    command = _seconds_of_command(path)
    return {
        **found,
        **floor,
        "command": command,
        "ratio": found["load"] / floor["floor"],
        "each": found["cold"] / found["records"] * 1e6,
    }


def _seconds_of_command(path: Path) -> float:
    """How long somebody waits who types it: with the start of the interpreter, and the table printed."""
    typed = "from meterward.cli.main import main; main()"
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", typed, "position", str(path), "--as-at", AS_AT.isoformat()],
        capture_output=True,
        check=False,
    )
    if done.returncode not in _ANSWERS:
        raise ValueError(done.stderr.decode())
    return time.perf_counter() - started


def _run(module: str, path: Path) -> dict[str, float]:
    printed = subprocess.run(
        [sys.executable, "-m", module, str(path)], capture_output=True, text=True, check=True
    ).stdout
    found: dict[str, float] = json.loads(printed)
    return found


def measure_installation(module: str, sizes: list[int]) -> None:
    """Measure an installation with a ledger of each size, in a process of its own."""
    what = {"risk_pages": "risks", "directions": "licensees", "desk": "licensees"}.get(module, "records")
    for size in sizes:
        print(f"{module}, {size:,} {what}\n| what | |\n|---|---|", flush=True)
        code = f"from benchmarks.{module} import measure; measure({size})"
        subprocess.run([sys.executable, "-c", code], check=True)


if __name__ == "__main__":
    name, *rest = [*sys.argv[1:], ""]
    if name == "directions":
        measure_installation(name, [int(size) for size in rest if size] or [*ADDRESSEES])
    elif name in ("store", "entries", "proofs", "bundles", "systems", "maps", "pages", "risk_pages", "desk"):
        usual = {"risk_pages": 10_000, "desk": 300}.get(name, 100_000)
        measure_installation(name, [int(size) for size in rest if size] or [usual])
    elif name == "coverage":
        measure_all([int(size) for size in rest if size])
    elif name == "threats":
        measure_threats([int(size) for size in rest if size])
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
