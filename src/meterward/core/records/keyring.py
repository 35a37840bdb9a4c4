"""Which keys count for whom, at each place of a ledger, and whether a statement is signed by one that does."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from meterward.core.ledger.keys import PublicKey
from meterward.core.records.kind import Actor
from meterward.core.records.kinds import key_introduced
from meterward.core.records.kinds.key_introduced import KeyIntroduced, public_key
from meterward.core.records.signatures import Vouched

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.record import Record

TELLING = (key_introduced.KIND.name,)
"""The kinds of record that tell of keys; those that act on them tell the rest."""
_NEVER = -1
"""The last entry for which a key counts that never did."""


class Signed(StrEnum):
    """How a statement is signed."""

    BY_AUTHOR = "by its author's organisation"
    BY_OWNER = "by the ledger's owner, who entered it"
    BY_AUTHOR_IN_PERSON = "by its author with a passkey, and by the author's organisation"
    BY_OWNER_AND_AUTHOR = "by its author with a passkey, and by the ledger's owner, who entered it"
    FALSELY = "falsely: the signature is not of this statement"
    BY_PASSKEY_ALONE = "by its author with a passkey, but by no organisation"
    BY_NOBODY_KNOWN = "by no key that counts there"
    NOT = "not at all"

    @property
    def holds(self) -> bool:
        """Whether somebody answers for the statement."""
        return self in (Signed.BY_AUTHOR, Signed.BY_OWNER) or self.in_person

    @property
    def in_person(self) -> bool:
        """Whether, beside an organisation, its author signed it with a passkey of their own."""
        return self in (Signed.BY_AUTHOR_IN_PERSON, Signed.BY_OWNER_AND_AUTHOR)


_IN_PERSON = {
    Signed.BY_AUTHOR: Signed.BY_AUTHOR_IN_PERSON,
    Signed.BY_OWNER: Signed.BY_OWNER_AND_AUTHOR,
    Signed.BY_NOBODY_KNOWN: Signed.BY_PASSKEY_ALONE,
}
"""How a statement is signed, where its author did with a passkey besides."""


class Signing(NamedTuple):
    """A statement as it was signed: what is known of each signature, whose statement it is, and where it stands."""

    vouched: Vouched
    actor: Actor
    place: int


class KeySpan(NamedTuple):
    """A key, the record that introduces it, and the entries for which it counts: from the first to the last."""

    record: bytes
    subject: str
    key: PublicKey
    organisation: str
    first: int
    last: int | None
    """None if it counts still; before the first where it never did, since its record was withdrawn."""
    holder: str = ""
    """The person of that organisation whose passkey it is; empty if it is a key of the organisation."""

    def is_of(self, organisation: str, holder: str = "") -> bool:
        """Whether it is a key of an organisation, or a passkey of one of its people."""
        return (self.organisation, self.holder) == (organisation, holder)

    def counts_at(self, index: int) -> bool:
        """Whether it counts for a statement at a place."""
        return self.first <= index and (self.last is None or index <= self.last)


@dataclass(slots=True)
class Keyring:
    """The keys that the records of a ledger tell of. `owner` is the organisation whose ledger it is."""

    owner: str
    _spans: dict[bytes, KeySpan] = field(default_factory=dict)
    """By the record that introduces the key."""
    _introduced: dict[str, list[bytes]] = field(default_factory=dict)
    """Those records by the id of the key: one that was ended may be introduced once more."""

    def take(self, records: Iterable[Record[Any]]) -> Keyring:
        """Hear of further records, in order."""
        for record in records:
            if record.kind is key_introduced.KIND:
                self._introduce(record)
                self._replace(record)
            self._end(record.links.withdraws, _NEVER)
            self._end(record.links.ends, record.index)
        return self

    @property
    def keys(self) -> dict[str, PublicKey]:
        """Every key that was ever introduced, by id."""
        return {identity: self._spans[records[0]].key for identity, records in self._introduced.items()}

    def spans(self) -> list[KeySpan]:
        """Every key that was introduced, in order, with the entries for which it counts."""
        return list(self._spans.values())

    def signed(self, signing: Signing) -> Signed:
        """How a statement is signed. Keys that do not count there change nothing."""
        if not signing.vouched:
            return Signed.NOT
        found = set(self._verdicts(signing))
        if Signed.FALSELY in found:
            return Signed.FALSELY
        how = next((one for one in (Signed.BY_AUTHOR, Signed.BY_OWNER) if one in found), Signed.BY_NOBODY_KNOWN)
        return _IN_PERSON[how] if Signed.BY_PASSKEY_ALONE in found else how

    def key_of(self, organisation: str, index: int) -> PublicKey | None:
        """The key by which an organisation signs at a place, the last one if there are several."""
        there = self.counting(organisation, index)
        return there[-1].key if there else None

    def counting(self, organisation: str, index: int, holder: str = "") -> list[KeySpan]:
        """The keys of an organisation that count at a place, or the passkeys of one of its people; the last is last."""
        there = [one for one in self._spans.values() if one.is_of(organisation, holder) and one.counts_at(index)]
        return sorted(there, key=lambda one: one.first)

    def _introduce(self, record: Record[KeyIntroduced]) -> None:
        organisation, holder = record.facts.organisation, record.facts.holder or ""
        is_first = not holder and not any(one.is_of(organisation) for one in self._spans.values())
        # The next after the one that introduces it, which an earlier key signs; the owner's first key signs them all.
        first = 0 if organisation == self.owner and is_first else record.index + 1
        span = KeySpan(record.id, record.subject, public_key(record.facts), organisation, first, None, holder)
        self._spans[record.id] = span
        self._introduced.setdefault(span.key.id, []).append(record.id)

    def _replace(self, record: Record[KeyIntroduced]) -> None:
        """A key takes the place of one of the same organisation; a passkey, of one of the same person."""
        old, new = self._spans.get(record.links.replaces), self._spans[record.id]
        if old and old.holder == new.holder and (not new.holder or old.organisation == new.organisation):
            self._end(old.record, record.index)

    def _end(self, record: bytes, last: int) -> None:
        if record in self._spans:
            self._spans[record] = self._spans[record]._replace(last=last)

    def _verdicts(self, signing: Signing) -> Iterable[Signed]:
        for key, holds in signing.vouched.items():
            for record in self._introduced.get(key, ()):
                span = self._spans[record]
                if not span.counts_at(signing.place):
                    continue
                if span.holder:
                    if span.is_of(signing.actor.organisation, signing.actor.person):
                        yield Signed.BY_PASSKEY_ALONE if holds else Signed.FALSELY
                elif span.organisation == signing.actor.organisation:
                    yield Signed.BY_AUTHOR if holds else Signed.FALSELY
                elif span.organisation == self.owner:
                    yield Signed.BY_OWNER if holds else Signed.FALSELY
