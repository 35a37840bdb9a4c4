"""The system of a ledger beside a file that tells of it: compared, told in the ledger, and written to files."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from meterward.adapters.files import write_folder
from meterward.adapters.inventories.any_format import AnyFormat
from meterward.adapters.memory import at_rest
from meterward.adapters.salts import fresh_salt
from meterward.core.base.days import in_words
from meterward.core.base.problem import Code, Problem
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.records.kinds import element_declared, system_described
from meterward.core.system.difference import Difference
from meterward.core.system.model import Drawn, System, system, together
from meterward.usecases.append_record import Appended
from meterward.usecases.attach_bill import attach_bill
from meterward.usecases.describe_system import compare_system, lines_of
from meterward.usecases.operator_statement import licences_of
from meterward.usecases.ports.inventories import Read
from meterward.usecases.say_lines import Saying
from meterward.wiring.bringing import as_it_is, attached, author_of, licences_for, mapping_in, statement_of
from meterward.wiring.store import licensee_of, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.usecases.ports import Head
    from meterward.wiring.installed import Installation

_KINDS = (element_declared.KIND.name, system_described.KIND.name)
_PIECE = 2**20
NO_PLACE = {
    "otm": "populations",
    "threagile": "populations",
    "cyclonedx": "all but the bills of materials that were attached",
}
"""What a format has no place for, so that it is not in the files."""


class Wanted(NamedTuple):
    """What is to be imported: which file, into which ledger, as of which day, and who says so; nobody only looks."""

    licensee: str
    file: Path
    day: date
    mapping: Path | None = None
    element: str = ""
    """Whose bill of materials the file is, if it is one."""
    sign_in: str = ""
    note: str = ""
    licences: tuple[str, ...] = ()
    """Of which licences it is told; of all that the ledger has, if none is named."""


class Described(NamedTuple):
    """How a file differs from what was told so far; and, once that was appended, which entries tell it."""

    read: Read
    difference: Difference
    appended: Appended | None = None


def describe(home: Path, wanted: Wanted) -> Described | list[Problem]:
    """Compare a file with the system of a ledger and, if somebody says so, append the difference: all or none."""
    with at_rest():
        done = within(home, lambda store: _describe(store, wanted))
    return [done] if isinstance(done, Problem) else done


def write_system(home: Path, licensee: str, day: date, form: str, folder: Path) -> list[str] | list[Problem]:
    """Write the files that tell the system of a ledger on a day in a format into a new folder; their names."""
    files = _files(home, licensee, day, form)
    if isinstance(files, list):
        return files
    if wrong := write_folder(folder, files):
        hint = "Name a folder that is not there yet, in one that is and has room."
        return [Problem(Code.FILE_UNWRITABLE, f"“{folder}” cannot be written: {wrong}.", hint)]
    return sorted(files)


def _files(home: Path, licensee: str, day: date, form: str) -> Mapping[str, bytes] | list[Problem]:

    def work(store: Installation) -> Mapping[str, bytes] | list[Problem]:
        head = licensee_of(store.ledgers, licensee)
        if isinstance(head, Problem):
            return [head]
        told = together(system_told(store, head, one).on(day) for one in licences_of(store.ledgers, head))
        if not any(told):
            hint = "“meterward system import” tells of it from a file."
            return [
                Problem(Code.RECORD_UNKNOWN, f"Nothing is told of the system of {licensee} on {in_words(day)}.", hint)
            ]
        return _bills(head.ledger, told) if form == "cyclonedx" else AnyFormat().write(told, form, licensee)

    done = within(home, work)
    return [done] if isinstance(done, Problem) else done


def _bills(ledger: str, told: Drawn) -> Mapping[str, bytes] | list[Problem]:
    """The bills of materials that elements name, as they were attached, byte by byte; each under its element's name."""
    from meterward.wiring.filing import give  # noqa: PLC0415 - rows can be loaded only within a store

    files: dict[str, bytes] = {}
    for name, element in told.elements.items():
        given = give(ledger, element.bill) if element.bill else None
        if given:
            with given[1] as file:
                files[f"{name.partition('/')[2].replace('/', '-')}.cdx.json"] = file.read()
    if files:
        return files
    hint = "“meterward system import BILL --bill-of element/…” attaches one."
    return [Problem(Code.RECORD_UNKNOWN, f"No element of {ledger} has a bill of materials that is kept here.", hint)]


def _describe(store: Installation, wanted: Wanted) -> Described | list[Problem]:
    head = licensee_of(store.ledgers, wanted.licensee)
    if isinstance(head, Problem):
        return [head]
    licences = licences_for(store, head, wanted.licences)
    if isinstance(licences, Problem):
        return [licences]
    file = as_it_is(wanted.file)
    return [file] if isinstance(file, Problem) else _compared(store, head, wanted._replace(licences=licences), file)


def _compared(store: Installation, head: Head, wanted: Wanted, file: BinaryIO) -> Described | list[Problem]:
    known = {licence: system_told(store, head, licence) for licence in wanted.licences}
    read = _read(wanted, file, known[wanted.licences[0]].told(wanted.day))
    if isinstance(read, list):
        return read
    difference = compare_system(known, wanted.day, read.drawn, read.spaces)
    if isinstance(difference, list):
        return difference
    if not wanted.sign_in or not difference.names:
        return Described(read, difference)
    done = _append(store, head, wanted, (read, difference, file))
    return Described(read, difference, done) if isinstance(done, Appended) else done


def system_told(store: Installation, head: Head, licence: str) -> System:
    """The system as a licence has it."""
    index = Index(licence)
    for record in store.ledgers.records_of(head.ledger, _KINDS):
        index.append(record)
    return system(Reader(index))


def _read(wanted: Wanted, file: BinaryIO, told: Drawn) -> Read | list[Problem]:
    mapping = mapping_in(wanted.mapping) if wanted.mapping else None
    if isinstance(mapping, list):
        return mapping
    found = AnyFormat().read(file, wanted.file.name, mapping, told.elements)
    if isinstance(found, list) or not (wanted.element or found.bill):
        return found
    attached = attach_bill(found, told, wanted.element)
    return [attached] if isinstance(attached, Problem) else attached


def _append(
    store: Installation, head: Head, wanted: Wanted, found: tuple[Read, Difference, BinaryIO]
) -> Appended | list[Problem]:
    from meterward.wiring.appending import append  # noqa: PLC0415 - rows can be loaded only within a store

    read, difference, file = found
    author = author_of(store, head, wanted.sign_in, "the system is described")
    if isinstance(author, Problem):
        return [author]
    files = attached(head, author.person, wanted.file.name, file)
    if isinstance(files, Problem):
        return [files]
    statement = statement_of(head, wanted, author.person, author.role)
    saying = Saying(statement, read.source, lambda: (fresh_salt(), fresh_salt()), wanted.note, files)
    return append(head.ledger, lines_of(difference, saying), after=head.size)
