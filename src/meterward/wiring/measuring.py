"""Coverage counted from the pages: two files compared in the background, looked at, and then told in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from meterward.adapters.background import Job
from meterward.adapters.measured import FEED, INVENTORY, UNMATCHED, Kept, keep, kept_in
from meterward.adapters.salts import fresh_salt
from meterward.adapters.trays import LASTS, put
from meterward.core.base.problem import Problem
from meterward.core.records.roles import Role
from meterward.usecases.append_record import Appended
from meterward.usecases.measure_coverage import BOTH, coverage_line, licences_for
from meterward.usecases.ports.tables import Tables
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.bench import Bench, Work, without_places
from meterward.wiring.covering import Done, cover
from meterward.wiring.filing import take
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import PersonKept

__all__ = ["BENCH", "LASTS", "UNMATCHED", "Counting", "Saying", "Wanted", "begin", "counting", "give", "tell"]
FOLDER = "measured"
_PIECE = 2**20
_PERCENT = 100
_STEPS = (
    ("Looking", (0, 10)),
    ("Reading", (10, 45)),
    ("Checking", (45, 55)),
    ("Comparing", (55, 80)),
    ("Counting", (80, 90)),
    ("Listing", (90, 100)),
)
"""From which percent of the work to which each step goes, roughly. It never goes back."""
BENCH = Bench("count", "coverage", FOLDER, "counted")


class Wanted(NamedTuple):
    """What is to be counted: the two files in pieces, the day, and the fuels."""

    feed: Iterable[bytes]
    inventory: Iterable[bytes]
    as_at: date
    fuels: tuple[str, ...]


class Saying(NamedTuple):
    """How a count is told: which one, in which role, whether with the list of what does not match, and what else."""

    seen: str
    """What the count is called that somebody saw: another may lie here since."""
    role: Role
    attaches: bool
    note: str


class Counting(NamedTuple):
    """How far somebody's count is: under way, why it came to nothing, or what was counted."""

    under_way: Job | None = None
    problems: list[Problem] | None = None
    kept: Kept | None = None


def begin(ledger: str, person: PersonKept, wanted: Wanted) -> Problem | None:
    """Begin to count, unless it is known already that the count could not be told."""
    store = installation()
    head = store.ledgers.head(ledger)
    if head is None:
        raise LookupError(ledger)
    licences = licences_for(store.ledgers, head, _fuel(wanted.fuels), wanted.as_at, today())
    if isinstance(licences, Problem):
        return licences
    if wrong := BENCH.begin(ledger, person, lambda tray: _fill(tray, wanted), _work(wanted)):
        return wrong[0]
    return None


def _fill(tray: Path, wanted: Wanted) -> None:
    put(tray, FEED, wanted.feed)
    put(tray, INVENTORY, wanted.inventory)


def _work(wanted: Wanted) -> Work:
    def work(job: Job, tray: Path) -> list[Problem] | None:
        feed, inventory = str(tray / FEED), str(tray / INVENTORY)
        return _count(Tables(feed, inventory, wanted.as_at, wanted.fuels, unmatched=True), tray, job)

    return work


def counting(ledger: str, person: PersonKept) -> Counting:
    """How far somebody's count is. A fault while it was made is raised here."""
    stand = BENCH.stand(ledger, person)
    return Counting(stand.under_way, stand.problems, kept_in(stand.tray))


def give(ledger: str, person: PersonKept) -> BinaryIO | None:
    """The list of what does not match in somebody's count, to be read and closed by the caller."""
    kept = kept_in(BENCH.tray(ledger, person))
    return kept.unmatched.open("rb") if kept else None


def tell(ledger: str, person: PersonKept, saying: Saying) -> int | list[Problem] | None:
    """Append what somebody counted, with the list of what does not match; as which entry. None if nothing lies here."""
    kept = kept_in(BENCH.tray(ledger, person))
    if kept is None:
        return None
    if kept.name != saying.seen:
        return [BENCH.other()]
    line = _line(ledger, person, saying.role, kept)
    if isinstance(line, Problem):
        return [line]
    if saying.attaches:
        with kept.unmatched.open("rb") as file:
            listed = take(ledger, person, iter(lambda: file.read(_PIECE), b""), kept.unmatched.stat().st_size)
        if isinstance(listed, Problem):
            return [listed]
        line["files"] = {UNMATCHED: listed.digest}
    if saying.note:
        salts = cast("dict[str, Json]", line["salts"])
        line |= {"text": {"note": saying.note}, "salts": {**salts, "text": fresh_salt()}}
    done = append(ledger, [line], kept.name)
    if not isinstance(done, Appended):
        return done
    BENCH.discard(ledger, person)
    return done.first + 1


def _count(tables: Tables, folder: Path, job: Job) -> list[Problem] | None:
    def hear(what: str, share: float | None) -> None:
        start, end = next((span for begins, span in _STEPS if what.startswith(begins)), (0, 0))
        job.tell(max(job.done, start + int((share or 0) * (end - start))), _PERCENT)

    try:
        done = cover(tables, folder / UNMATCHED, hear)
    finally:
        for path in (Path(tables.feed), Path(tables.inventory)):
            path.unlink(missing_ok=True)
    if not isinstance(done, Done):
        places = {f" “{path}”": "" for path in (tables.feed, tables.inventory)}
        return [without_places(one, places) for one in done]
    keep(folder, job.name, done.coverage)
    return None


def _line(ledger: str, person: PersonKept, role: Role, kept: Kept) -> dict[str, Json] | Problem:
    store = installation()
    head = store.ledgers.head(ledger)
    if head is None:
        raise LookupError(ledger)
    about = licences_for(store.ledgers, head, kept.coverage.whole.fuel, kept.coverage.as_at, today())
    if isinstance(about, Problem):
        return about
    line = coverage_line(head, about, kept.coverage, today(), fresh_salt)
    actor: dict[str, Json] = {"person": person.pseudonym, "role": role.value, "organisation": person.organisation}
    statement = {**cast("dict[str, Json]", line["statement"]), "actor": actor}
    return {**line, "statement": statement}


def _fuel(fuels: tuple[str, ...]) -> str:
    return BOTH if len(fuels) > 1 else fuels[0]
