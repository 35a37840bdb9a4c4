"""Threats matched from the pages: files compared with the system in the background, looked at, and then told."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from meterward.adapters.background import Job
from meterward.adapters.memory import at_rest
from meterward.adapters.threats.any_source import AnySource
from meterward.adapters.threats.kept import Kept, read, written
from meterward.adapters.trays import LASTS, found_in, keep, put
from meterward.core.base.problem import Code, Problem
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.records.kinds import threats_matched
from meterward.core.records.roles import Role
from meterward.usecases.append_record import Appended
from meterward.usecases.operator_statement import licences_of
from meterward.wiring import today
from meterward.wiring.bench import Bench, Work, without_places
from meterward.wiring.filing import clean_name
from meterward.wiring.installed import installation
from meterward.wiring.matching import beside_system, has_moved, saying
from meterward.wiring.matching import tell as append_matches
from meterward.wiring.recent import Recent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from meterward.core.records.record import Record
    from meterward.usecases.ports import Head, PersonKept

__all__ = ["BENCH", "LASTS", "Matching", "Saying", "Sent", "again", "begin", "last_told", "matching", "tell"]
FOLDER = "matched"
BENCH = Bench("comparison", "threats", FOLDER, "matched")
_READ, _PERCENT = 60, 100
_MOST_KEPT = 4


class Sent(NamedTuple):
    """A file that somebody sends: what it is called, and what it has, in pieces."""

    name: str
    pieces: Iterable[bytes]


class Saying(NamedTuple):
    """How matches are told: which comparison somebody saw, in which role, and where the data came from."""

    seen: str
    role: Role
    note: str


class Matching(NamedTuple):
    """How far somebody's comparison is: under way, why it came to nothing, or what was found."""

    under_way: Job | None = None
    problems: list[Problem] | None = None
    kept: Kept | None = None
    moved: bool = False
    """Whether the ledger tells something since that what was found rests on."""


@cache
def _recent() -> Recent[Kept]:
    return Recent(_MOST_KEPT)


def begin(ledger: str, person: PersonKept, files: Sequence[Sent], as_at: date) -> list[Problem] | None:
    """Begin to compare files with the system of a day that has come."""
    if as_at > today():
        what = f"{as_at} has not come, and only what was is recorded."
        return [Problem(Code.DAY_INVALID, what, "Name a day that has come.", "as_at")]
    return BENCH.begin(ledger, person, lambda tray: _fill(tray, files), _work(ledger, as_at))


def again(ledger: str, person: PersonKept) -> list[Problem] | None:
    """Compare the same files once more, with the system as it is told now."""
    kept = _kept_in(BENCH.tray(ledger, person))
    return BENCH.again(ledger, person, _work(ledger, kept.compared[0].as_at)) if kept else None


def matching(ledger: str, person: PersonKept) -> Matching:
    """How far somebody's comparison is. A fault while it was made is raised here."""
    stand = BENCH.stand(ledger, person)
    kept = _kept_in(stand.tray)
    moved = kept is not None and has_moved(installation(), _head(ledger), kept.size)
    return Matching(stand.under_way, stand.problems, kept, moved)


def last_told(ledger: str) -> list[Record[threats_matched.ThreatsMatched]]:
    """The last comparison of each source that the ledger tells of, the latest first; of several parts the last."""
    store = installation()
    index = Index(licences_of(store.ledgers, _head(ledger))[0])
    for record in store.ledgers.records_of(ledger, (threats_matched.KIND.name,)):
        index.append(record)
    last = {one.facts.source: one for one in Reader(index).all(threats_matched.KIND)}
    return sorted(last.values(), key=lambda one: (one.occurred, one.index), reverse=True)


def tell(ledger: str, person: PersonKept, said: Saying) -> Appended | list[Problem] | None:
    """Append what somebody found, a record for each source, in one act; None if nothing lies here."""
    tray = BENCH.tray(ledger, person)
    kept = _kept_in(tray)
    if tray is None or kept is None:
        return None
    if kept.name != said.seen:
        return [BENCH.other()]
    store, head = installation(), _head(ledger)
    if has_moved(store, head, kept.size):
        return [_moved()]
    author = saying(store, head, person, said.role)
    done = append_matches(head, kept.compared, author, said.note, kept.name, head.size)
    if not isinstance(done, Appended):
        return [without_places(one, _places(tray)) for one in done]
    BENCH.discard(ledger, person)
    return done


def _moved() -> Problem:
    what = "The ledger tells something else of the system, its risks or its threats since your files were compared."
    return Problem(Code.LEDGER_MOVED, what, "Nothing was appended. Compare them again, and append what is found then.")


def _fill(tray: Path, files: Sequence[Sent]) -> list[Problem] | None:
    """Each file in a folder of its own: two may be called the same."""
    names = [clean_name(one.name) for one in files]
    if wrong := [one for one in names if isinstance(one, Problem)]:
        return wrong
    for place, (name, one) in enumerate(zip(names, files, strict=True)):
        put(tray, f"{place:04}/{name}", one.pieces)
    return None


def _work(ledger: str, as_at: date) -> Work:
    def work(job: Job, tray: Path) -> list[Problem] | None:
        with at_rest():
            found = _compare(job, tray, ledger, as_at)
        if isinstance(found, Kept):
            said = written(found)
            keep(tray, said)
            _recent().keep(tray, read(said))
            return None
        return [without_places(one, _places(tray)) for one in found]

    return work


def _compare(job: Job, tray: Path, ledger: str, as_at: date) -> Kept | list[Problem]:
    job.tell(0, _PERCENT)
    paths = sorted(tray.glob("*/*"))
    files = {path.name: place for place, path in enumerate(paths)}

    def hear(name: str) -> None:
        job.tell(max(job.done, _READ * files.get(name, 0) // len(paths)), _PERCENT)

    told = AnySource().read(paths, hear)
    if isinstance(told, list):
        return told
    head = _head(ledger)
    rest = _PERCENT - _READ
    found = beside_system(
        installation(), head, as_at, told, lambda share: job.tell(_READ + int(rest * share), _PERCENT)
    )
    return found if isinstance(found, list) else Kept(job.name, head.size, found.compared, found.without_bill)


def _kept_in(tray: Path | None) -> Kept | None:
    if tray is None:
        return None
    if kept := _recent().get(tray):
        return kept
    said = found_in(tray)
    return _recent().keep(tray, read(said)) if said else None


def _places(tray: Path) -> dict[str, str]:
    return {f"{folder}/": "" for folder in tray.glob("*")}


def _head(ledger: str) -> Head:
    head = installation().ledgers.head(ledger)
    if head is None:
        raise LookupError(ledger)
    return head
