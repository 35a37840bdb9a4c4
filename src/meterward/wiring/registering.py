"""The risk register of a ledger beside a file of it: compared, told in the ledger, and written to files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from meterward.adapters.files import write_folder
from meterward.adapters.inventories.any_format import AnyFormat
from meterward.adapters.inventories.write_register import write_register
from meterward.adapters.memory import at_rest
from meterward.adapters.salts import fresh_salt
from meterward.core.base.days import in_words
from meterward.core.base.problem import Code, Problem
from meterward.core.facts.index import Index
from meterward.core.facts.reader import Reader
from meterward.core.records.roles import Role
from meterward.usecases.append_record import Appended
from meterward.usecases.compare_register import RegisterDifference, against, compare_register, lines_of, placed
from meterward.usecases.read_register import RegisterRead, read_register
from meterward.usecases.register_columns import LAYOUT
from meterward.usecases.register_rows import KINDS, Told, register_told, together
from meterward.usecases.say_lines import Saying
from meterward.wiring.bringing import (
    Author,
    Telling,
    as_it_is,
    attached,
    author_of,
    licences_for,
    mapping_in,
    statement_of,
)
from meterward.wiring.describing import system_told
from meterward.wiring.store import licensee_of, within

if TYPE_CHECKING:
    from collections.abc import Mapping

    from meterward.core.base.canonical import Json
    from meterward.usecases.append_record import Line
    from meterward.usecases.compare_register import Change
    from meterward.usecases.ports import Head
    from meterward.usecases.ports.inventories import ColumnMapping, Tables
    from meterward.wiring.installed import Installation

_NOBODY: Mapping[str, Json] = {"person": "p-00", "organisation": "nobody"}
"""Stands for whoever will say it, where a file is only looked at."""


class Wanted(NamedTuple):
    """What is to be imported: which file, into which ledger, as of which day, and who says so; nobody only looks."""

    licensee: str
    file: Path
    day: date
    mapping: Path | None = None
    sign_in: str = ""
    licences: tuple[str, ...] = ()


class Registered(NamedTuple):
    """How a file differs from the register; and, once that was appended, which entries tell it."""

    read: RegisterRead
    difference: RegisterDifference
    source: str
    appended: Appended | None = None


def register_from(home: Path, wanted: Wanted) -> Registered | list[Problem]:
    """Compare a file with the register of a ledger and, if somebody says so, append the difference: all or none."""
    with at_rest():
        done = within(home, lambda store: _compared(store, wanted))
    return [done] if isinstance(done, Problem) else done


class Asked(NamedTuple):
    """Of which register files are written: of which ledger and licences, all if none is named, and of which day."""

    licensee: str
    day: date
    licences: tuple[str, ...] = ()


def write_files(home: Path, asked: Asked, form: str, folder: Path) -> list[str] | list[Problem]:
    """Write the register of a ledger on a day into a new folder; the names of the files."""
    found = within(home, lambda store: _files(store, asked, form))
    if isinstance(found, Problem):
        return [found]
    if wrong := write_folder(folder, found):
        hint = "Name a folder that is not there yet, in one that is and has room."
        return [Problem(Code.FILE_UNWRITABLE, f"“{folder}” cannot be written: {wrong}.", hint)]
    return sorted(found)


def _files(store: Installation, asked: Asked, form: str) -> Mapping[str, bytes] | Problem:
    head = licensee_of(store.ledgers, asked.licensee)
    if isinstance(head, Problem):
        return head
    licences = licences_for(store, head, asked.licences)
    if isinstance(licences, Problem):
        return licences
    told = together([_told(store, head, licence, asked.day) for licence in licences])
    if not any(told.rows.values()):
        hint = "“meterward risk import” tells of it from a file."
        what = f"Nothing stands in the risk register of {asked.licensee} on {in_words(asked.day)}."
        return Problem(Code.RECORD_UNKNOWN, what, hint)
    return write_register(told, asked.licensee, form)


def _told(store: Installation, head: Head, licence: str, day: date) -> Told:
    """The register as a licence has it. The texts of all its records are read in one go."""
    records = [*store.ledgers.records_of(head.ledger, KINDS)]
    index = Index(licence)
    for record in records:
        index.append(record)
    places = [one.index for one in records if one.kind.name in KINDS]
    wanted, first = frozenset(places), min(places, default=0)
    texts: dict[int, Mapping[str, str]] = {}
    if places:
        for place, line in enumerate(store.ledgers.lines(head.ledger, first, max(places) + 1), first):
            text = line.get("text")
            if place in wanted and isinstance(text, dict):
                texts[place] = {name: str(said) for name, said in text.items()}
    return register_told(Reader(index), lambda record: texts.get(record.index, {}), day)


def _compared(store: Installation, wanted: Wanted) -> Registered | list[Problem]:
    head = licensee_of(store.ledgers, wanted.licensee)
    if isinstance(head, Problem):
        return [head]
    licences = licences_for(store, head, wanted.licences)
    file = licences if isinstance(licences, Problem) else as_it_is(wanted.file)
    if isinstance(licences, Problem) or isinstance(file, Problem):
        return [problem for problem in (licences, file) if isinstance(problem, Problem)][:1]
    wanted = wanted._replace(licences=licences)
    mapping = mapping_in(wanted.mapping, LAYOUT) if wanted.mapping else None
    tables = mapping if isinstance(mapping, list) else AnyFormat().tables(file, wanted.file.name)
    if isinstance(mapping, list) or isinstance(tables, list):
        return [one for one in tables if isinstance(one, Problem)]
    return _differing(store, head, wanted, (tables, mapping, file))


def _differing(
    store: Installation, head: Head, wanted: Wanted, found: tuple[Tables, ColumnMapping | None, BinaryIO]
) -> Registered | list[Problem]:
    tables, mapping, file = found
    differs = differing(store, head, wanted, tables, mapping)
    if isinstance(differs, list):
        return differs
    read, difference = differs
    if not wanted.sign_in or not difference.changes:
        return Registered(read, difference, tables.source)
    done = _append(store, head, wanted, (difference, file))
    return Registered(read, difference, tables.source, done) if isinstance(done, Appended) else done


def differing(
    store: Installation, head: Head, wanted: Telling, tables: Tables, mapping: ColumnMapping | None
) -> tuple[RegisterRead, RegisterDifference] | list[Problem]:
    """How the tables of a file differ from the register as each of some licences has it, or what is wrong with them."""
    every = {licence: _told(store, head, licence, wanted.day) for licence in wanted.licences}
    told = every[wanted.licences[0]]
    if apart := _apart(every):
        return [apart]
    read = read_register(tables, mapping, told.scales)
    if isinstance(read, list):
        return read
    elements = system_told(store, head, wanted.licences[0]).told(wanted.day).elements
    difference = compare_register(told, read, elements)
    if isinstance(difference, list):
        return difference
    looked = lines_of(difference, [_looking(head, wanted, one) for one in difference.changes])
    return against(difference, looked) or (read, difference)


def _apart(every: Mapping[str, Told]) -> Problem | None:
    """Why a file cannot be compared with several licences at once: one act says one difference."""
    licence, told = next(iter(every.items()))
    for other, there in every.items():
        if _said(there) != _said(told):
            what = f"The register of {licence} is not that of {other}."
            return Problem(Code.SYSTEM_APART, what, "Import the file for each licence by itself.")
    return None


def _said(told: Told) -> tuple[object, ...]:
    """All that a file is compared with: what the rows say, and the scales."""
    rows = [{name: row.values for name, row in there.items()} for there in told.rows.values()]
    return rows, told.scales.record.id if told.scales else None, told.known


def _looking(head: Head, wanted: Telling, change: Change) -> Saying:
    role = Role.SENIOR_MANAGER if _accepts(change) else Role.SECURITY_MANAGER
    statement: dict[str, Json] = {
        "licensee": head.keeper,
        "licences": [*wanted.licences],
        "occurred": wanted.day.isoformat(),
        "actor": {**_NOBODY, "organisation": head.keeper, "role": role.value},
    }
    return _saying(statement, {})


def _saying(statement: Mapping[str, Json], files: Mapping[str, Json]) -> Saying:
    return Saying(statement, "", lambda: (fresh_salt(), fresh_salt()), files=files)


def _accepts(change: Change) -> bool:
    return change.facts.get("option") == "retain" and "risk" in change.facts


def _append(
    store: Installation, head: Head, wanted: Wanted, found: tuple[RegisterDifference, BinaryIO]
) -> Appended | list[Problem]:
    from meterward.wiring.appending import append  # noqa: PLC0415 - rows can be loaded only within a store

    difference, file = found
    author = author_of(store, head, wanted.sign_in, "risks are recorded")
    if isinstance(author, Problem):
        return [author]
    if problems := _not_theirs(difference, author):
        return problems
    files = attached(head, author.person, wanted.file.name, file)
    if isinstance(files, Problem):
        return [files]
    lines = said_by(head, wanted, author, difference, files)
    done = lines if isinstance(lines, list) else append(head.ledger, lines, after=head.size)
    return done if isinstance(done, Appended) else placed(difference, done)


def said_by(
    head: Head, wanted: Telling, author: Author, difference: RegisterDifference, files: Mapping[str, Json]
) -> tuple[Line, ...] | list[Problem]:
    """The lines that tell a difference, as their author says them; or what of it is not theirs to say."""
    if problems := _not_theirs(difference, author):
        return problems
    said = [_saying(statement_of(head, wanted, author.person, _role(author, one)), files) for one in difference.changes]
    return tuple(lines_of(difference, said))


def _role(author: Author, change: Change) -> Role:
    """Only senior management accepts a risk; all else is said in the role that comes first."""
    return Role.SENIOR_MANAGER if _accepts(change) else author.role


def _not_theirs(difference: RegisterDifference, author: Author) -> list[Problem]:
    """Acceptances by somebody who is no senior manager, each at its row."""
    if Role.SENIOR_MANAGER in author.roles:
        return []
    what = f"“{author.person.sign_in}” is no {Role.SENIOR_MANAGER.value}, and only one accepts a risk."
    hint = "Let a senior manager import it, or leave the acceptance out."
    accepted = [one for one in difference.changes if _accepts(one)]
    return [replace(one.place, code=Code.ROLE_NOT_HELD, message=what, hint=hint) for one in accepted]
