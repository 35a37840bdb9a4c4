"""The checkpoints that were handed on: what others hold of a ledger, and what it must stay true to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence


class Published(NamedTuple):
    """A checkpoint that was handed on: how many entries it is over, the signed note, and when that was made."""

    size: int
    note: bytes
    made: str


class Checkpoints(Protocol):
    """The published checkpoints of ledgers. One is never changed; cosignatures that come later make another."""

    def last(self, ledger: str) -> Published | None:
        """The last one; None if there is none."""

    def all(self, ledger: str) -> Sequence[Published]:
        """All of them, the first one first."""

    def keep(self, ledger: str, published: Published, last: Published | None) -> bool:
        """Keep one, durably, if `last` is the last one still, and is not of a larger size; whether it was kept.

        It is not part of any transaction that began before.
        """
