"""`key.introduced`: a key by which an organisation's statements are signed, or a passkey of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

from meterward.core.ledger.assertion import relying_party
from meterward.core.ledger.keys import Algorithm, PublicKey
from meterward.core.records.keeper import EVERY_LEDGER
from meterward.core.records.kind import Kind, Lift, Unmet
from meterward.core.records.roles import EVERYBODY, Role
from meterward.core.records.values import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen

_HEX = frozenset("0123456789abcdef")
PASSKEY = Algorithm.WEBAUTHN_ES256


class KeyIntroducedFirst(NamedTuple):
    """The first version, which knew no passkeys."""

    organisation: Annotated[str, "The organisation that signs by it."]
    algorithm: Annotated[Literal["ed25519"], "How it signs."]
    public: Annotated[str, "The public key, in hex."]


class KeyIntroduced(NamedTuple):
    """A key is introduced, by which statements of an organisation are signed from here on; or a passkey of a person.

    It is introduced by a record that an earlier key signs; the first key of the ledger's owner counts from the first
    entry on. A new one replaces an old one, and another record ends one that is no longer to count. A passkey signs
    beside the key of an organisation, and only what its holder says; its holder introduces it.
    """

    organisation: Annotated[str, "The organisation that signs by it; of a passkey, the one that its holder acts for."]
    algorithm: Annotated[Literal["ed25519", "webauthn-es256"], "How it signs."]
    public: Annotated[Label, "The public key, in hex; of a passkey the point, compressed."]
    holder: Annotated[str | None, "The pseudonym of the person whose passkey it is."] = None
    origin: Annotated[Label | None, "The address at which a passkey signs, such as https://meterward.example."] = None


def public_key(facts: KeyIntroduced) -> PublicKey:
    """The key itself."""
    return PublicKey(Algorithm(facts.algorithm), bytes.fromhex(facts.public), facts.origin or "")


def is_key(seen: Seen[KeyIntroduced]) -> Iterable[Unmet]:
    """What is introduced has the form of a key."""
    length = Algorithm(seen.facts.algorithm).key_length
    is_hex = len(seen.facts.public) == 2 * length and _HEX.issuperset(seen.facts.public)
    if not is_hex or not public_key(seen.facts._replace(origin=_at(seen.facts))).is_whole():
        hint = f"Write it as {2 * length} lower-case hex digits."
        yield Unmet("facts.public", "It is not a key.", hint)


def is_at_an_address(seen: Seen[KeyIntroduced]) -> Iterable[Unmet]:
    """A passkey signs at one address, and no other key says any."""
    is_passkey = seen.facts.algorithm == PASSKEY
    if is_passkey and not relying_party(seen.facts.origin or ""):
        hint = "Write it as browsers do: https://, the host in lower case, and the port if it is not the usual one."
        yield Unmet("facts.origin", "It is no address at which a passkey signs.", hint)
    elif not is_passkey and seen.facts.origin:
        yield Unmet("facts.origin", "Only a passkey is bound to an address.", "Leave it out.")


def is_introduced_by_whose_it_is(seen: Seen[KeyIntroduced]) -> Iterable[Unmet]:
    """Everybody introduces their own passkey; whoever runs the installation introduces the keys of organisations.

    Beside that, an operator tells a ledger of passkeys of others' people, which sign what comes from there.
    """
    facts, actor = seen.facts, seen.actor
    if facts.algorithm != PASSKEY:
        if facts.holder:
            yield Unmet("facts.holder", "Only a passkey is one person's.", "Leave it out.")
        if actor.role is not Role.OPERATOR:
            message = f"A key of an organisation is introduced by its operator, not by {actor.role}."
            yield Unmet("facts.algorithm", message, f"Introduce a passkey of your own: {PASSKEY}.")
        return
    if actor.role is Role.OPERATOR and facts.organisation != actor.organisation and facts.holder:
        return
    if actor.role is Role.OPERATOR:
        message = "An operator keeps the ledger, and signs nothing by a passkey."
        yield Unmet("facts.algorithm", message, "Let whoever it is introduce their own, in the role in which they act.")
    if facts.holder != actor.person:
        message = f"It is introduced by {actor.person}, and is to be {facts.holder or 'nobody'}'s."
        yield Unmet("facts.holder", message, f"Write “{actor.person}”: everybody introduces their own.")
    if facts.organisation != actor.organisation:
        message = f"{actor.person} acts for {actor.organisation}, not for {facts.organisation}."
        yield Unmet("facts.organisation", message, f"Write “{actor.organisation}”.")


def _at(facts: KeyIntroduced) -> Label | None:
    """An address at which any passkey could sign: what is wrong with its own is told by itself."""
    return Label("https://localhost") if facts.algorithm == PASSKEY else None


KIND = Kind(
    name="key.introduced",
    facts=KeyIntroduced,
    by=(Role.OPERATOR, *(role for role in EVERYBODY if role is not Role.OPERATOR)),
    homes=EVERY_LEDGER,
    text={
        "note": "Where the secret half is kept, and why the key was made.",
        "credential": "By what a browser finds a passkey again, in base 64 for addresses.",
    },
    introduces="key",
    lasting=True,
    links=("replaces",),
    constraints=(is_key, is_at_an_address, is_introduced_by_whose_it_is),
    version=2,
    lifts={1: Lift(KeyIntroducedFirst, dict)},
    example={
        "organisation": "northlight",
        "algorithm": "ed25519",
        "public": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
    },
)
