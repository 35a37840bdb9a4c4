"""Stamp a checkpoint: ask a time-stamping authority, verify what it says, and append its token as the next entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.checkpoints import Checkpoint
from meterward.core.ledger.stamps import LARGEST_NONCE, Stamp, stamp_request, verify_stamp
from meterward.core.records.kinds import checkpoint_stamped
from meterward.usecases.append_record import Appended
from meterward.usecases.give_stamp import last_stamped
from meterward.usecases.operator_statement import licences_of, operator_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from cryptography.x509 import Certificate

    from meterward.core.base.canonical import Json
    from meterward.usecases.append_record import Line
    from meterward.usecases.ports import Head, Ledgers, TimeAuthority

TOKEN = "token.tsr"  # noqa: S105 - the name of a file
"""The name under which the reply of an authority is attached."""


@dataclass(frozen=True, slots=True)
class Stamping:
    """What stamping works with."""

    authority: TimeAuthority
    roots: Sequence[Certificate]
    """Whom the keeper of the ledger believes about time."""
    keep: Callable[[bytes], str | Problem]
    """Keeps a token; its digest."""
    append: Callable[[str, Line, str], Appended | list[Problem]]
    """Appends a line to a ledger under a key."""
    day: date
    salt: Callable[[], str]
    """Chance, in hex."""


class Stamped(NamedTuple):
    """A checkpoint that was stamped, and the place of the entry that holds the token."""

    checkpoint: Checkpoint
    stamp: Stamp
    place: int


def stamp_checkpoint(ledgers: Ledgers, head: Head, origin: str, means: Stamping) -> Stamped | list[Problem]:
    """Have the checkpoint stamped at which a ledger stands. Nothing is appended unless the token holds."""
    checkpoint = Checkpoint(origin, head.size, bytes.fromhex(ledgers.root(head.ledger, head.size)))
    nonce = int(means.salt(), 16) & LARGEST_NONCE
    token = means.authority.ask(stamp_request(checkpoint, nonce))
    if isinstance(token, Problem):
        return [token]
    stamp = verify_stamp(token, checkpoint, means.roots, nonce)
    if isinstance(stamp, str):
        message = f"What the time-stamping authority answered will not do. {stamp}"
        hint = "Nothing was recorded. Name its root certificate, or another authority."
        return [Problem(Code.STAMP_INVALID, message, hint)]
    digest = means.keep(token)
    if isinstance(digest, Problem):
        return [digest]
    line = _line(ledgers, head, means, _facts(checkpoint, stamp), digest)
    done = means.append(head.ledger, line, f"stamp of {head.size}")
    return Stamped(checkpoint, stamp, done.first) if isinstance(done, Appended) else done


def is_due(ledgers: Ledgers, head: Head) -> bool:
    """Whether a ledger has entries that no token covers, but for the one that holds the last token."""
    last = last_stamped(ledgers.records_of(head.ledger, (checkpoint_stamped.KIND.name,)))
    return head.size > 0 and (last is None or (head.size - last.facts.size) > 1)


def _facts(checkpoint: Checkpoint, stamp: Stamp) -> dict[str, Json]:
    return {
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "authority": stamp.authority,
        "instant": stamp.instant,
    }


def _line(ledgers: Ledgers, head: Head, means: Stamping, facts: dict[str, Json], digest: str) -> dict[str, Json]:
    kind = checkpoint_stamped.KIND
    statement = operator_statement(kind, head.keeper, licences_of(ledgers, head), means.day)
    return {"statement": statement, "facts": facts, "files": {TOKEN: digest}, "salts": {"facts": means.salt()}}
