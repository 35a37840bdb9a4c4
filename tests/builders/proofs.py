"""The proof of a record and its statement, as somebody takes them along from the ledger of the example licensee."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from meterward.core.bundle.manifest import CHECKPOINT
from meterward.core.ledger.envelope import envelope
from meterward.core.ledger.notes import read_note
from meterward.core.ledger.proof_text import Proof
from meterward.core.records.line import Sealed, read_object
from meterward.usecases.verify_proof import Given, Trusting, verify_proof
from tests.builders import naive_tree
from tests.builders.northlight import SMALL, maker, whole

if TYPE_CHECKING:
    from meterward.core.bundle.steps import Outcome
    from meterward.core.ledger.keys import PublicKey
    from meterward.core.ledger.policy import Policy
    from meterward.usecases.verify_proof import ProofVerified

PLACE = 5
"""The record of most tests: the sixth entry."""


@cache
def taken(place: int = PLACE) -> Proof:
    """The proof of the record at a place."""
    note = read_note(whole(SMALL).files[CHECKPOINT])
    assert note
    leaves = maker(SMALL).ledgers.leaves("northlight", 0, SMALL + 1)
    return Proof(leaves[place], place, tuple(naive_tree.path(place, leaves)), note)


def file(place: int = PLACE) -> bytes:
    """The file that it is taken along as."""
    return str(taken(place)).encode()


@cache
def statement(place: int = PLACE) -> bytes:
    """The signed statement of the record at a place, as a file."""
    line = maker(SMALL).ledgers.line("northlight", place)
    assert line
    sealed = read_object(line)
    assert isinstance(sealed, Sealed)
    return json.dumps(envelope(sealed.statement.payload(), sealed.signatures), indent=1).encode() + b"\n"


def verified(
    proof: bytes,
    with_statement: bytes | None = None,
    *keys: PublicKey,
    policy: Policy | None = None,
    token: bytes | None = None,
) -> ProofVerified:
    """What somebody finds who trusts the log, unless another policy is given."""
    return verify_proof(Given(proof, with_statement, token), Trusting(policy or maker(SMALL).policy(), (), keys))


def outcomes(found: ProofVerified) -> list[Outcome]:
    """What each step came to."""
    return [step.found.outcome for step in found.steps]


def said_of(found: ProofVerified, number: int) -> str:
    """What a step says, with the items that it names."""
    step = found.steps[number - 1]
    return " ".join((step.found.says, *step.found.items))


def key() -> PublicKey:
    """By which the licensee signs."""
    return maker(SMALL).keys.first("northlight").public
