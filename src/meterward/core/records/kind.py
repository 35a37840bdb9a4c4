"""A kind of record, declared once: facts, text, constraints, help, and who may append it.

From the declaration come validation, the template, the documentation and (later) forms, the API schema and the import
columns. A new kind is one new file in `kinds/` with a `KIND`; `CONTRIBUTING.md` has the checklist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeAlias, TypeVar

from meterward.core.base.canonical import Json
from meterward.core.records.fields import Field, Reference, fields_of, reader, references_in
from meterward.core.records.keeper import Keeper
from meterward.core.records.roles import EVERYBODY, OWN_ROLES, Role

if TYPE_CHECKING:
    from datetime import date

    from meterward.core.records.apart import Apart


F = TypeVar("F")


class Actor(NamedTuple):
    """Who made a statement: a pseudonym, the role in which the person acted, and the organisation."""

    person: str
    role: Role
    organisation: str


@dataclass(slots=True)
class Seen(Generic[F]):
    """What a constraint sees of a record."""

    facts: F
    actor: Actor
    subject: str
    occurred: date
    texts: frozenset[str]
    """The names of the texts given, whether still there or erased since."""
    files: int


class Unmet(NamedTuple):
    """What a constraint has to say of a record: where, what was found, what would be right."""

    field: str
    message: str
    hint: str


Constraint: TypeAlias = Callable[[Seen[Any]], Iterable[Unmet]]


class Lift(NamedTuple):
    """How a body of an old version becomes one of the next: what it declared then, and a pure function."""

    facts: type[Any]
    change: Callable[[dict[str, Json]], dict[str, Json]]


@dataclass(frozen=True)
class Kind(Generic[F]):
    """One kind of act. Its family (the part before the dot) names the stream in which its records are counted."""

    name: str
    facts: type[F]
    by: tuple[Role, ...]
    text: Mapping[str, str] = field(default_factory=dict)
    needs_text: tuple[str, ...] = ()
    introduces: str = ""
    """The namespace of the new subject that such a record names, if it does."""
    names: Callable[[F], Iterable[str]] | None = None
    """The subjects that its facts describe, which such a record introduces where none did before, if it does."""
    about: tuple[str, ...] = ()
    """The namespaces (or single subjects) that its subject must be known in, if it is about something known."""
    homes: tuple[Keeper, ...] = (Keeper.LICENSEE,)
    """In whose ledgers its records are said."""
    shared: Callable[[F], Iterable[str]] | None = None
    """The organisations that it is addressed to, where its records are entered in the ledger of each party.

    The others are who says it and whom it is about. A record of a kind that is not shared stays where it was said.
    """
    document: bool = False
    """Whether the act makes a document that the licensee retains."""
    links: tuple[str, ...] = ("corrects",)
    """How its records may act on another record, one at most."""
    needs_link: str = ""
    """The link without which it makes no sense."""
    lasting: bool = False
    """Whether its effect lasts until a `record.ended` ends it (or another record replaces it)."""
    renewed: bool = False
    """Whether a record that replaces another may tell its subject anew, under its name."""
    apart: tuple[Apart, ...] = ()
    """Of whose acts about the same thing its author must not have been. Asked where a statement is appended."""
    gives_to: Callable[[F], tuple[str, str]] | None = None
    """The person to whom it gives a right, and the organisation (empty if it is the author's): never the author."""
    worked_out: str = ""
    """How this program comes to say it by itself, from what it verified or saw, so that nobody writes it by hand; empty
    where people say it. Asked where statements of people are taken."""
    of_ones_own: bool = False
    """Whether it is said only in a role that one was appointed or let in to, not in one that was delegated or taken."""
    weighty: bool = False
    """Whether it is a weighty act: said by somebody who signed in with a second factor, and who may sign it with a
    passkey of their own."""
    constraints: tuple[Constraint, ...] = ()
    cells: Callable[[str, F], list[tuple[str, ...]]] | None = None
    """What its records are looked up by, from subject and facts. Default: the subject."""
    version: int = 1
    lifts: Mapping[int, Lift] = field(default_factory=dict)
    """From each old version to the next."""
    example: Mapping[str, Json] = field(default_factory=dict)

    @property
    def family(self) -> str:
        """The part before the dot."""
        return self.name.partition(".")[0]

    @property
    def usual_role(self) -> Role:
        """The role that appends it where nothing else is said: the first, or of everybody the security manager."""
        return Role.SECURITY_MANAGER if self.by == EVERYBODY else self.by[0]

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The declared facts."""
        return fields_of(self.facts)

    @cached_property
    def read(self) -> Callable[[Mapping[str, Json]], F]:
        """Read a body of facts of the present version; raises `UnfitError`."""
        return reader(self.facts, self.fields)

    @cached_property
    def references(self) -> tuple[Field, ...]:
        """The facts that name the subjects of other records, themselves or in their groups."""
        return tuple(field for field in self.fields if field.refers)

    def refers(self, facts: F) -> Iterator[Reference]:
        """Every subject of another record that some facts name."""
        return references_in(self.references, facts, "facts")

    @property
    def summary(self) -> str:
        """What the kind is, in a sentence or two."""
        return " ".join((self.facts.__doc__ or "").split())

    def is_said_by(self, keeper: Keeper) -> bool:
        """Whether such an organisation says it in its own ledger: it is at home there, or its people are a party."""
        return keeper in self.homes or (self.shared is not None and not set(self.by).isdisjoint(OWN_ROLES[keeper]))

    def parties(self, about: str, author: str, facts: F | None) -> frozenset[str]:
        """In whose ledgers a record is entered, by whom it is about, whose it is, and what it says.

        None if it stays where it was said; or nobody can tell, for its facts are withheld.
        """
        if self.shared is None or facts is None:
            return frozenset()
        return frozenset((about, author, *self.shared(facts)))

    def lift(self, version: int, values: dict[str, Json]) -> dict[str, Json]:
        """Lift a body that fits an old version to the present one."""
        for step in range(version, self.version):
            values = self.lifts[step].change(values)
        return values

    def fields_at(self, version: int) -> tuple[Field, ...]:
        """The facts that a version declared."""
        return self.fields if version == self.version else fields_of(self.lifts[version].facts)


def in_order(first: str, last: str) -> Constraint:
    """A period's last day is not before its first."""

    def check(seen: Seen[Any]) -> Iterable[Unmet]:
        start, end = getattr(seen.facts, first), getattr(seen.facts, last)
        if start and end and end < start:
            yield Unmet(
                f"facts.{last}", f"{end} is before {first}, {start}.", "A period's last day is on or after its first."
            )

    return check


def distinct(name: str) -> Constraint:
    """A list names each thing once."""

    def check(seen: Seen[Any]) -> Iterable[Unmet]:
        values = getattr(seen.facts, name) or ()
        if len(set(values)) != len(values):
            yield Unmet(f"facts.{name}", "An item stands in the list twice.", "Name each once.")

    return check


def needs_file(why: str, unless: Callable[[Any], bool] = lambda _: False) -> Constraint:
    """A record needs a file, unless its facts say otherwise."""

    def check(seen: Seen[Any]) -> Iterable[Unmet]:
        if not seen.files and not unless(seen.facts):
            yield Unmet("files", f"No file is attached, but {why}.", "Attach the proof by name and SHA-256.")

    return check


def text_if(name: str, condition: Callable[[Any], bool], why: str) -> Constraint:
    """A record needs a text when its facts say so."""

    def check(seen: Seen[Any]) -> Iterable[Unmet]:
        if condition(seen.facts) and name not in seen.texts:
            yield Unmet(f"text.{name}", f"It is missing, but {why}.", "Write it.")

    return check
