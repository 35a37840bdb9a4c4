"""An installation in a folder of its own, with a ledger of the mix brought back into it."""

from __future__ import annotations

import json
import os
import secrets
import statistics
import subprocess
import sys
import time
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.ledger import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from meterward.core.base.canonical import Json

LEDGER = "northlight"
BATCH = 1_000


@contextmanager
def made(size: int) -> Iterator[Path]:
    """The home folder of an installation with a ledger of so many records; this process works with it."""
    with installed() as home:
        # In a process of its own, so that what this one holds is what it holds by itself.
        subprocess.run(
            [sys.executable, "-c", f"from benchmarks.installation import restore; restore({size})"], check=True
        )
        yield home


@contextmanager
def installed() -> Iterator[Path]:
    """The home folder of an installation that has no ledger; this process works with it."""
    with TemporaryDirectory(prefix="meterward-benchmark-") as folder:
        home = Path(folder)
        os.environ |= {"METERWARD_HOME": folder, "DJANGO_SETTINGS_MODULE": "meterward.settings"}
        os.environ.pop("METERWARD_DATABASE", None)
        from meterward.storage.preparing import prepare  # noqa: PLC0415 - settings are read when it is imported

        prepare(home)
        yield home


def restore(size: int) -> None:
    """Bring a ledger of so many records back into the installation of the environment."""
    from meterward.storage.preparing import connect  # noqa: PLC0415 - settings are read when it is imported

    connect(Path(os.environ["METERWARD_HOME"]))
    from meterward.usecases.append_record import Appended, Order, append_records  # noqa: PLC0415 - see above
    from meterward.wiring.installed import installation  # noqa: PLC0415 - see above

    store = installation()
    store.ledgers.open(LEDGER)
    lines = (json.loads(line) for line in Teller(size).lines())
    while some := list(islice(lines, BATCH)):
        order = Order(some, keep_recorded=True)
        done = append_records(store.ledgers, LEDGER, order, lambda _: (), store.signers.sign_unsigned)
        assert isinstance(done, Appended), done


def fresh_lines(count: int) -> list[dict[str, Json]]:
    """Lines of findings on the system, as somebody might append them today; no two are the same."""
    return [_fresh() for _ in range(count)]


def _fresh() -> dict[str, Json]:
    facts: dict[str, Json] = {
        "fact": "element_secure",
        "aspect": "operated/supply",
        "outcome": "held",
        "strength": "checked",
    }
    actor: dict[str, Json] = {"person": "p-1", "role": "security_manager", "organisation": LEDGER}
    statement: dict[str, Json] = {
        "kind": "state.evidenced",
        "version": 1,
        "licensee": LEDGER,
        "licences": ["electricity"],
        "occurred": "2023-03-09",
        "actor": actor,
        "subject": f"element/e{secrets.randbelow(60)}",
    }
    return {
        "statement": statement,
        "facts": facts,
        "files": {"proof.pdf": secrets.token_hex(32)},
        "text": {"note": "Read from the monitoring of the head end, by the usual check."},
        "salts": {part: secrets.token_hex(16) for part in ("facts", "text")},
    }


def milliseconds(seconds: Iterable[float]) -> dict[str, float]:
    """The median and the 99th percentile of some times, in milliseconds."""
    ordered = sorted(seconds)
    return {"median": statistics.median(ordered) * 1e3, "p99": ordered[int(len(ordered) * 0.99)] * 1e3}


def syncs(folder: Path, count: int = 300) -> list[float]:
    """The seconds that the disk takes to write a page and make it durable."""
    found = []
    place = folder / "sync"
    handle = os.open(place, os.O_RDWR | os.O_CREAT)
    for number in range(count):
        os.pwrite(handle, b"x" * 4_096, number % 50 * 4_096)
        started = time.perf_counter()
        os.fdatasync(handle)
        found.append(time.perf_counter() - started)
    os.close(handle)
    place.unlink()
    return found


def held() -> float:
    """The megabytes that this process holds now."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmRSS"].split()[0]) / 1024


def row(name: str, **found: float) -> None:
    """Print what was found."""
    told = ", ".join(f"{what} {value:,.1f}" for what, value in found.items())
    print(f"| {name} | {told} |", flush=True)


def load() -> None:
    """Print how much else this machine has to do."""
    row("load of the last minute", processes=os.getloadavg()[0], cores=os.cpu_count() or 1)
