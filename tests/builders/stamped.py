"""Ledgers in memory that are stamped, and what a reader finds who believes some authorities."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, cast

from meterward.adapters.salts import fresh_salt
from meterward.usecases.append_record import Order, append_records
from meterward.usecases.read_ledger import one_by_one
from meterward.usecases.stamp_checkpoint import Stamped, Stamping, stamp_checkpoint
from meterward.usecases.verify_bundle import Verifier, verify_bundle
from meterward.usecases.verify_time import UNASKED, Trusted
from meterward.wiring import engine
from meterward.wiring.recomputing import recompute
from tests.builders.bundles import DAY, Maker, law

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.base.problem import Problem
    from meterward.core.bundle.steps import Found
    from meterward.core.ledger.notes import NoteKey
    from meterward.usecases.append_record import Appended, Line
    from meterward.usecases.verify_bundle import Verification
    from tests.builders.authorities import Authority
    from tests.builders.bundles import MemoryBundle

LATER = "2099-01-01T00:00:00Z"
"""Later than any token."""


def stamp(by: Maker, whom: Authority, tokens: dict[str, bytes], origin: str = "", **more: Any) -> Stamped:  # noqa: ANN401 - as a record has them
    """Have a ledger stamped as it stands, under another name of its log if one is given.

    `more` is what its record says instead.
    """
    head = by.ledgers.head(by.ledger)
    assert head

    class Asked:
        def ask(self, request: bytes) -> bytes | Problem:
            return whom.reply(request)

    def keep(token: bytes) -> str:
        tokens[sha256(token).hexdigest()] = token
        return sha256(token).hexdigest()

    def entered(ledger: str, line: Line, key: str) -> Appended | list[Problem]:
        changed = {**line, "facts": {**cast("dict[str, Any]", line["facts"]), **more}}
        return append_records(by.ledgers, ledger, Order([changed], key), lambda _: (), by.signers.sign)

    means = Stamping(Asked(), whom.roots, keep, entered, DAY, fresh_salt)
    done = stamp_checkpoint(by.ledgers, head, origin or by.origin, means)
    assert isinstance(done, Stamped), done
    return done


def verified(by: Maker, bundle: MemoryBundle, time: Trusted = UNASKED, also: Sequence[NoteKey] = ()) -> Verification:
    """What somebody finds who trusts this log, others perhaps, and some authorities."""
    packs, policy = {law().digest: law().name}, by.policy()
    policy.logs.extend(also)
    return verify_bundle(bundle, Verifier(policy, engine(), packs, one_by_one, recompute, time=time))


def incident(number: int) -> dict[str, Any]:
    """The line of an incident."""
    statement = {
        "kind": "incident.recorded",
        "version": 1,
        "licensee": "northlight",
        "licences": ["electricity"],
        "occurred": f"{DAY}",
        "subject": f"incident/late-{number}",
        "actor": {"person": "p-07", "role": "security_manager", "organisation": "northlight"},
    }
    facts = {"detected": f"{DAY}", "severity": "low"}
    return {"statement": statement, "facts": facts, "salts": {"facts": "0" * 32}}


def time_of(found: Verification) -> Found:
    """The step of time."""
    step = found.steps[3]
    assert step.number == 4
    return step.found


def clock(by: Maker, instant: str) -> None:
    """Set the ledger's own clock."""
    by.ledgers.now = lambda: instant
