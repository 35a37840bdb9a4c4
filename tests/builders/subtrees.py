"""The complete subtrees of a tree that is held in memory as the hashes of its leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.ledger.tree import node_hash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.ledger.proofs import Node


def subtrees(leaves: Sequence[bytes]) -> Node:
    """A `Node` over these leaves."""
    rows = [leaves]
    while len(rows[-1]) > 1:
        row = rows[-1]
        rows.append([node_hash(row[at], row[at + 1]) for at in range(0, len(row) - 1, 2)])
    return lambda level, index: rows[level][index]
