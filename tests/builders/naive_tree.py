"""The Merkle tree as RFC 9162, section 2.1, defines it, written down: slow, sharing no idea with the product."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def split(n: int) -> int:
    """k: the largest power of two that is less than n."""
    return 1 << (n - 1).bit_length() - 1


def mth(leaves: list[bytes]) -> bytes:
    """MTH(D_n), of entries."""
    n = len(leaves)
    if n <= 1:
        return sha256(b"\x00" + leaves[0]).digest() if leaves else sha256().digest()
    k = split(n)
    return sha256(b"\x01" + mth(leaves[:k]) + mth(leaves[k:])).digest()


def path(m: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D_n)."""
    n = len(leaves)
    if n == 1:
        return []
    k = split(n)
    if m < k:
        return [*path(m, leaves[:k]), mth(leaves[k:])]
    return [*path(m - k, leaves[k:]), mth(leaves[:k])]


def proof(m: int, leaves: list[bytes]) -> list[bytes]:
    """PROOF(m, D_n), for 0 < m < n."""
    return subproof(m, leaves, whole=True)


def subproof(m: int, leaves: list[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF(m, D_n, b)."""
    n = len(leaves)
    if m == n:
        return [] if whole else [mth(leaves)]
    k = split(n)
    if m <= k:
        return [*subproof(m, leaves[:k], whole=whole), mth(leaves[k:])]
    return [*subproof(m - k, leaves[k:], whole=False), mth(leaves[:k])]


def nodes(leaves: list[bytes]) -> Callable[[int, int], bytes]:
    """The hash of every complete subtree, by level and index."""
    return lambda level, index: mth(leaves[index << level : (index + 1) << level])


def tile(leaves: list[bytes], level: int, index: int, width: int) -> bytes:
    """A tile, as C2SP tlog-tiles defines it."""
    span, first = 256**level, index * 256
    return b"".join(mth(leaves[at * span : (at + 1) * span]) for at in range(first, first + width))
