"""Proofs from the entries of a store: for every entry, while the ledger grows, and with little kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from meterward.core.ledger.checkpoints import Checkpoint
from meterward.core.ledger.notes import Note, Signature
from meterward.core.ledger.proof_text import Proof, read_proof
from meterward.core.ledger.proofs import root, verify_inclusion
from meterward.core.ledger.tiles import Tile, TileNodes, new_bundles, pack_entries
from meterward.core.ledger.tree import Frontier, leaf_hash
from meterward.usecases import prove_record
from meterward.usecases.prove_record import Proving

if TYPE_CHECKING:
    import pytest

    from meterward.usecases.ports import Ledgers

LEAVES = [f"leaf {number}".encode() for number in range(66_000)]


class Reading:
    """Ledgers of which nothing is asked but leaves, and how often and how many were."""

    def __init__(self) -> None:
        self.queries, self.read = 0, 0

    def leaves(self, _ledger: str, start: int, until: int) -> list[bytes]:
        self.queries += 1
        self.read += until - start
        return LEAVES[start:until]


def nothing(_done: int, _total: int) -> None:
    """Hear of progress, and do nothing."""


def checkpoint_over(size: int) -> Checkpoint:
    tree = Frontier()
    for leaf in LEAVES[:size]:
        tree.append(leaf_hash(leaf))
    return Checkpoint("log", size, tree.root())


def proved(proving: Proving, index: int, checkpoint: Checkpoint) -> bool:
    found = proving.prove(index, Note(str(checkpoint), ()), checkpoint, "x", nothing)
    assert isinstance(found, Proof)
    assert (found.leaf, found.place) == (LEAVES[index], index)
    return verify_inclusion(leaf_hash(found.leaf), index, checkpoint.size, found.path, checkpoint.root)


def test_as_the_ledger_grows_every_entry_is_proved() -> None:
    proving = Proving(cast("Ledgers", Reading()))
    for size in (1, 2, 255, 256, 257, 511, 512, 700, 65_536, 65_537):
        checkpoint = checkpoint_over(size)
        for index in {0, 1, 254, 255, 256, 300, 511, size // 2, size - 1} & set(range(size)):
            assert proved(proving, index, checkpoint)


def test_once_it_was_read_a_proof_asks_for_a_few_tiles_at_most() -> None:
    reading = Reading()
    proving, checkpoint = Proving(cast("Ledgers", reading)), checkpoint_over(65_900)
    assert proving.behind("x", 65_900) == 65_900
    assert proved(proving, 5, checkpoint)
    assert proving.behind("x", 65_900) < 256
    for index in (40_000, 40_001, 65_800):
        before = reading.queries
        assert proved(proving, index, checkpoint)
        assert reading.queries - before <= 3
    before = reading.queries
    assert proved(proving, 40_002, checkpoint)
    assert reading.queries == before + 1, "its own entry"


def test_few_tiles_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prove_record, "MOST_KEPT", 4)
    proving = Proving(cast("Ledgers", Reading()))
    proving.follow("x", 5_120, nothing)
    for index in range(20):
        proving.tile("x", Tile(0, index))
    assert len(proving._tiles) == 4  # noqa: SLF001 - that it stays small is what is tested


def test_entries_that_do_not_come_to_the_checkpoint_prove_nothing() -> None:
    proving, honest = Proving(cast("Ledgers", Reading())), checkpoint_over(600)
    other = Checkpoint("log", 600, bytes(32))
    assert proved(proving, 3, honest)
    assert not isinstance(proving.prove(3, Note(str(other), ()), other, "x", nothing), Proof)


def test_tiles_come_to_the_root() -> None:
    proving, size = Proving(cast("Ledgers", Reading())), 65_800
    proving.follow("x", size, nothing)
    nodes = TileNodes(lambda level, index, width: proving.tile("x", Tile(level, index, width)), size)
    assert root(size, nodes.node) == checkpoint_over(size).root
    (last,) = [one for one in new_bundles(0, size) if one.width < 256]
    assert proving.entries("x", last) == pack_entries(LEAVES[65_792:size])


def test_a_proof_has_as_many_hashes_as_any_tree_asks_for_and_no_more() -> None:
    note = Note("text\n", (Signature("a.example/one", b"abcd", b"value"),))
    for count, read in ((63, True), (64, False)):
        written = str(Proof(b"leaf", 0, (bytes(32),) * count, note)).encode()
        assert (read_proof(written) is not None) is read
