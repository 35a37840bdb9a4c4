"""The Merkle tree against the vectors of Certificate Transparency, and against RFC 9162, section 2.1, to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash, node_hash
from tests.builders.ct_vectors import INPUTS, ROOTS
from tests.builders.naive_tree import mth

LARGEST = 300


def grown(entries: list[bytes]) -> Frontier:
    """A tree to which every entry was added."""
    tree = Frontier()
    for entry in entries:
        tree.append(leaf_hash(entry))
    return tree


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_vectors_of_certificate_transparency(size: int) -> None:
    assert grown(INPUTS[:size]).root().hex() == ROOTS[size]


def test_every_size_as_the_standard_defines_it() -> None:
    tree, entries = Frontier(), [f"entry {place}".encode() for place in range(LARGEST)]
    assert tree.root() == EMPTY_ROOT
    for size in range(LARGEST + 1):
        assert tree.size == size
        assert tree.root() == mth(entries[:size]), size
        assert len(tree.peaks) == size.bit_count()
        if size < LARGEST:
            tree.append(leaf_hash(entries[size]))


@given(st.lists(st.binary(max_size=80), max_size=40))
def test_any_entries_as_the_standard_defines_it(entries: list[bytes]) -> None:
    assert grown(entries).root() == mth(entries)


def test_asking_for_the_root_changes_nothing() -> None:
    tree = grown(INPUTS[:5])
    assert tree.root() == tree.root()
    tree.append(leaf_hash(INPUTS[5]))
    assert tree.root().hex() == ROOTS[6]


def test_no_leaf_can_pass_for_a_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)
    assert leaf_hash(b"\x01" + left + right) != node_hash(left, right)
