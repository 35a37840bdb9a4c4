"""A record as evaluation sees it: statement and entry, with its facts. Its text is not here: nothing evaluates it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple

from meterward.core.records.kind import Actor, F, Kind
from meterward.core.records.terms import EVERY_LICENCE

if TYPE_CHECKING:
    from datetime import date

LINKS = ("corrects", "withdraws", "replaces", "ends")


class Links(NamedTuple):
    """The records, by id, that a record acts on.

    `corrects` and `withdraws` are retroactive: what they name was never true. `replaces` and `ends` take effect on the
    record's own day.
    """

    corrects: bytes = b""
    withdraws: bytes = b""
    replaces: bytes = b""
    ends: bytes = b""


NO_LINKS = Links()


@dataclass(slots=True, eq=False)
class Record(Generic[F]):
    """An admitted record. `id` is the SHA-256 of the statement; it never changes, whatever ledger the record is in.

    Not frozen only because a million of them are made in one go; nobody changes one.
    """

    id: bytes
    kind: Kind[F]
    occurred: date
    recorded: date
    index: int
    subject: str
    licences: tuple[str, ...]
    actor: Actor
    facts: F
    files: int
    links: Links = NO_LINKS
    about: str = ""
    """The organisation that it is about: of a licensee's ledger, nearly always that licensee."""

    def counts_for(self, licence: str) -> bool:
        """Whether it is about a licence, or about every one."""
        return licence in self.licences or EVERY_LICENCE in self.licences

    @property
    def parties(self) -> frozenset[str]:
        """The organisations in whose ledgers it is entered; none if it stays where it was said, or says nothing."""
        return self.kind.parties(self.about, self.actor.organisation, self.facts)

    @property
    def order(self) -> tuple[date, bytes]:
        """The order in which records are read: by day, then by id; never by arrival."""
        return (self.occurred, self.id)

    @property
    def introduced(self) -> tuple[str, ...]:
        """The subjects that it introduces, unless an earlier record did."""
        kind = self.kind
        own = (self.subject,) if kind.introduces and not self.links.corrects else ()
        return (*own, *kind.names(self.facts)) if kind.names else own

    @property
    def named(self) -> tuple[str, ...]:
        """The subjects of other records that its facts name."""
        return tuple(one.name for one in self.kind.refers(self.facts))

    @property
    def short(self) -> str:
        """The first characters of the id, for people."""
        return self.id.hex()[:12]
