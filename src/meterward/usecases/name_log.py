"""Name the keys by which others know the checkpoints of a ledger's log."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.ledger.checkpoints import origin_of
from meterward.core.ledger.notes import ED25519, ML_DSA_44, NoteKey

if TYPE_CHECKING:
    from meterward.usecases.ports import Keys, LogSigners


class Log(NamedTuple):
    """The log of a ledger: its origin, and its verifier keys as a policy has them."""

    origin: str
    keys: tuple[str, ...]


def log_of(keys: Keys, ledger: str) -> Log:
    """The log of a ledger, whose keys are made if there are none."""
    signers = keys.of_log(ledger)
    origin = origin_of(ledger, signers.ed25519.public)
    return Log(origin, tuple(str(key) for key in log_keys(origin, signers)))


def ledger_of(origin: str) -> str:
    """The ledger that a log says it is of; empty if it says none."""
    parts = origin.split("/")
    return parts[1] if len(parts) == len(("meterward", "ledger", "key")) else ""


def log_keys(origin: str, signers: LogSigners) -> tuple[NoteKey, NoteKey]:
    """The verifier keys of a log of some origin, Ed25519 and ML-DSA-44."""
    return (
        NoteKey(origin, ED25519, signers.ed25519.public),
        NoteKey(origin, ML_DSA_44, signers.ml_dsa_44.public),
    )
