"""Which keys count for whom, at each place of a ledger, and whether a statement is signed by one that does."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.ledger.keys import PublicKey
from meterward.core.records.kinds import key_introduced
from meterward.core.records.kinds.key_introduced import KeyIntroduced, public_key
from meterward.core.records.signatures import Vouched

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.record import Record

TELLING = (key_introduced.KIND.name,)
"""The kinds of record that tell of keys; those that act on them tell the rest."""


class Signed(StrEnum):
    """How a statement is signed."""

    BY_AUTHOR = "by its author's organisation"
    BY_OWNER = "by the ledger's owner, who entered it"
    FALSELY = "falsely: the signature is not of this statement"
    BY_NOBODY_KNOWN = "by no key that counts there"
    NOT = "not at all"

    @property
    def holds(self) -> bool:
        """Whether somebody answers for the statement."""
        return self in (Signed.BY_AUTHOR, Signed.BY_OWNER)


class Signing(NamedTuple):
    """A statement as it was signed: what is known of each signature, whose statement it is, and where it stands."""

    vouched: Vouched
    organisation: str
    place: int


class KeySpan(NamedTuple):
    """A key, the record that introduces it, and the entries for which it counts: from the first to the last."""

    record: bytes
    subject: str
    key: PublicKey
    organisation: str
    first: int
    last: int | None

    def counts_at(self, index: int) -> bool:
        """Whether it counts for a statement at a place."""
        return self.first <= index and (self.last is None or index <= self.last)


@dataclass(slots=True)
class _Held:
    key: PublicKey
    organisation: str
    subject: str
    first: int
    """The first entry that it counts for: the next after the one that introduces it, which an earlier key signs."""
    last: int | None = None
    """The last entry that it counts for: the one that ends it."""

    def counts(self, organisation: str, index: int) -> bool:
        """Whether it signs for an organisation at a place."""
        ended = self.last is not None and index > self.last
        return self.organisation == organisation and self.first <= index and not ended


@dataclass(slots=True)
class Keyring:
    """The keys that the records of a ledger tell of. `owner` is the organisation whose ledger it is."""

    owner: str
    _held: dict[str, list[_Held]] = field(default_factory=dict)
    """By the id of the key: one that was ended may be introduced once more."""
    _by_record: dict[bytes, _Held] = field(default_factory=dict)

    def take(self, records: Iterable[Record[Any]]) -> Keyring:
        """Hear of further records, in order."""
        for record in records:
            if record.kind is key_introduced.KIND:
                self._introduce(record)
            if record.links.withdraws in self._by_record:
                self._by_record[record.links.withdraws].last = -1
            for target in (record.links.replaces, record.links.ends):
                if target in self._by_record:
                    self._by_record[target].last = record.index
        return self

    @property
    def keys(self) -> dict[str, PublicKey]:
        """Every key that was ever introduced, by id."""
        return {identity: held[0].key for identity, held in self._held.items()}

    def spans(self) -> list[KeySpan]:
        """Every key that was introduced, in order, with the entries for which it counts."""
        return [
            KeySpan(record, held.subject, held.key, held.organisation, held.first, held.last)
            for record, held in self._by_record.items()
        ]

    def signed(self, signing: Signing) -> Signed:
        """How a statement is signed. Keys that do not count there change nothing."""
        if not signing.vouched:
            return Signed.NOT
        found = set(self._verdicts(signing))
        if Signed.FALSELY in found:
            return Signed.FALSELY
        return next((one for one in (Signed.BY_AUTHOR, Signed.BY_OWNER) if one in found), Signed.BY_NOBODY_KNOWN)

    def key_of(self, organisation: str, index: int) -> PublicKey | None:
        """The key by which an organisation signs at a place, the last one if there are several."""
        there = [one for held in self._held.values() for one in held if one.counts(organisation, index)]
        return max(there, key=lambda one: one.first).key if there else None

    def _introduce(self, record: Record[KeyIntroduced]) -> None:
        organisation = record.facts.organisation
        known = {one.organisation for one in self._by_record.values()}
        first = 0 if organisation == self.owner and organisation not in known else record.index + 1
        held = _Held(public_key(record.facts), organisation, record.subject, first)
        self._held.setdefault(held.key.id, []).append(held)
        self._by_record[record.id] = held

    def _verdicts(self, signing: Signing) -> Iterable[Signed]:
        for key, holds in signing.vouched.items():
            for held in self._held.get(key, ()):
                if held.counts(signing.organisation, signing.place):
                    yield Signed.BY_AUTHOR if holds else Signed.FALSELY
                elif held.counts(self.owner, signing.place):
                    yield Signed.BY_OWNER if holds else Signed.FALSELY
