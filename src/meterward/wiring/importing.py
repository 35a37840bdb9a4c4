"""Imports in the browser: a file that waits with somebody is read and compared in the background, then told.

What a file is compared with, and the lines that tell of it, are the importer's (`meterward.wiring.importers`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import SEEK_END
from typing import TYPE_CHECKING, BinaryIO, cast

from meterward.adapters.inventories.any_format import LARGEST
from meterward.adapters.watched_file import WatchedFile
from meterward.core.base.problem import Code, Problem
from meterward.usecases.append_record import Appended
from meterward.usecases.head_columns import headed
from meterward.wiring.answering import PATIENCE
from meterward.wiring.appending import append
from meterward.wiring.importers import IMPORTERS
from meterward.wiring.importers.importer import Compared, Given, Taken
from meterward.wiring.installed import answering, installation
from meterward.wiring.recent import Recent
from meterward.wiring.store import head_of
from meterward.wiring.weighing import said_weakly

if TYPE_CHECKING:
    from meterward.adapters.background import Job
    from meterward.core.access import Caller
    from meterward.usecases.head_columns import Headed
    from meterward.usecases.ports import DraftKept, Head
    from meterward.wiring.importers.importer import Act, Importer, Importing

__all__ = ["LARGEST"]
_MOST_KEPT = 8
_STEPS, _READ, _DRAWN = 100, 70, 85
"""How far the work has come when the file is read, and when it is understood, of how much."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file comes to, beside what the ledger tells so far."""

    taken: Taken
    tables: tuple[Headed, ...]
    size: int
    """How many entries the ledger had."""

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the file."""
        return [] if isinstance(self.taken.result, Compared) else self.taken.result

    @property
    def compared(self) -> Compared | None:
        """How it differs, if it could be compared."""
        return self.taken.result if isinstance(self.taken.result, Compared) else None

    @property
    def is_bill(self) -> bool:
        """Whether the file is a bill of materials."""
        return self.taken.source == "cyclonedx"


@cache
def _looked() -> Recent[Looked]:
    return Recent(_MOST_KEPT)


@cache
def _telling() -> Recent[Job]:
    return Recent(50)


def importer_of(draft: DraftKept) -> Importer:
    """The importer that a draft is for."""
    return IMPORTERS[draft.kind]


def look(draft: DraftKept, wanted: Importing) -> Looked | Job | list[Problem]:
    """What a file comes to; on the way if that takes long."""
    head = head_of(installation().ledgers, draft.ledger)
    if isinstance(head, Problem):
        return [head]
    key = _key(head, draft.kind, wanted)
    if kept := _looked().get(key):
        return kept

    def work(job: Job) -> None:
        _looked().keep(key, _look(head, importer_of(draft), wanted, job))

    job = answering().background.start(("import", *key), work, PATIENCE)
    if job.fault and not job.cancelled:
        raise job.fault
    return _looked().get(key) or job


def act_of(draft: DraftKept, wanted: Importing, found: Looked) -> Act | list[Problem]:
    """The lines that tell a difference, or why they may not be told."""
    head = head_of(installation().ledgers, draft.ledger)
    if isinstance(head, Problem):
        return [head]
    return importer_of(draft).act(head, wanted, draft.owner, found.taken)


def tell(draft: DraftKept, wanted: Importing, seen: str, caller: Caller) -> Job:
    """Append what a file changes, if that is still what somebody saw: everything or nothing, and once."""

    def work(job: Job) -> Appended | list[Problem]:
        head = head_of(installation().ledgers, draft.ledger)
        if isinstance(head, Problem):
            return [head]
        found = _looked().get(_key(head, draft.kind, wanted)) or _look(head, importer_of(draft), wanted, job)
        if found.compared is None or found.compared.mark != seen:
            return found.problems or [_moved()]
        act = act_of(draft, wanted, found)
        job.tell(_STEPS, _STEPS)
        if isinstance(act, list):
            return act
        weak = next((one for line in act.lines for one in said_weakly(draft.ledger, [line], caller)), None)
        return [weak] if weak else _append(draft, act, found.size)

    return _telling().keep(draft.id, answering().background.start(("tell", draft.id), work, PATIENCE))


def _append(draft: DraftKept, act: Act, size: int) -> Appended | list[Problem]:
    done = append(draft.ledger, act.lines, draft.id, after=size)
    if not isinstance(done, Appended):
        return act.placed(done)
    installation().drafts.discard(draft.id)
    return done


def telling(draft: str) -> Job | None:
    """The telling of an import that is under way, or ended and was not heard of yet."""
    return _telling().get(draft)


def heard(draft: str) -> None:
    """Forget how the telling of an import ended."""
    _telling().forget(draft)


def _moved() -> Problem:
    message = "The ledger tells something else since you looked, or the file is read otherwise now."
    return Problem(Code.LEDGER_MOVED, message, "Nothing was appended. Look at what differs now, and tell that.")


def _look(head: Head, importer: Importer, wanted: Importing, job: Job) -> Looked:
    job.tell(0, _STEPS)
    given = installation().blobs.open(wanted.file)
    if given is None:
        gone = Problem(Code.FILE_MISSING, "The file waits here no longer.", "Choose it once more.")
        return Looked(Taken("", (), [gone]), (), head.size)
    with given as file:
        size = max(1, file.seek(0, SEEK_END))
        file.seek(0)
        watched = WatchedFile(file, lambda place: job.tell(min(_READ, _READ * place // size), _STEPS))
        was_read = lambda: job.tell(_DRAWN, _STEPS)  # noqa: E731 - heard once, by the importer
        taken = importer.take(Given(installation(), head, wanted, cast("BinaryIO", watched), was_read))
    mapping = wanted.mapping_of(taken.tables)
    tables = tuple(headed(one, mapping, importer.layout) for one in taken.tables if one.headers)
    return Looked(taken, tables, head.size)


def _key(head: Head, kind: str, wanted: Importing) -> tuple[str, int, str]:
    """All that a look depends on: the ledger as it stands, the file, and how it is read. Not who may be told of it."""
    # The peaks of the tree stand for every record.
    said = repr((head.peaks, kind, wanted._replace(note="", role="", typed={})))
    return head.ledger, head.size, sha256(said.encode()).hexdigest()
