"""A large system, imported by the commands that somebody types: elements, then five times as many links."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING

from benchmarks.installation import installed, load, row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LICENSEE, SIGN_IN, SEED = "brightwater", "security", 20121130
_ELEMENT = {
    "type": "head_end",
    "categories": "communication_equipment",
    "operator": "licensee",
    "power": "within",
    "in_service": "2013-03-04",
    "offers": "encryption; event_log",
    "enabled": "encryption",
    "data": "consumption",
}


def measure(size: int) -> None:
    """Print how long so many elements, and five times as many links, take from a table to the ledger."""
    with installed() as home:
        load()
        opening = ("init", LICENSEE, "--licence", "electricity=2013-03-04", "--security-manager", SIGN_IN)
        _run(*opening, "--password-stdin", piped="correct horse battery staple")
        for name, rows in (("elements", _elements(size)), ("links", _links(size, Random(SEED)))):
            file = _table(home / f"{name}.csv", rows)
            words = ("system", "import", str(file), "--licensee", LICENSEE)
            row(f"{name} told", seconds=_run(*words, "--as", SIGN_IN))
            row(f"{name} compared again", seconds=_run(*words))
        load()


def _elements(size: int) -> Iterable[dict[str, str]]:
    return ({"id": f"e{one}", "name": f"Element {one}", "zone": f"zone-{one % 40}", **_ELEMENT} for one in range(size))


def _links(size: int, draw: Random) -> Iterable[dict[str, str]]:
    for number in range(5 * size):
        source, target = draw.sample(range(size), 2)
        ends = {"source": f"e{source}", "target": f"e{target}"}
        yield {"id": f"l{number}", **ends, "protocol": "https", "protection": "encrypted; authenticated"}


def _table(path: Path, rows: Iterable[dict[str, str]]) -> Path:
    told = list(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, told[0])
        writer.writeheader()
        writer.writerows(told)
    return path


def _run(*words: str, piped: str = "") -> float:
    started = time.perf_counter()
    command = [sys.executable, "-m", "meterward", *words]
    subprocess.run(command, env=os.environ, input=piped, capture_output=True, text=True, check=True)
    return time.perf_counter() - started
