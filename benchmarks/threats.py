"""Threats: 2,400 CSAF advisories and the whole catalogue of what is exploited, against bills of materials.

The advisories are those that were published, where a folder of them is named, each again and again under another name
with its products' names changed by arithmetic; so the answer is the same each time. Reading, matching and the lines
that tell it are measured in a process of its own.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from meterward.adapters.threats.any_source import AnySource
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.records.kinds.element_declared import ElementDeclared
from meterward.core.system.model import Drawn
from meterward.usecases.match_threats import compare_threats, components_of
from meterward.usecases.ports.inventories import Component
from meterward.usecases.tell_threats import Telling, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.usecases.ports.threats import Intelligence

SIZES = (1_000, 10_000, 100_000)
ADVISORIES = 2_400
ELEMENTS = 500
DATA = next(up / "shared" / "data" for up in Path(__file__).parents if (up / "shared" / "data").is_dir())
COLUMNS = (
    ("components", "{components:,}"),
    ("advisories", "{advisories:,}"),
    ("exploited", "{exploited:,}"),
    ("MB read", "{size:,.0f}"),
    ("read s", "{read:.2f}"),
    ("match s", "{match:.2f}"),
    ("tell s", "{tell:.2f}"),
    ("all s", "{whole:.2f}"),
    ("of it CPU s", "{cpu:.2f}"),
    ("peak MB", "{peak:,.0f}"),
    ("matches", "{matches:,}"),
)


def measure_all(sizes: list[int], data: Path = DATA) -> None:
    """Measure each size in a process of its own, and print a row for it."""
    print(f"load {os.getloadavg()[0]:.2f} before\n| " + " | ".join(name for name, _ in COLUMNS) + " |")
    print("|" + "---|" * len(COLUMNS))
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), data)
        for size in sizes or SIZES:
            code = f"from benchmarks.threats import measure; measure({folder!r}, {size})"
            ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
            print("| " + " | ".join(form.format(**json.loads(ran.stdout)) for _, form in COLUMNS) + " |", flush=True)
    print(f"load {os.getloadavg()[0]:.2f} after")


def measure(folder: str, size: int) -> None:
    """Print what one size took, as JSON."""
    paths = [Path(folder, "csaf"), Path(folder, "kev.json")]
    started, started_cpu = time.perf_counter(), time.process_time()
    told = AnySource().read(paths)
    assert isinstance(told, tuple), told
    read = time.perf_counter()
    read_cpu = time.process_time()
    bills = _bills(told, size)
    begun, begun_cpu = time.perf_counter(), time.process_time()
    owned = components_of(_drawn(), bills)
    found = compare_threats(Reader(Index("gas")), date(2024, 1, 1), told, owned)
    assert isinstance(found, tuple), found
    matched = time.perf_counter()
    lines = lines_of([(one, {}) for one in found], Telling({}, lambda: ("", "")))
    done, done_cpu = time.perf_counter(), time.process_time()
    assert sum(len(line["facts"]["matches"]) for line in _facts(lines)) == sum(len(one.matches) for one in found)
    row = {
        "components": found[0].components,
        "advisories": told[1].entries,
        "exploited": told[0].entries,
        "size": sum(one.stat().st_size for one in Path(folder).rglob("*.json")) / 1e6,
        "read": read - started,
        "match": matched - begun,
        "tell": done - matched,
        "whole": read - started + done - begun,
        "cpu": read_cpu - started_cpu + done_cpu - begun_cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000,
        "matches": sum(len(one.matches) for one in found),
    }
    print(json.dumps(row))


def _facts(lines: object) -> Any:  # noqa: ANN401 - lines as JSON
    return json.loads(json.dumps(lines))


def _write(folder: Path, data: Path) -> None:
    """The advisories, and the catalogue as it is."""
    published = [json.loads(one.read_bytes()) for one in sorted((data / "csaf").glob("*.json"))]
    (folder / "csaf").mkdir()
    for number in range(ADVISORIES):
        again, place = divmod(number, len(published))
        told = json.loads(json.dumps(published[place]))
        told["document"]["tracking"]["id"] += f"-{again}"
        if again:
            for vendor in told["product_tree"]["branches"]:
                for product in vendor["branches"]:
                    product["name"] += f" {again}"
        (folder / "csaf" / f"{number:05}.json").write_text(json.dumps(told))
    (folder / "kev.json").write_bytes((data / "known_exploited_vulnerabilities.json").read_bytes())


def _drawn() -> Drawn:
    one = ElementDeclared(("communication_equipment",), "licensee", "within", date(2014, 1, 1))
    return Drawn({f"element/{number}": one._replace(bill=f"{number}") for number in range(ELEMENTS)})


def _bills(told: tuple[Intelligence, ...], size: int) -> dict[str, list[Component]]:
    """Each fortieth component is a product of an advisory in some version, the others are nobody's."""
    products = [product for one in told for advisory in one.advisories for product in advisory.products]
    bills: dict[str, list[Component]] = {f"{number}": [] for number in range(ELEMENTS)}
    for number, one in enumerate(_components(size)):
        if number % 40 == 0:
            like = products[number * 7_919 % len(products)]
            one = Component(like.name, f"{number % 9}.{number % 7}", "", "", like.vendor)  # noqa: PLW2901 - in its place
        bills[f"{number % ELEMENTS}"].append(one)
    return bills


def _components(size: int) -> Iterator[Component]:
    for number in range(size):
        name, version = f"library-{number * 31 % 20_011}", f"{number % 5}.{number % 11}.{number % 3}"
        purl = f"pkg:npm/%40scope{number % 97}/{name}@{version}"
        yield Component(name, version, purl, "", f"Maker {number % 701} Ltd")
