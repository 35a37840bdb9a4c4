"""Look at records of a ledger in the store: one with all that is tied to it, and the names that forms offer."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from meterward import wiring
from meterward.adapters.background import Job
from meterward.core.base.problem import Code, Problem
from meterward.usecases.show_record import Ties, show_record
from meterward.wiring.answering import PATIENCE
from meterward.wiring.installed import answering, installation

if TYPE_CHECKING:
    from datetime import date

    from meterward.usecases.find_record import Found
    from meterward.usecases.follow_ledger import Following

_INLINE = 2_000
_LEAST_DIGITS, _DIGITS = 8, 64


@dataclass(slots=True)
class _Tied:
    ties: dict[str, tuple[Following, Ties]] = field(default_factory=dict)
    """Of each ledger, with what it was read by."""
    lock: Lock = field(default_factory=Lock)


@cache
def _tied() -> _Tied:
    return _Tied()


def ties_of(ledger: str, patience: float = PATIENCE) -> Ties | Problem | Job:
    """What the records of a ledger do to each other, all that there are; on the way if many are still to be read."""
    following = installation().follow(ledger)
    if following.is_near(None, _INLINE):
        return _follow(ledger, Job())
    job = answering().background.start(("ties", ledger), lambda job: _follow(ledger, job), patience)
    if not job.ended.is_set():
        return job
    if job.fault:
        raise job.fault
    found: Ties | Problem = job.result
    return found


def record_at(ledger: str, number: int, known_at: date | int | None, ties: Ties) -> Found | Problem:
    """The record of an entry, from 1, with what was known of it at a moment."""
    pack = wiring.load_pack(wiring.DEFAULT_PACK)
    if isinstance(pack, Problem):
        return pack
    place = installation().follow(ledger).place(known_at)
    if isinstance(place, Problem):
        return place
    line = installation().ledgers.line(ledger, number - 1) if 1 <= number <= place.size else None
    if line is None:
        hint = f"There are entries 1 to {place.size:,}."
        return Problem(Code.RECORD_UNKNOWN, f"There is no entry {number:,} in the ledger as it is known.", hint)
    return show_record(ties, number - 1, place.size, line, pack)


def number_of(ledger: str, identity: str) -> int | Problem | Job:
    """The entry, from 1, of the record whose id begins with some hex digits, at least eight."""
    ties = ties_of(ledger)
    if not isinstance(ties, Ties):
        return ties
    wanted = identity.lower()
    fits = _LEAST_DIGITS <= len(wanted) <= _DIGITS and not wanted.strip("0123456789abcdef")
    found = [index for one, index in list(ties.by_id.items()) if fits and one.hex().startswith(wanted)]
    if len(found) != 1:
        hint = "Write a record's id, or at least its first eight digits and so many that only one begins with them."
        return Problem(Code.RECORD_UNKNOWN, f"No single record has an id that begins with “{identity[:40]}”.", hint)
    return found[0] + 1


def _follow(ledger: str, job: Job) -> Ties | Problem:
    followed = installation().followed
    following = followed.follow(ledger)
    loaded = following.known(None, job.tell)
    if isinstance(loaded, Problem):
        return loaded
    followed.trim()
    tied = _tied()
    with tied.lock:
        by, ties = tied.ties.get(ledger, (following, Ties()))
        if by is not following:
            ties = Ties()
        tied.ties[ledger] = (following, ties)
        # What is tied holds records: it goes with the ledger that is followed no longer.
        tied.ties = {name: one for name, one in tied.ties.items() if name == ledger or followed.is_held(one[0])}
        if loaded.size > len(ties.counters):
            ties.follow(loaded.records)
        return ties
