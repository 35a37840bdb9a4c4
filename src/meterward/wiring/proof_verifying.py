"""A single proof, verified anywhere with what the reader brings along; no store is needed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from meterward.adapters.certificates import certificates_in
from meterward.core.base.problem import Code, Problem
from meterward.core.ledger.keys import Algorithm, PublicKey
from meterward.core.ledger.proof_text import LONGEST
from meterward.core.ledger.stamps import LONGEST as LONGEST_TOKEN
from meterward.usecases.verify_proof import Given, ProofVerified, Trusting, verify_proof
from meterward.wiring.verifying import policy_in

_LONGEST_STATEMENT = 2_000_000


class Brought(NamedTuple):
    """What somebody brings to verify a proof: files, and keys in hex that sign statements."""

    proof: Path
    policy: Path
    statement: Path | None = None
    token: Path | None = None
    certificates: Path | None = None
    """Of those whom the reader believes about time."""
    keys: Sequence[str] = ()


def verify(brought: Brought) -> ProofVerified | Problem:
    """Verify the proof of a record, step by step; or why nothing could be begun."""
    trusting = _trusting(brought)
    if isinstance(trusting, Problem):
        return trusting
    hint = "Name the file “….tlog-proof” that you took along from the page of a record."
    proof = _read(brought.proof, LONGEST, "The proof", hint)
    hint = "Name the file “….dsse.json” that you took along from the page of the same record."
    statement = _read(brought.statement, _LONGEST_STATEMENT, "The statement", hint) if brought.statement else None
    hint = "Name the file with what the time-stamping authority answered."
    token = _read(brought.token, LONGEST_TOKEN, "The token", hint) if brought.token else None
    if isinstance(proof, Problem):
        return proof
    if isinstance(statement, Problem):
        return statement
    if isinstance(token, Problem):
        return token
    return verify_proof(Given(proof, statement, token), trusting)


def _trusting(brought: Brought) -> Trusting | Problem:
    policy = policy_in(brought.policy)
    if isinstance(policy, Problem):
        return policy
    roots = certificates_in(brought.certificates) if brought.certificates else ()
    if isinstance(roots, Problem):
        return roots
    keys = [_key(text) for text in brought.keys]
    wrong = next((text for text, key in zip(brought.keys, keys, strict=True) if key is None), None)
    if wrong is not None:
        hint = "Write the 32 bytes of an Ed25519 key in hex, as the record has it that introduces the key."
        return Problem(Code.FIELD_VALUE, f"“{wrong}” is no key.", hint, "--key")
    return Trusting(policy, roots, [key for key in keys if key])


def _key(text: str) -> PublicKey | None:
    try:
        key = PublicKey(Algorithm.ED25519, bytes.fromhex(text))
    except ValueError:
        return None
    return key if key.is_whole() else None


def _read(path: Path, most: int, what: str, hint: str) -> bytes | Problem:
    """A file of somebody's own. One that is too long is read a byte too far, so that nothing takes it for whole."""
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as error:
        return Problem(Code.FILE_MISSING, f"{what} “{path}” cannot be read: {error.strerror}.", hint)
