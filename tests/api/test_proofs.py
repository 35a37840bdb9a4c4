"""The log as others read it: its tiles come to its checkpoint, and what is not there is not there."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest

from meterward.core.ledger.checkpoints import read_checkpoint
from meterward.core.ledger.envelope import opened
from meterward.core.ledger.notes import read_note
from meterward.core.ledger.proof_text import read_proof
from meterward.core.ledger.proofs import root, verify_inclusion
from meterward.core.ledger.tiles import Tile, TileNodes, new_bundles, tiles_of, unpack_entries
from meterward.core.ledger.tree import leaf_hash
from meterward.wiring.example_store import LEDGER
from tests.builders.desks import Machine, secret_of


def test_tiles_and_entries_come_to_the_checkpoint() -> None:
    machine = Machine(secret_of("security"))

    def get(path: str) -> bytes:
        answer = machine.get(f"{LEDGER}/log/{path}")
        assert answer.status_code == 200, path
        return answer.content

    note = read_note(get("checkpoint"))
    assert note is not None
    assert len(note.signatures) == 2
    checkpoint: Any = read_checkpoint(note.text)
    tiles = {tile.path: get(tile.path) for tile in tiles_of(checkpoint.size)}
    nodes = TileNodes(lambda level, index, width: tiles[Tile(level, index, width).path], checkpoint.size)
    assert root(checkpoint.size, nodes.node) == checkpoint.root
    for bundle in new_bundles(0, checkpoint.size):
        entries = unpack_entries(get(bundle.path))
        assert entries is not None
        assert b"".join(map(leaf_hash, entries)) == tiles[Tile(0, bundle.index, bundle.width).path]


def test_a_record_is_proved_by_its_place_and_by_its_id() -> None:
    machine = Machine(secret_of("auditor"))
    said = machine.get(f"{LEDGER}/records/300").json()
    by_place, by_id = (machine.get(f"{LEDGER}/records/{one}/proof").content for one in ("300", said["id"]))
    for data in (by_place, by_id):
        proof: Any = read_proof(data)
        checkpoint: Any = read_checkpoint(proof.checkpoint.text)
        entries: Any = unpack_entries(machine.get(f"{LEDGER}/log/tile/entries/001").content)
        assert proof.leaf == entries[300 - 256]
        assert verify_inclusion(leaf_hash(proof.leaf), 300, checkpoint.size, proof.path, checkpoint.root)
    payload, signatures = opened(machine.get(f"{LEDGER}/records/300/statement").json()) or (b"", {})
    assert sha256(payload).hexdigest() == said["id"]
    assert signatures


@pytest.mark.parametrize(
    "path",
    [
        "records/100000/proof",
        "records/x/proof",
        "records/100000/statement",
        "log/tile/0/100",
        "log/tile/0/003.p/250",
        "log/tile/entries/003",
        "log/tile/1/000",
        "log/tile/9/000.p/1",
        "log/tile/0/0",
        "log/tile/",
    ],
)
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert Machine(secret_of("security")).get(f"{LEDGER}/{path}").status_code == 404


def test_a_parameter_that_means_nothing_is_refused() -> None:
    for path in ("records/0/proof", "records/0/statement", "log/checkpoint", "log/tile/entries/000"):
        assert Machine(secret_of("security")).get(f"{LEDGER}/{path}", known_at="3").status_code == 422
