"""`key.introduced`: a key by which an organisation's statements are signed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.ledger.keys import Algorithm, PublicKey
from meterward.core.records.keeper import EVERY_KEEPER
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen

_HEX = frozenset("0123456789abcdef")


class KeyIntroduced(NamedTuple):
    """A key is introduced, by which statements of an organisation are signed from here on.

    It is introduced by a record that an earlier key signs; the first key of the ledger's owner counts from the first
    entry on. A new one replaces an old one, and another record ends one that is no longer to count.
    """

    organisation: Annotated[str, "The organisation that signs by it."]
    algorithm: Annotated[Literal["ed25519"], "How it signs."]
    public: Annotated[str, "The public key, in hex."]


def public_key(facts: KeyIntroduced) -> PublicKey:
    """The key itself."""
    return PublicKey(Algorithm(facts.algorithm), bytes.fromhex(facts.public))


def is_key(seen: Seen[KeyIntroduced]) -> Iterable[Unmet]:
    """What is introduced has the form of a key."""
    length = Algorithm(seen.facts.algorithm).key_length
    if len(seen.facts.public) != 2 * length or not _HEX.issuperset(seen.facts.public):
        hint = f"Write it as {2 * length} lower-case hex digits."
        yield Unmet("facts.public", "It is not a key.", hint)


KIND = Kind(
    name="key.introduced",
    facts=KeyIntroduced,
    by=(Role.OPERATOR,),
    homes=EVERY_KEEPER,
    text={"note": "Where the secret half is kept, and why the key was made."},
    introduces="key",
    lasting=True,
    links=("replaces",),
    constraints=(is_key,),
    example={
        "organisation": "northlight",
        "algorithm": "ed25519",
        "public": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    },
)
