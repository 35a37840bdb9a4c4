"""Inventories: what a supplier has of its system in files of its own, as tables, and as what they come to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, BinaryIO, Literal, NamedTuple, Protocol, TypeAlias

from meterward.core.system.model import Drawn

if TYPE_CHECKING:
    from collections.abc import Collection

    from meterward.core.base.problem import Problem

Source: TypeAlias = Literal["csv", "xlsx", "cyclonedx", "otm", "threagile"]
"""What an inventory was taken from, as `system.described` names it."""


class Columns(NamedTuple):
    """How the columns of one table are read."""

    space: str
    """What a row is: element, link or population."""
    columns: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    """The fields that a column gives, by its header; if there are none, they are guessed."""
    fill: Mapping[str, str] = MappingProxyType({})
    """What a field is where no column, or an empty cell, says it."""
    words: Mapping[str, Mapping[str, str]] = MappingProxyType({})
    """For a field, what words of the file mean; an empty meaning says nothing."""
    table: str = ""
    """The title of the sheet that it is for; any, if empty."""


class ColumnMapping(NamedTuple):
    """How the tables of a file are read: to be kept, and given again with the next file of the sort."""

    tables: tuple[Columns, ...]


class Row(NamedTuple):
    """A row of a table: its line or its path in the file, and a text for each header, empty where there is none."""

    cells: tuple[str, ...]
    line: int = 0
    path: str = ""


class Table(NamedTuple):
    """Things of one sort as a file has them, before anything is understood."""

    file: str
    headers: tuple[str, ...]
    rows: Sequence[Row]
    title: str = ""
    """What the sheet is called, or the list in the file."""
    space: str = ""
    """Elements, links or populations, where the format says so; else the headers have to tell."""

    @property
    def name(self) -> str:
        """The table, as a problem names its place."""
        return f"{self.file}, {self.title}" if self.title else self.file


class Tables(NamedTuple):
    """All tables of a file, and what is to be known of how it was read."""

    source: Source
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = ()


class Component(NamedTuple):
    """A software component of a bill of materials. It goes to whoever asked, never into facts."""

    name: str
    version: str
    purl: str
    cpe: str = ""
    supplier: str = ""


class Bill(NamedTuple):
    """A bill of materials of one element: the digest of the file, and the components that it lists."""

    digest: str
    components: tuple[Component, ...]


class Read(NamedTuple):
    """What an inventory comes to."""

    source: Source
    drawn: Drawn
    spaces: frozenset[str]
    """The namespaces that the file tells of: what it leaves out of these may be gone; of the others it says nothing."""
    notes: tuple[str, ...] = ()
    bill: Bill | None = None
    """Only of a bill of materials, which draws nothing by itself."""


class Inventories(Protocol):
    """Reads inventories, and writes them. What a file is, its content says; a name alone decides nothing."""

    def tables(self, file: BinaryIO, name: str) -> Tables | list[Problem]:
        """The tables of a file, to look at and to map."""

    def read(
        self, file: BinaryIO, name: str, mapping: ColumnMapping | None = None, known: Collection[str] = ()
    ) -> Read | list[Problem]:
        """What a file comes to, whole, or every problem (the first hundred, and how many more).

        `known` are elements that are told of already, to which links, populations and parts may refer.
        """

    def write(self, drawn: Drawn, source: str, name: str) -> Mapping[str, bytes] | list[Problem]:
        """The files, by name, that tell a system in a format; a table in the documents says what each cannot tell."""
