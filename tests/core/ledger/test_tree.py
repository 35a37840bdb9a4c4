"""The Merkle tree against the vectors of Certificate Transparency, and against RFC 9162, section 2.1, to the letter."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meterward.core.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash, node_hash

INPUTS = [
    bytes.fromhex(entry)
    for entry in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""The roots over the first 0 to 8 inputs."""
LARGEST = 300


def root_of(entries: list[bytes]) -> bytes:
    """MTH(D[n]): the hash of nothing, of a leaf, or of two subtrees, the first as large a power of two as is less."""
    n = len(entries)
    if n == 0:
        return sha256().digest()
    if n == 1:
        return sha256(b"\x00" + entries[0]).digest()
    k = max(2**power for power in range(n.bit_length()) if 2**power < n)
    return sha256(b"\x01" + root_of(entries[:k]) + root_of(entries[k:])).digest()


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
        assert tree.root() == root_of(entries[:size]), size
        assert len(tree.peaks) == size.bit_count()
        if size < LARGEST:
            tree.append(leaf_hash(entries[size]))


@given(st.lists(st.binary(max_size=80), max_size=40))
def test_any_entries_as_the_standard_defines_it(entries: list[bytes]) -> None:
    assert grown(entries).root() == root_of(entries)


def test_asking_for_the_root_changes_nothing() -> None:
    tree = grown(INPUTS[:5])
    assert tree.root() == tree.root()
    tree.append(leaf_hash(INPUTS[5]))
    assert tree.root().hex() == ROOTS[6]


def test_no_leaf_can_pass_for_a_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")
    assert leaf_hash(left + right) != node_hash(left, right)
    assert leaf_hash(b"\x01" + left + right) != node_hash(left, right)
