"""Imports in the browser: a file that waits with somebody is read and compared in the background, then told."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from io import SEEK_END
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from meterward.adapters.inventories.any_format import LARGEST, AnyFormat
from meterward.adapters.salts import fresh_salt
from meterward.adapters.watched_file import WatchedFile
from meterward.core.base.problem import Code, Problem
from meterward.core.records.roles import Role
from meterward.core.system.difference import Difference, row_of
from meterward.core.system.model import Drawn, together
from meterward.usecases.append_record import Appended
from meterward.usecases.attach_bill import attach_bill
from meterward.usecases.describe_system import compare_system, lines_of
from meterward.usecases.draw_inventory import draw
from meterward.usecases.head_columns import Headed, fitting, headed
from meterward.usecases.say_lines import Saying
from meterward.wiring.answering import PATIENCE
from meterward.wiring.appending import append
from meterward.wiring.bringing import statement_of
from meterward.wiring.describing import Wanted, system_told
from meterward.wiring.installed import answering, installation
from meterward.wiring.recent import Recent
from meterward.wiring.store import head_of

if TYPE_CHECKING:
    from meterward.adapters.background import Job
    from meterward.usecases.append_record import Line
    from meterward.usecases.ports import DraftKept, Head, PersonKept
    from meterward.usecases.ports.inventories import ColumnMapping, Read, Tables
    from meterward.wiring.imports_kept import Importing

__all__ = ["LARGEST"]
_MOST_KEPT = 8
_STEPS, _READ, _DRAWN = 100, 70, 85
"""How far the work has come when the file is read, and when it is understood, of how much."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file comes to, beside what the ledger tells so far."""

    source: str
    tables: tuple[Headed, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    size: int
    """How many entries the ledger had."""
    before: Drawn = field(default_factory=lambda: Drawn({}))
    difference: Difference | None = None
    mark: str = ""
    """Of what differs: the same while the same differs, whatever else the ledger got."""

    @property
    def is_bill(self) -> bool:
        """Whether the file is a bill of materials."""
        return self.source == "cyclonedx"


@cache
def _looked() -> Recent[Looked]:
    return Recent(_MOST_KEPT)


@cache
def _telling() -> Recent[Job]:
    return Recent(50)


def look(ledger: str, wanted: Importing) -> Looked | Job | list[Problem]:
    """What a file comes to; on the way if that takes long."""
    head = head_of(installation().ledgers, ledger)
    if isinstance(head, Problem):
        return [head]
    key = _key(head, wanted)
    if kept := _looked().get(key):
        return kept

    def work(job: Job) -> None:
        _looked().keep(key, _look(head, wanted, job))

    job = answering().background.start(("import", *key), work, PATIENCE)
    if job.fault and not job.cancelled:
        raise job.fault
    return _looked().get(key) or job


def lines_for(ledger: str, wanted: Importing, owner: PersonKept, found: Looked) -> list[Line]:
    """The lines that tell a difference."""
    head = installation().ledgers.head(ledger)
    if head is None or found.difference is None:
        return []
    saying_of = Wanted(head.licensee, Path(wanted.name), wanted.day, licences=wanted.licences)
    statement = statement_of(head, saying_of, owner, Role(wanted.role))
    saying = Saying(
        statement, found.source, lambda: (fresh_salt(), fresh_salt()), wanted.note, {wanted.name: wanted.file}
    )
    return lines_of(found.difference, saying)


def tell(draft: DraftKept, wanted: Importing, seen: str) -> Job:
    """Append what a file changes, if that is still what somebody saw: everything or nothing, and once."""

    def work(job: Job) -> Appended | list[Problem]:
        head = head_of(installation().ledgers, draft.ledger)
        if isinstance(head, Problem):
            return [head]
        found = _looked().get(_key(head, wanted)) or _look(head, wanted, job)
        if found.difference is None or found.mark != seen:
            return [*found.problems] or [_moved()]
        lines = lines_for(draft.ledger, wanted, draft.owner, found)
        job.tell(_STEPS, _STEPS)
        done = append(draft.ledger, lines, draft.id, after=found.size)
        if isinstance(done, Appended):
            installation().drafts.discard(draft.id)
        return done

    return _telling().keep(draft.id, answering().background.start(("tell", draft.id), work, PATIENCE))


def telling(draft: str) -> Job | None:
    """The telling of an import that is under way, or ended and was not heard of yet."""
    return _telling().get(draft)


def heard(draft: str) -> None:
    """Forget how the telling of an import ended."""
    _telling().forget(draft)


def _mark(found: Difference, before: Drawn) -> str:
    mark = sha256(repr((found.added, found.changed, found.gone)).encode())
    for name in found.added:
        mark.update(repr(row_of(found.now, name)).encode())
    for one in found.changed:
        mark.update(repr((row_of(before, one.name), row_of(found.now, one.name))).encode())
    return mark.hexdigest()


def _moved() -> Problem:
    message = "The ledger tells something else since you looked, or the file is read otherwise now."
    return Problem(Code.LEDGER_MOVED, message, "Nothing was appended. Look at what differs now, and tell that.")


def _look(head: Head, wanted: Importing, job: Job) -> Looked:
    job.tell(0, _STEPS)
    given = installation().blobs.open(wanted.file)
    if given is None:
        gone = Problem(Code.FILE_MISSING, "The file waits here no longer.", "Choose it once more.")
        return Looked("", (), (), (gone,), head.size)
    systems = {licence: system_told(installation(), head, licence) for licence in wanted.licences}
    told = systems[wanted.licences[0]].told(wanted.day)
    with given as file:
        size = max(1, file.seek(0, SEEK_END))
        watched = WatchedFile(file, lambda place: job.tell(min(_READ, _READ * place // size), _STEPS))
        read, tables = _read(cast("BinaryIO", watched), wanted, told)
    job.tell(_DRAWN, _STEPS)
    if isinstance(read, list):
        return Looked(_source(tables), _headed(tables, wanted), (), tuple(read), head.size, told)
    read = _beside(read, told) if wanted.leaves else read
    found = compare_system(systems, wanted.day, read.drawn, read.spaces)
    shown = Looked(read.source, _headed(tables, wanted), read.notes, (), head.size, told)
    if isinstance(found, list):
        return replace(shown, problems=tuple(found))
    return replace(shown, difference=found, mark=_mark(found, told))


def _read(file: BinaryIO, wanted: Importing, told: Drawn) -> tuple[Read | list[Problem], Tables | None]:
    tables = AnyFormat().tables(file, wanted.name)
    file.seek(0)
    if isinstance(tables, list):
        return tables, None
    if tables.source == "cyclonedx":
        bill = AnyFormat().read(file, wanted.name)
        if isinstance(bill, list) or not wanted.element:
            return bill if isinstance(bill, list) else [], tables
        attached = attach_bill(bill, told, wanted.element)
        return ([attached] if isinstance(attached, Problem) else attached), tables
    return draw(tables, _mapping_for(tables, wanted), told.elements), tables


def _mapping_for(tables: Tables, wanted: Importing) -> ColumnMapping:
    return wanted.mapping or fitting(tables.tables, wanted.kept.tables)


def _headed(tables: Tables | None, wanted: Importing) -> tuple[Headed, ...]:
    if tables is None:
        return ()
    mapping = _mapping_for(tables, wanted)
    return tuple(headed(table, mapping) for table in tables.tables if table.headers)


def _source(tables: Tables | None) -> str:
    return tables.source if tables else ""


def _beside(read: Read, told: Drawn) -> Read:
    """What a file tells, beside all that was told of the same sorts: nothing is gone."""
    return read._replace(drawn=together((told, read.drawn)))


def _key(head: Head, wanted: Importing) -> tuple[str, int, str]:
    """All that a look depends on: the ledger as it stands, the file, and how it is read. Not who may be told of it."""
    # The peaks of the tree stand for every record.
    said = repr((head.peaks, wanted._replace(note="", role="", typed={})))
    return head.ledger, head.size, sha256(said.encode()).hexdigest()
