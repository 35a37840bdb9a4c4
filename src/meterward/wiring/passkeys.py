"""The passkeys with which people sign what they say: introduced, ended, and asked to sign a record."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, NamedTuple, cast

from meterward.adapters import clock
from meterward.adapters.passkeys import Made, as_bytes, as_text, made_passkey
from meterward.adapters.salts import fresh_salt
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.assertion import Assertion, challenge_of
from meterward.core.ledger.envelope import signed_bytes
from meterward.core.records.keyring import TELLING, Keyring, KeySpan
from meterward.core.records.kind import Actor
from meterward.core.records.signatures import written
from meterward.usecases.append_record import Appended, Order, Ready, make_ready
from meterward.usecases.introduce_key import Introduction, key_line
from meterward.usecases.revoke_key import Revocation, revocation_line
from meterward.wiring.appending import append
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from meterward.core.access import Caller
    from meterward.core.base.canonical import Json
    from meterward.core.records.roles import Role
    from meterward.usecases.append_record import Line
    from meterward.usecases.ports import Head

_CHALLENGE_BYTES = 32
_PARTS = ("authenticator_data", "client_data", "signature")
"""What a browser hands over of an assertion, by the names of a form's fields."""


class Held(NamedTuple):
    """Somebody's passkey, the entry that introduces it, and by what their browser finds it; empty if that is erased."""

    span: KeySpan
    number: int
    recorded: str
    credential: str


def fresh_challenge() -> str:
    """What a browser is asked by to make a passkey: nobody can know it before."""
    return as_text(secrets.token_bytes(_CHALLENGE_BYTES))


def held_by(ledger: str, caller: Caller) -> list[Held]:
    """The passkeys of somebody that count in a ledger, the last one last."""
    return [_held(ledger, span) for span in _counting(ledger, caller)]


def introduced_by(head: Head, caller: Caller) -> list[Held]:
    """Those of them that they introduced there themselves, and not its operator, who heard of them from elsewhere."""
    records, who = installation().records_of(head, TELLING), (caller.person, caller.organisation)
    own = {one.id for one in records if (one.actor.person, one.actor.organisation) == who}
    spans = Keyring(head.keeper).take(records).counting(caller.organisation, head.size, caller.person) if own else ()
    return [_held(head.ledger, span) for span in spans if span.record in own]


def made_by(answer: Mapping[str, str], origin: str, challenge: str) -> Made | Problem:
    """The passkey that a browser hands over, who was asked at an address by a challenge."""
    parts = {name: answer.get(name, "") for name in ("client_data", "attestation", "credential")}
    return made_passkey(origin, challenge, parts)


def introduce(ledger: str, caller: Caller, role: Role, made: Made) -> Appended | list[Problem]:
    """Enter somebody's passkey, in the place of the one that they have at the same address, if they have one."""
    head, there = _head(ledger), _counting(ledger, caller)
    if any(one.key.id == made.key.id for one in there):
        hint = "Nothing is to be done: it counts."
        return [Problem(Code.KEY_USED, "This passkey is introduced already.", hint)]
    old = next((one for one in there if one.key.origin == made.key.origin), None)
    holder = Actor(caller.person, role, caller.organisation)
    replaces = old.record.hex() if old else ""
    new = Introduction(caller.organisation, made.key, replaces, holder, made.credential)
    return append(ledger, [key_line(installation().ledgers, head, new, clock.today(), fresh_salt())])


def end(ledger: str, caller: Caller, role: Role, key: str) -> Appended | list[Problem]:
    """End somebody's own passkey, by the id of its key: nothing that is signed by it later counts."""
    span = next((one for one in _counting(ledger, caller) if one.key.id == key), None)
    if span is None:
        hint = "The page lists those that count."
        return [Problem(Code.FIELD_VALUE, "You have no such passkey, or it counts no longer.", hint, "key")]
    ended = Revocation(span, "Ended by its holder.", Actor(caller.person, role, caller.organisation))
    line = revocation_line(installation().ledgers, _head(ledger), ended, clock.today(), fresh_salt)
    return append(ledger, [line])


def asked(line: Line) -> str:
    """What a passkey is asked to sign so that it signs the statement of a line; empty if the line is in no order."""
    payload = _payload(line)
    return challenge_of(signed_bytes(payload)) if payload else ""


def signed(ledger: str, caller: Caller, line: Line, answer: Mapping[str, str]) -> dict[str, Json] | Problem:
    """A line with its author's signature by a passkey as a browser hands it over; or that it is none."""
    payload, parts = _payload(line), [as_bytes(answer.get(name, "")) for name in _PARTS]
    made = Assertion(*(part or b"" for part in parts))
    if payload and all(parts) and all(len(part) < 1 << 16 for part in made):
        for span in _counting(ledger, caller):
            if span.key.verifies(made.written(), signed_bytes(payload)):
                return {**line, "signatures": written({span.key.id: made.written()})}
    hint = "Nothing was appended. Look at what stands here now, and sign that; or append it without."
    return Problem(Code.SIGNATURE_INVALID, "What was signed is not this record, or not by a passkey of yours.", hint)


def _payload(line: Line) -> bytes:
    (one,) = make_ready(Order([line]))[:1]
    return one.sealed.statement.payload() if isinstance(one, Ready) else b""


def _counting(ledger: str, caller: Caller) -> Sequence[KeySpan]:
    head = _head(ledger)
    ring = Keyring(head.keeper).take(installation().records_of(head, TELLING))
    return ring.counting(caller.organisation, head.size, caller.person)


def _held(ledger: str, span: KeySpan) -> Held:
    index = span.first - 1
    line = installation().ledgers.line(ledger, index) or {}
    text = cast("Mapping[str, str]", line.get("text") or {}).get("credential", "")
    return Held(span, index + 1, str(line.get("recorded", "")), text if as_bytes(text) else "")


def _head(ledger: str) -> Head:
    head = installation().ledgers.head(ledger)
    if head is None:
        raise LookupError(ledger)
    return head
