"""Coverage counted from the pages: two files compared in the background, looked at, and then told in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from django.conf import settings

from meterward.adapters.background import Job
from meterward.adapters.measured import FEED, INVENTORY, LASTS, UNMATCHED, Kept, Measured, keep, put
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.core.records.roles import Role
from meterward.usecases.append_record import Appended
from meterward.usecases.measure_coverage import BOTH, coverage_line, licences_for
from meterward.usecases.ports.tables import Tables
from meterward.wiring import today
from meterward.wiring.appending import append
from meterward.wiring.covering import Done, cover
from meterward.wiring.filing import take
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json
    from meterward.usecases.ports import PersonKept

__all__ = ["LASTS", "UNMATCHED", "Counting", "Saying", "Wanted", "begin", "counting", "discard", "give", "tell"]
FOLDER = "measured"
_SOON = 0.0
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
_LOCK = Lock()
_BEGINNING: set[tuple[str, ...]] = set()
"""Whose files are being written: nobody begins two counts by two clicks."""
_INTERRUPTED = Problem(
    Code.FIELD_VALUE, "The server stopped before your files were compared.", "Send them once more: nothing was counted."
)


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
    owner, store = _owner(ledger, person), installation()
    head = store.ledgers.head(ledger)
    if head is None:
        raise LookupError(ledger)
    licences = licences_for(store.ledgers, head, _fuel(wanted.fuels), wanted.as_at, today())
    if isinstance(licences, Problem):
        return licences
    with _LOCK:
        if owner in _BEGINNING or ((job := store.handing.get(owner)) and not job.ended.is_set()):
            return Problem(Code.FIELD_VALUE, "A count of yours is under way.", "Wait for it, or stop it.")
        _BEGINNING.add(owner)
    try:
        _begin(owner, wanted)
    finally:
        _BEGINNING.discard(owner)
    return None


def _begin(owner: tuple[str, ...], wanted: Wanted) -> None:
    folder = _shelf().begin(owner)
    feed, inventory = put(folder, FEED, wanted.feed), put(folder, INVENTORY, wanted.inventory)
    tables = Tables(str(feed), str(inventory), wanted.as_at, wanted.fuels, unmatched=True)
    job = answering().background.start(owner, lambda job: _count(tables, folder, job), _SOON)
    installation().handing[owner] = job


def counting(ledger: str, person: PersonKept) -> Counting:
    """How far somebody's count is. A fault while it was made is raised here."""
    owner, jobs = _owner(ledger, person), installation().handing
    job = jobs.get(owner)
    if job and not job.ended.is_set():
        return Counting(job)
    if job and job.fault:
        del jobs[owner]
        # One that was stopped before its turn came has removed nothing.
        _shelf().drop(owner)
        if not job.cancelled:
            raise job.fault
    if _interrupted(owner):
        return Counting(problems=[_INTERRUPTED])
    problems = job.result if job and isinstance(job.result, list) else None
    return Counting(None, problems, _shelf().of(owner))


def _interrupted(owner: tuple[str, ...]) -> bool:
    """Whether a count was under way when the server stopped. Its files go."""
    with _LOCK:
        idle = owner not in installation().handing and owner not in _BEGINNING
        if found := idle and _shelf().is_left(owner):
            _shelf().drop(owner)
        return found


def give(ledger: str, person: PersonKept) -> BinaryIO | None:
    """The list of what does not match in somebody's count, to be read and closed by the caller."""
    kept = _shelf().of(_owner(ledger, person))
    return kept.unmatched.open("rb") if kept else None


def discard(ledger: str, person: PersonKept) -> None:
    """Forget somebody's count."""
    owner = _owner(ledger, person)
    if (job := installation().handing.pop(owner, None)) and not job.ended.is_set():
        job.cancel()
    _shelf().drop(owner)


def tell(ledger: str, person: PersonKept, saying: Saying) -> int | list[Problem] | None:
    """Append what somebody counted, with the list of what does not match; as which entry. None if nothing lies here."""
    kept = _shelf().of(_owner(ledger, person))
    if kept is None:
        return None
    if kept.name != saying.seen:
        hint = "Look at the counts that are here now, and append those."
        return [Problem(Code.LEDGER_MOVED, "You saw another count: a later one took its place.", hint)]
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
    discard(ledger, person)
    return done.first + 1


def clear() -> None:
    """Remove the counts that have lain here long enough."""
    _shelf().clear()


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
        return [_without_places(one, tables) for one in done]
    keep(folder, job.name, done.coverage)
    return None


def _without_places(problem: Problem, tables: Tables) -> Problem:
    """A problem as whoever sent the files reads it, who does not know where they lie."""
    message = problem.message
    for path in (tables.feed, tables.inventory):
        message = message.replace(f" “{path}”", "")
    return replace(problem, message=message)


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


def _owner(ledger: str, person: PersonKept) -> tuple[str, ...]:
    return "coverage", ledger, person.organisation, person.pseudonym


def _shelf() -> Measured:
    return Measured(Path(settings.HOME) / FOLDER)
