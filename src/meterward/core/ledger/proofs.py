"""Proofs about the Merkle tree: that a leaf is in it, and that it grew from a smaller one (RFC 9162, 2.1.3 and 2.1.4).

Whoever makes a proof asks a `Node` for hashes of complete subtrees; whoever checks one needs hashes and numbers only.
A check answers `False` to whatever does not hold, however it is malformed. It sets out from a hash of 32 bytes and all
that it makes have as many, so that one of another length beside them cannot lead to the root. It binds an index to a
size, and a size to nothing: the size must come from where the root does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from meterward.core.ledger.tree import EMPTY_ROOT, node_hash

HASH_BYTES = 32

Node: TypeAlias = Callable[[int, int], bytes]
"""Level and index to the hash of that complete subtree of 2**level leaves; level 0 are the hashes of the leaves."""


def span_hash(start: int, end: int, node: Node) -> bytes:
    """The hash over the leaves from `start` to before `end`.

    `start` is a multiple of a power of two that is not below their number, as it is for every subtree of every tree.
    """
    rest, found = end - start, b""
    while rest:
        level = (rest & -rest).bit_length() - 1
        rest &= rest - 1
        peak = node(level, (start + rest) >> level)
        found = node_hash(peak, found) if found else peak
    return found or EMPTY_ROOT


def root(size: int, node: Node) -> bytes:
    """The root over the first `size` leaves."""
    return span_hash(0, size, node)


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """The proof that the leaf at `index` is in the tree of `size` leaves: the hashes beside its way up to the root."""
    if not 0 <= index < size:
        raise ValueError(f"No leaf {index} in a tree of {size}.")
    return _beside(index, size, 0, node)


def consistency(old: int, size: int, node: Node) -> list[bytes]:
    """The proof that the tree of `size` leaves begins with that of `old`; empty if either is empty or both are one."""
    if not 0 <= old <= size:
        raise ValueError(f"A tree of {size} leaves was never one of {old}.")
    if old in {0, size}:
        return []
    start = _last_subtree(old)
    way = _beside(old - 1, size, start, node)
    return way if _is_whole(old) else [node(start, (old - 1) >> start), *way]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that the leaf with this hash stands at `index` in the tree of `size` leaves."""
    if not 0 <= index < size or len(leaf) != HASH_BYTES:
        return False
    below = _below_edge(index, size)
    if len(path) != below + (index >> below).bit_count():
        return False
    # From the right edge on only left subtrees are named; a negative number has ones in all higher places.
    lefts, found = index | -1 << below, leaf
    for beside in path:
        found = node_hash(beside, found) if lefts & 1 else node_hash(found, beside)
        lefts >>= 1
    return found == root


def verify_consistency(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the tree with this root begins with the tree that had the old root.

    Every tree begins with the empty one; of the new root that says nothing.
    """
    if not 0 <= old <= size or not len(old_root) == len(root) == HASH_BYTES:
        return False
    if old == size:
        return not proof and old_root == root and (size > 0 or root == EMPTY_ROOT)
    if not old:
        return not proof and old_root == EMPTY_ROOT
    return _grows(old, size, old_root, root, [old_root, *proof] if _is_whole(old) else proof)


def _grows(old: int, size: int, old_root: bytes, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether both roots follow from the last complete subtree of the old tree and what stands beside its way up."""
    start, last = _last_subtree(old), old - 1
    below = _below_edge(last, size)
    if len(proof) != 1 + below - start + (last >> below).bit_count() or len(proof[0]) != HASH_BYTES:
        return False
    lefts, before, after = (last | -1 << below) >> start, proof[0], proof[0]
    for beside in proof[1:]:
        if lefts & 1:
            before, after = node_hash(beside, before), node_hash(beside, after)
        else:
            after = node_hash(after, beside)
        lefts >>= 1
    return before == old_root and after == root


def _beside(index: int, size: int, start: int, node: Node) -> list[bytes]:
    """The hashes beside the way from the subtree at level `start` that holds a leaf up to the root."""
    below = _below_edge(index, size)
    way = [node(level, index >> level ^ 1) for level in range(start, below - 1)]
    if below:
        # Where the way meets the right edge, what stands beside it need not be complete.
        edge = below - 1
        way.append(span_hash((size - 1) >> edge << edge, size, node))
    lefts = index >> below
    while lefts:
        level = below + (lefts & -lefts).bit_length() - 1
        way.append(node(level, (index >> level) - 1))
        lefts &= lefts - 1
    return way


def _below_edge(index: int, size: int) -> int:
    """How many steps up from a leaf it takes to come to the way up from the last one."""
    return (index ^ (size - 1)).bit_length()


def _last_subtree(size: int) -> int:
    """The level of the smallest of the complete subtrees that a tree consists of, which is its last."""
    return (size & -size).bit_length() - 1


def _is_whole(size: int) -> bool:
    """Whether a tree is one complete subtree, so that its root need not stand in a proof."""
    return not size & (size - 1)
