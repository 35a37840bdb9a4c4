"""Sign statements on behalf of their authors, with the key that counts where they are entered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.envelope import sign
from meterward.core.records.keyring import TELLING, Keyring, KeySpan, Signed, Signing
from meterward.core.records.signatures import vouch

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from meterward.core.ledger.keys import Signer
    from meterward.core.records.line import Sealed
    from meterward.usecases.ports import Head, Keys, Known, Ledgers


@dataclass(slots=True)
class Signers:
    """What signs for the organisations of an installation. Its own organisation is that whose ledger it is."""

    ledgers: Ledgers
    keys: Keys
    _rings: dict[str, tuple[frozenset[bytes], Keyring]] = field(default_factory=dict)
    """By ledger, with the records that told of its keys."""
    _keyed: set[str] = field(default_factory=set)
    _heard: set[tuple[str, str]] = field(default_factory=set)
    """Ledgers, with keys of other organisations that they have heard of."""

    def needs_key(self, ledger: str) -> Head | None:
        """Where a ledger stands whose records introduce no key of its owner; None if one does, or it is empty."""
        head = None if ledger in self._keyed else self.ledgers.head(ledger)
        if head is None or not head.size:
            return None
        ring = Keyring(head.keeper).take(self.ledgers.records_of(ledger, TELLING))
        if ring.key_of(head.keeper, head.size) is None:
            return head
        self._keyed.add(ledger)
        return None

    def keys_of(self, author: str, signed_by: Collection[str]) -> list[KeySpan]:
        """The keys of an organisation: that by which it signs, and those passkeys of its people that are named.

        They are looked up in the organisation's own ledger; where that is not kept here, there are none.
        """
        own = self.ledgers.head(author)
        if own is None or not own.size:
            return []
        ring = Keyring(own.keeper).take(self.ledgers.records_of(author, TELLING))
        used = [one for one in ring.spans() if one.key.id in signed_by and one.holder]
        return [*ring.counting(own.keeper, own.size)[-1:], *used]

    def unheard(self, ledger: str, keys: Sequence[KeySpan]) -> list[KeySpan]:
        """Those of some keys of which a ledger that is there has not heard."""
        wanted = [one for one in keys if (ledger, one.key.id) not in self._heard]
        head = self.ledgers.head(ledger) if wanted else None
        if head is None:
            return []
        known = Keyring(head.keeper).take(self.ledgers.records_of(ledger, TELLING)).keys
        self._heard.update((ledger, one.key.id) for one in wanted if one.key.id in known)
        return [one for one in wanted if one.key.id not in known]

    def sign(self, head: Head, known: Known, sealed: Sealed) -> Mapping[str, bytes] | Problem:
        """The signatures of a statement that is entered next: those that it brings along, if they hold, or one of ours.

        Ours is by the key of its author's organisation; if that has none here, by the owner's, who enters it. It stands
        beside the author's, where that is by a passkey alone.
        """
        ring = self._ring(head, known)
        actor, payload = sealed.header.actor, sealed.statement.payload()
        if sealed.signatures:
            how = ring.signed(Signing(vouch(payload, sealed.signatures, ring.keys), actor, head.size))
            if how is not Signed.BY_PASSKEY_ALONE:
                return sealed.signatures if how.holds else _unsigned(how)
        signer = self._signer(ring, head.size, actor.organisation, head.keeper or sealed.header.licensee)
        return signer if isinstance(signer, Problem) else {**sealed.signatures, **dict((sign(payload, signer),))}

    def sign_unsigned(self, head: Head, known: Known, sealed: Sealed) -> Mapping[str, bytes] | Problem:
        """The signatures that a statement of a ledger brings along which is brought back; ours, if it brings none.

        Theirs are not verified here: the records that tell of the keys may still be to come.
        """
        return sealed.signatures or self.sign(head, known, sealed)

    def _ring(self, head: Head, known: Known) -> Keyring:
        telling, ring = self._rings.get(head.ledger, (frozenset(), Keyring(head.keeper)))
        if known.keys != telling or ring.owner != head.keeper:
            ring = Keyring(head.keeper).take(self.ledgers.records_of(head.ledger, TELLING))
            self._rings[head.ledger] = known.keys, ring
        return ring

    def _signer(self, ring: Keyring, place: int, author: str, owner: str) -> Signer | Problem:
        for name in dict.fromkeys((author, owner)):
            public = ring.key_of(name, place)
            signer = self.keys.held(public.id) if public else None
            if signer:
                return signer
        if ring.key_of(owner, place) is None:
            return self.keys.first(owner)
        message = f"The key by which {owner} signs is not here."
        hint = "Copy the folder “keys” of the home from where the ledger was written, with its secret."
        return Problem(Code.KEY_MISSING, message, hint)


def _unsigned(how: Signed) -> Problem:
    hint = "Sign it with a key that a record of this ledger introduces, or leave the signatures out: it is signed here."
    return Problem(Code.SIGNATURE_INVALID, f"It is signed {how}.", hint, "signatures")
