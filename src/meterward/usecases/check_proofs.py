"""Check the proofs of single records that a bundle of some of them has: each shows what it is named for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.bundle.manifest import PROOFS
from meterward.core.ledger.proof_text import LONGEST, read_proof
from meterward.usecases.read_bundle import read_whole

if TYPE_CHECKING:
    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.core.ledger.notes import Note
    from meterward.usecases.ports import Bundle
    from meterward.usecases.verify_records import Records

_MOST_NAMED = 20


def wrong_proofs(bundle: Bundle, records: Records, note: Note, checkpoint: Checkpoint) -> list[str]:
    """The proofs that are missing, belong to no record here, or do not show what they are named for, by name.

    Where no record was left out, the bundle is the whole ledger, which needs none.
    """

    def holds(name: str, place: int) -> bool:
        proof = read_proof(read_whole(bundle, name, LONGEST))
        return proof is not None and (proof.place, proof.checkpoint) == (place, note) and proof.leads_to(checkpoint)

    wanted = {f"{PROOFS}{place + 1}.tlog-proof": place for place in records.places}
    there = {name for name in bundle.names() if name.startswith(PROOFS)}
    wrong = [f"{name}, which is missing" for name in wanted if records.left_out and name not in there]
    wrong += [f"{name}, which is of no record here" for name in sorted(there - set(wanted))]
    wrong += [name for name, place in wanted.items() if name in there and not holds(name, place)]
    return wrong[:_MOST_NAMED]
