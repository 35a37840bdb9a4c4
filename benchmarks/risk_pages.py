"""The pages of a large register as a browser asks for them, and what is computed anew once one estimate has changed.

So many risks, five to an element, each estimated twice, a tenth with a measure; one context, one assessment, and 500
incidents after it, which the queue has. Beside each figure stands what was asked for, and which part of that it takes.
"""

from __future__ import annotations

import secrets
import statistics
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.installation import BATCH, held, installed, load, milliseconds, row
from benchmarks.pages import get, queries
from benchmarks.systems import WARM, commas, elements, opened, run
from meterward.adapters.inventories.any_format import AnyFormat
from meterward.catalogues.scenarios import scenarios
from meterward.core.risk.proposals import suggested
from meterward.core.system.model import Drawn
from meterward.usecases.ports.inventories import Read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.test import Client

    from meterward.core.base.canonical import Json

LICENSEE = "brightwater"
FILES = Path(__file__).parents[1] / "examples" / "northlight"
PAGES = {
    "register": "risks",
    "register by words": "risks?words=element+77",
    "register above appetite, by owner": "risks?standing=above&sort=owner",
    "heat map": "risks/map",
    "queue": "risks/queue",
    "page of a risk": "risks/register/N-7",
    "page of an element": "system/elements/e7",
}
PAGE_MS, CHANGED_MS, PROPOSED_S = 100, 50, 2
"""What was asked for."""
EVENTS, ANEW, PROPOSED = 500, 10, 10_000
CONTEXT = "context/bench"
_ANEW = ("register", "heat map", "queue")
_EACH, _DAYS, _LEVELS, _APPETITE = 5, 30, 5, 4
_MATRIX: tuple[tuple[int, ...], ...] = (
    (1, 1, 2, 2, 3),
    (1, 2, 2, 3, 3),
    (2, 2, 3, 3, 4),
    (2, 3, 3, 4, 5),
    (3, 3, 4, 5, 5),
)


def measure(size: int) -> None:
    """Print what pages cost over a register of so many risks, over a fifth as many elements."""
    with installed() as home:
        _told(home, size)
        load()
        client = _signed_in()
        for name, page in PAGES.items():
            row(f"{name}, first time, s", seconds=get(client, page, LICENSEE))
            times = milliseconds(get(client, page, LICENSEE) for _ in range(WARM))
            row(f"{name}, ms", **_beside(times, PAGE_MS), queries=queries(client, page, LICENSEE))
        for name, page, asked in (("position", "", CHANGED_MS), *((one, PAGES[one], PAGE_MS) for one in _ANEW)):
            get(client, page, LICENSEE)
            times = milliseconds(_changed(client, page) for _ in range(ANEW))
            row(f"{name} after one changed estimate, ms", **_beside(times, asked))
        row("process", MB=held())
        _proposed()
        load()


def _beside(found: dict[str, float], asked: float) -> dict[str, float]:
    return {**found, "asked": asked, "of it": found["median"] / asked}


def _told(home: Path, size: int) -> None:
    """A ledger with the system, the register and what happened since."""
    opened(LICENSEE)
    count = max(1, size // _EACH)
    table = commas(home / "elements.csv", [*elements(count)])
    run("system", "import", str(table), "--licensee", LICENSEE, "--as", f"{LICENSEE}.security")
    started, told = time.perf_counter(), [*_lines(size, count)]
    for first in range(0, len(told), BATCH):
        append(told[first : first + BATCH])
    row(f"{len(told):,} records appended, s", seconds=time.perf_counter() - started)


def append(lines: list[dict[str, Json]]) -> None:
    """Append lines, as a form does."""
    from meterward.usecases.append_record import Appended  # noqa: PLC0415 - the installation is made first
    from meterward.wiring import appending  # noqa: PLC0415 - see above

    done = appending.append(LICENSEE, lines)
    assert isinstance(done, Appended), done[:3]


def _lines(size: int, count: int) -> Iterator[dict[str, Json]]:
    day, since = _today() - timedelta(_DAYS), _today() - timedelta(1)
    yield _context(day)
    for place in range(size):
        yield from _risk(day, place, count)
    above: list[Json] = [f"N-{place}" for place in range(size) if _level(place) > _APPETITE and place % 10]
    assessed: dict[str, Json] = {"scope": ["network"], "risks": size, "above_appetite": above, "context": CONTEXT}
    yield line("assessment.completed", day, assessed, "assessment/bench", files={"report.pdf": secrets.token_hex(32)})
    for place in range(EVENTS):
        affected: list[Json] = [f"element/e{place % count}"]
        facts: dict[str, Json] = {"detected": since.isoformat(), "severity": "low", "affected": affected}
        yield line("incident.recorded", since, facts, f"incident/b-{place}")


def _context(day: date) -> dict[str, Json]:
    scale: dict[str, Json] = {"unit": "customers", "least": [0, 100, 10_000, 100_000, 1_000_000]}
    facts: dict[str, Json] = {"method": "Levels", "version": "1", "likelihood": [0, 100, 1_000, 10_000, 100_000]}
    facts["criteria"] = [{"consequence": "supply", **scale, "appetite": _APPETITE}]
    facts["matrix"] = [{"levels": [*levels]} for levels in _MATRIX]
    return line("context.established", day, facts, CONTEXT, text={"reasons": "Five levels tell enough apart."})


def _risk(day: date, place: int, count: int) -> Iterator[dict[str, Json]]:
    facts: dict[str, Json] = {"label": f"Risk {place} to supply", "consequences": ["supply"]}
    facts |= {"elements": [f"element/e{place % count}"], "owner": f"p-{place % 40:02d}"}
    yield line("risk.identified", day, facts, f"risk/N-{place}")
    yield estimate(day, place, "inherent")
    yield estimate(day, place)
    if place % 10 == 0:
        effects: list[Json] = [{"risk": f"risk/N-{place}", "likelihood": 1}]
        due = (_today() + timedelta(1 + place % 300)).isoformat()
        planned: dict[str, Json] = {"label": f"Measure {place}", "option": "modify", "effects": effects, "due": due}
        yield line("measure.planned", day, planned, f"measure/b-{place}")


def _likely_and_bad(place: int) -> tuple[int, int]:
    """Levels for a risk: each pair comes as often."""
    return 1 + place % _LEVELS, 1 + place // _LEVELS % _LEVELS


def _level(place: int) -> int:
    likely, bad = _likely_and_bad(place)
    return _MATRIX[likely - 1][bad - 1]


def estimate(day: date, place: int, state: str = "current") -> dict[str, Json]:
    """An estimate of a risk."""
    likely, bad = _likely_and_bad(place)
    come: list[Json] = [{"consequence": "supply", "level": bad}]
    facts: dict[str, Json] = {"state": state, "context": CONTEXT, "likelihood": likely, "consequences": come}
    return line("risk.estimated", day, facts, f"risk/N-{place}", text={"rationale": "As the last exercise showed."})


def line(kind: str, day: date, facts: dict[str, Json], subject: str, **parts: Json) -> dict[str, Json]:
    """A line that the security manager appends; its salts make it another each time."""
    actor: Json = {"person": "p-01", "role": "security_manager", "organisation": LICENSEE}
    statement: dict[str, Json] = {"kind": kind, "version": 1, "licensee": LICENSEE, "licences": ["electricity"]}
    statement |= {"occurred": day.isoformat(), "actor": actor, "subject": subject}
    salts: Json = {part: secrets.token_hex(16) for part in ("facts", "text") if part == "facts" or part in parts}
    return {"statement": statement, "facts": facts, "salts": salts, **parts}


def _changed(client: Client, page: str) -> float:
    """The seconds that a page takes once one risk was estimated anew: from one pair of levels to another."""
    like = estimate(_today(), secrets.randbelow(_LEVELS**2))
    statement = like["statement"]
    assert isinstance(statement, dict)
    statement["subject"] = "risk/N-7"
    append([like])
    return get(client, page, LICENSEE)


def _signed_in() -> Client:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - the installation is made first
    from django.test import Client  # noqa: PLC0415 - see above

    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.get(sign_in=f"{LICENSEE}.security"))
    return client


def _today() -> date:
    from meterward.wiring import today  # noqa: PLC0415 - settings are read when it is imported

    return today()


def _proposed() -> None:
    """The scenarios of the whole catalogue, for so many elements like the example's."""
    catalogue, drawn = scenarios(), _drawn()
    times = [_seconds(lambda: suggested(catalogue, drawn)) for _ in range(3)]
    found = _beside({"median": statistics.median(times)}, PROPOSED_S)
    row(f"scenarios proposed for {PROPOSED:,} elements, s", **found, scenarios=len(suggested(catalogue, drawn)))


def _drawn() -> Drawn:
    """The example's system, told over and over under other names until there are so many elements."""
    with (FILES / "northlight.xlsx").open("rb") as file:
        read = AnyFormat().read(file, "northlight.xlsx")
    assert isinstance(read, Read), read
    told, times = read.drawn, range(-(-PROPOSED // len(read.drawn.elements)))
    elements = {f"{name}-{time}": one for time in times for name, one in told.elements.items()}
    links = {
        f"{name}-{time}": one._replace(source=f"{one.source}-{time}", target=f"{one.target}-{time}")
        for time in times
        for name, one in told.links.items()
    }
    populations = {
        f"{name}-{time}": one._replace(element=f"{one.element}-{time}")
        for time in times
        for name, one in told.populations.items()
    }
    return Drawn(dict(islice(elements.items(), PROPOSED)), links, populations)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
