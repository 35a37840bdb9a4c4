"""Name the keys by which others know the checkpoints of a ledger's log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.ledger.notes import ED25519, ML_DSA_44, NoteKey

if TYPE_CHECKING:
    from meterward.usecases.ports import LogSigners


def log_keys(origin: str, signers: LogSigners) -> tuple[NoteKey, NoteKey]:
    """The verifier keys of a log of some origin, Ed25519 and ML-DSA-44."""
    return (
        NoteKey(origin, ED25519, signers.ed25519.public),
        NoteKey(origin, ML_DSA_44, signers.ml_dsa_44.public),
    )
