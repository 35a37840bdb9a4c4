"""What an importer is: it reads a file, compares it with what was told, and says the lines that tell the difference.

How a file is sent, mapped, looked at in the background and told once is the same for all:
`meterward.wiring.importing`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol

from meterward.core.base.problem import Problem
from meterward.present.import_rows import Differs
from meterward.usecases.append_record import Line
from meterward.usecases.head_columns import fitting
from meterward.usecases.ports import Head, PersonKept
from meterward.usecases.ports.inventories import ColumnMapping, Table
from meterward.wiring.installed import Installation

if TYPE_CHECKING:
    from meterward.core.records.kind import Kind
    from meterward.usecases.map_columns import Layout


class Importing(NamedTuple):
    """What somebody wants to import, as their draft keeps it."""

    file: str
    """The digest of the file."""
    name: str
    day: date
    licences: tuple[str, ...]
    role: str
    element: str = ""
    """Whose bill of materials the file is, if it is one."""
    leaves: bool = False
    """Whether what the file leaves out stays as it was told; else it is gone."""
    note: str = ""
    mapping: ColumnMapping | None = None
    """How its columns are read, as somebody said; None while nobody did."""
    kept: ColumnMapping = ColumnMapping(())
    """How columns of earlier files were read, which counts while nobody said."""
    typed: Mapping[str, str] = MappingProxyType({})
    """What somebody said while the file was being read once more; it is heeded as soon as that is done."""

    def mapping_of(self, tables: Sequence[Table]) -> ColumnMapping:
        """How the tables of the file are read: as somebody said, else as earlier files were."""
        return self.mapping or fitting(tables, self.kept.tables)


class Says(NamedTuple):
    """How the pages of an importer put it."""

    section: str
    """Where it belongs in the menu, and in addresses."""
    macros: str
    """The template that has the tabs of the section."""
    sub: str
    day: str
    """What the day means, in a sentence."""
    reads: tuple[tuple[str, str], ...]
    """What can be read, each with what is to be known of it."""
    accept: str
    """Endings of the names of files."""
    home: tuple[str, str]
    """Where somebody goes when there is nothing to tell: the address, and the words of the link."""
    compared: str
    """With what a file is compared."""
    whole: bool = True
    """Whether a file may list all that there is, so that what it leaves out is gone."""
    noted: bool = True
    """Whether the act has a note of its own."""


class Given(NamedTuple):
    """A file to be compared, and with what."""

    store: Installation
    head: Head
    wanted: Importing
    file: BinaryIO
    was_read: Callable[[], None]
    """Hears when the file is read, and is only to be understood."""


class Compared(NamedTuple):
    """How a file differs from what was told so far."""

    found: Any
    """What the importer makes lines of."""
    differs: Differs
    mark: str
    """Of what differs: the same while the same differs, whatever else the ledger got."""


class Taken(NamedTuple):
    """What an importer makes of a file: its tables as far as they are asked about, and how it differs or why not."""

    source: str
    tables: Sequence[Table]
    result: Compared | list[Problem]
    notes: tuple[str, ...] = ()
    whose: Mapping[str, str] = MappingProxyType({})
    """Of a bill of materials: whose it can be, by name, and what each is called."""


class Act(NamedTuple):
    """The lines that tell a difference, and where a problem of one of them is to be mended."""

    lines: list[Line]
    placed: Callable[[list[Problem]], list[Problem]] = lambda problems: problems


class Importer(Protocol):
    """An importer of files of one sort; `meterward.wiring.importers` lists them."""

    kind: Kind[Any]
    """Whoever may append it may import."""
    layout: Layout
    says: Says

    def take(self, given: Given) -> Taken:
        """What a file comes to beside what the ledger tells so far."""

    def act(self, head: Head, wanted: Importing, owner: PersonKept, taken: Taken) -> Act | list[Problem]:
        """The lines that tell how a file differs, or why its owner may not tell them."""
