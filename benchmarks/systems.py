"""A large system, imported by the commands that somebody types: elements with five times as many links, per format."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import time
from random import Random
from typing import TYPE_CHECKING

from openpyxl import Workbook

from benchmarks.installation import installed, load, milliseconds, row
from benchmarks.pages import get, queries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

SEED = 20121130
PASSWORD = "correct horse battery staple"  # noqa: S105 - of an installation that is thrown away
PAGES = "system", "system?words=element+77", "system/elements/e77", "system/matrix"
WARM = 20
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
    """Print how long so many elements, and five times as many links, take from tables to the ledger, in each format."""
    tables = {"elements": [*elements(size)], "links": [*links(size, Random(SEED))]}
    with installed() as home:
        files = {f"{name}, CSV": commas(home / f"{name}.csv", rows) for name, rows in tables.items()}
        book = _sheets(home / "both.xlsx", tables)
        load()
        for licensee, each in (("brightwater", files), ("harbour", {"both, XLSX": book})):
            opened(licensee)
            for what, file in each.items():
                words = ("system", "import", str(file), "--licensee", licensee)
                row(f"{what}: told", **run(*words, "--as", f"{licensee}.security"))
                row(f"{what}: compared again", **run(*words))
        _lists("brightwater")
        load()


def _lists(licensee: str) -> None:
    """What the pages of such a system cost, each asked for once before."""
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - the installation is made first
    from django.test import Client  # noqa: PLC0415 - see above

    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.get(sign_in=f"{licensee}.security"))
    for page in PAGES:
        row(f"{page}, first time, s", seconds=get(client, page, licensee))
        times = [get(client, page, licensee) for _ in range(WARM)]
        row(f"{page}, ms", **milliseconds(times), queries=queries(client, page, licensee))


def opened(licensee: str) -> None:
    """Open a ledger, with a security manager."""
    words = ("--licence", "electricity=2013-03-04", "--security-manager", f"{licensee}.security", "--password-stdin")
    run("init", licensee, *words, piped=PASSWORD)


def elements(size: int) -> Iterable[dict[str, str]]:
    """The rows of so many elements, alike, in forty zones."""
    return ({"id": f"e{one}", "name": f"Element {one}", "zone": f"zone-{one % 40}", **_ELEMENT} for one in range(size))


def links(size: int, draw: Random, each: int = 5) -> Iterable[dict[str, str]]:
    """The rows of so many times as many links, each between two elements that are drawn."""
    for number in range(each * size):
        source, target = draw.sample(range(size), 2)
        ends = {"source": f"e{source}", "target": f"e{target}"}
        yield {"id": f"l{number}", **ends, "protocol": "https", "protection": "encrypted; authenticated"}


def commas(path: Path, rows: list[dict[str, str]]) -> Path:
    """A table with commas."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def _sheets(path: Path, tables: dict[str, list[dict[str, str]]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        sheet.append([*rows[0]])
        for told in rows:
            sheet.append([*told.values()])
    book.save(path)
    return path


def run(*words: str, piped: str = "") -> dict[str, float]:
    """The seconds until a command is done, and those that a core worked for it: other work does not change these."""
    started, before = time.perf_counter(), os.times()
    command = [sys.executable, "-m", "meterward", *words]
    subprocess.run(command, env=os.environ, input=piped, capture_output=True, text=True, check=True)
    after = os.times()
    worked = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": time.perf_counter() - started, "of a core": worked}
