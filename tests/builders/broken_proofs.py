"""Proofs with one thing wrong."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

JUNK = bytes(range(32))
"""A hash of nothing."""


def flips(data: bytes) -> Iterator[bytes]:
    """The same bytes with each single bit turned over."""
    whole = int.from_bytes(data, "big")
    return ((whole ^ 1 << bit).to_bytes(len(data), "big") for bit in range(8 * len(data)))


def flipped(proof: list[bytes]) -> Iterator[list[bytes]]:
    """The proof with each single bit turned over."""
    return ([*proof[:at], other, *proof[at + 1 :]] for at, item in enumerate(proof) for other in flips(item))


def misshapen(proof: list[bytes]) -> Iterator[list[bytes]]:
    """The proof with something missing, added, moved or cut."""
    for at, item in enumerate(proof):
        before, after = proof[:at], proof[at + 1 :]
        yield [*before, *after]
        yield [*before, item, item, *after]
        yield [*before, b"", item, *after]
        yield [*before, item[:-1], *after]
        yield [*before, item + b"\0", *after]
    for at, (one, two) in enumerate(pairwise(proof)):
        before, after = proof[:at], proof[at + 2 :]
        yield [*before, two, one, *after]
        yield [*before, one + two[:1], two[1:], *after]
        yield [*before, one[:-1], one[-1:] + two, *after]
        yield [*before, one[1:], two + one[:1], *after]
        yield [*before, two[-1:] + one, two[:-1], *after]
    yield [*proof, JUNK]
    yield [JUNK, *proof]


def altered(proof: list[bytes]) -> Iterator[list[bytes]]:
    """The proof in every way in which it can have one thing wrong."""
    yield from flipped(proof)
    yield from misshapen(proof)
