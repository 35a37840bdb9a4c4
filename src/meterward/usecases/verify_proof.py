"""Verify the proof of a single record offline: step by step, each named, and closed to whatever is not shown.

Whom to trust comes from the reader's policy, never from the proof. The leaf that the proof holds is signed by nobody:
it is believed once it leads to the root that the log signed. Nothing here knows the ledger's keys, which its records
tell of; so signatures of statements are checked by keys that the reader names, or not at all, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cryptography.x509 import Certificate

from meterward.core.base.days import in_words, instant_in_words, london_day
from meterward.core.base.problem import Problem
from meterward.core.bundle.entries import read_entry
from meterward.core.bundle.steps import Found, Outcome, Step, failed, passed, verified
from meterward.core.bundle.trust import check_checkpoint, check_witnesses
from meterward.core.ledger.envelope import opened
from meterward.core.ledger.keys import PublicKey
from meterward.core.ledger.policy import Policy
from meterward.core.ledger.proof_text import Proof, read_proof
from meterward.core.ledger.stamps import verify_stamp
from meterward.core.records.payload import read_payload
from meterward.core.records.signatures import MOST, vouch
from meterward.core.records.strict_json import parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.core.records.line import Header
    from meterward.core.records.payload import Stated
    from meterward.core.records.statement import Entry

_NOT_READ = Found(Outcome.NOT_CHECKED, "A step above did not pass, and this one rests on it.")
_HEAD, _EXTRA = b"c2sp.org/tlog-proof@v1", b"\nextra "
_DIGITS = 16


class Given(NamedTuple):
    """What was handed over, none of it believed: the proof, and what came along; None for what nobody named."""

    proof: bytes
    statement: bytes | None = None
    """The signed statement, in its envelope."""
    token: bytes | None = None
    """What a time-stamping authority said of the checkpoint of the proof."""


class Trusting(NamedTuple):
    """Whom the reader trusts: logs and witnesses, authorities about time, and keys that sign statements."""

    policy: Policy
    roots: Sequence[Certificate] = ()
    keys: Sequence[PublicKey] = ()


@dataclass(slots=True)
class ProofVerified:
    """What came of it: the steps, and what was shown on the way. What did not hold is not here."""

    steps: list[Step] = field(default_factory=list)
    proof: Proof | None = None
    checkpoint: Checkpoint | None = None
    entry: Entry | None = None
    said: Stated | None = None
    """The statement of the entry, once it is known to be that."""
    signatures: Mapping[str, bytes] = field(default_factory=dict)
    payload: bytes = b""
    signed: bool = False
    """Whether a key that the reader names signed the statement."""

    @property
    def holds(self) -> bool:
        """Whether everything that was asked for was checked, and holds."""
        return verified(self.steps)


def verify_proof(given: Given, trusting: Trusting) -> ProofVerified:
    """Take every step. One that rests on another that did not pass could not be checked, which is no pass."""
    made = ProofVerified()
    steps: Sequence[tuple[str, Callable[[Given, Trusting, ProofVerified], Found]]] = (
        ("The file is the proof of a record", _read),
        ("The checkpoint is signed by a log that you trust", _checkpoint),
        ("The witnesses that you ask for have seen the checkpoint", _witnesses),
        ("The entry is in the log of the checkpoint", _entry),
        ("The time of the checkpoint is bounded by a time-stamping authority", _time),
        ("The statement is the one that was entered", _statement),
        ("The statement is signed by a key that you name", _signatures),
    )
    for number, (title, take) in enumerate(steps, 1):
        made.steps.append(Step(number, title, take(given, trusting, made)))
    return made


def _read(given: Given, _trusting: Trusting, made: ProofVerified) -> Found:
    made.proof = read_proof(given.proof)
    if made.proof:
        return passed("")
    if not given.proof.startswith(_HEAD):
        return failed("It is another file: a proof begins with the line “c2sp.org/tlog-proof@v1”.")
    if _EXTRA not in given.proof:
        return failed("It has no line “extra”, so that it does not hold the entry that it is about.")
    return failed("It begins as a proof does, but was cut off or changed, if only in how its lines end.")


def _checkpoint(_given: Given, trusting: Trusting, made: ProofVerified) -> Found:
    if made.proof is None:
        return _NOT_READ
    found, _, made.checkpoint = check_checkpoint(str(made.proof.checkpoint).encode(), trusting.policy)
    return found


def _witnesses(_given: Given, trusting: Trusting, made: ProofVerified) -> Found:
    if made.proof is None or made.checkpoint is None:
        return _NOT_READ
    return check_witnesses(made.proof.checkpoint, made.checkpoint, trusting.policy)


def _entry(_given: Given, _trusting: Trusting, made: ProofVerified) -> Found:
    if made.proof is None or made.checkpoint is None:
        return _NOT_READ
    if not made.proof.leads_to(made.checkpoint):
        return failed(
            "Its entry does not lead to the root that was signed: the entry, its place or its path is another."
        )
    entry = read_entry(made.proof.leaf)
    if entry is None or entry.index != made.proof.place or london_day(entry.recorded) is None:
        return failed("What stands in the log there is no entry of a ledger.")
    made.entry = entry
    place = f"Entry {entry.index + 1:,} of {made.checkpoint.size:,}, place {entry.counter + 1:,} of {entry.stream}."
    return passed(f"{place} Recorded {instant_in_words(entry.recorded)}, by the ledger's own clock.")


def _time(given: Given, trusting: Trusting, made: ProofVerified) -> Found:
    if given.token is None:
        says = "No token was named: the time is that of the ledger's own clock."
        return Found(Outcome.NOT_CHECKED if trusting.roots else Outcome.NOTHING, says)
    if made.checkpoint is None:
        return _NOT_READ
    if not trusting.roots:
        return Found(Outcome.NOT_CHECKED, "A token was named, but nobody who is believed about time.")
    stamp = verify_stamp(given.token, made.checkpoint, trusting.roots)
    if isinstance(stamp, str):
        return failed(f"The token cannot be believed. {stamp}")
    return passed(f"The checkpoint was there by {instant_in_words(stamp.instant)}: {stamp.authority} says so.")


def _statement(given: Given, _trusting: Trusting, made: ProofVerified) -> Found:
    if given.statement is None:
        digest = f" Its SHA-256 is {made.entry.statement.hex()}." if made.entry else ""
        return Found(Outcome.NOTHING, f"No statement was named: what was entered is not shown.{digest}")
    found = parse_json(given.statement)
    envelope = None if isinstance(found, Problem) else opened(found)
    said = read_payload(envelope[0]) if envelope else None
    if envelope is None or said is None:
        return failed("What was named as the statement is no signed statement of a record, or was cut off or changed.")
    if made.entry is None:
        return _NOT_READ
    other = _other_than_entered(said, made.entry)
    if other is None:
        made.said, made.payload, made.signatures = said, *envelope
    return other or passed(_in_words(said.header))


def _other_than_entered(said: Stated, entry: Entry) -> Found | None:
    """Why a statement is not that of an entry; None if it is."""
    if said.id != entry.statement:
        says = "It is another statement than the one that was entered, or was changed."
        return failed(says, f"entered: {entry.statement.hex()}", f"named: {said.id.hex()}")
    if said.family != entry.stream.rpartition("/")[2]:
        return failed("The entry counts it to another stream than it belongs to.", entry.stream, said.family)
    return None


def _in_words(header: Header) -> str:
    actor = header.actor
    what = f"{header.kind} about {header.subject}" if header.subject else header.kind
    who = f"{actor.person}, as {actor.role} of {actor.organisation}"
    return f"{what}, which occurred on {in_words(header.occurred)}. Said by {who}."


def _signatures(given: Given, trusting: Trusting, made: ProofVerified) -> Found:
    if given.statement is None:
        unasked = Outcome.NOT_CHECKED if trusting.keys else Outcome.NOTHING
        return Found(unasked, "No statement was named, so that there is no signature to look at.")
    if made.said is None:
        return _NOT_READ
    named = {key.id: key for key in trusting.keys}
    if len(made.signatures) > MOST:
        return failed(f"It has more than {MOST} signatures.")
    return _vouched(made, named)


def _vouched(made: ProofVerified, named: Mapping[str, PublicKey]) -> Found:
    vouched = vouch(made.payload, made.signatures, named)
    if false := [key for key, holds in vouched.items() if holds is False]:
        return failed("What is said to be a signature of this statement is none.", *map(_key, false))
    strangers = [key for key, holds in vouched.items() if holds is None]
    if len(strangers) == len(vouched):
        says = "Not checked: said to be signed by a key that you did not name. Whose it is, the ledger's records tell."
        return Found(Outcome.NOT_CHECKED if named else Outcome.NOTHING, says, [*map(_key, strangers)])
    made.signed = True
    beside = f" Not checked: {', '.join(map(_key, strangers))}." if strangers else ""
    who = ", ".join(_key(key) for key, holds in vouched.items() if holds)
    return passed(f"Signed by {who}. That it counted for this entry, the ledger's records tell.{beside}")


def _key(identity: str) -> str:
    return f"key {identity[:_DIGITS]}…" if len(identity) > _DIGITS else f"key {identity}"
