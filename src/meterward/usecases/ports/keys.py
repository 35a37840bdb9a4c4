"""Keys that sign, kept where nobody else reads them."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from meterward.core.ledger.keys import Signer


class LogSigners(NamedTuple):
    """What signs the checkpoints of a log: Ed25519 for all to read, and ML-DSA-44 for when that no longer holds."""

    ed25519: Signer
    ml_dsa_44: Signer


class Keys(Protocol):
    """The keys of an installation, made when they are first asked for. Any adapter may keep them: files, a device."""

    def first(self, organisation: str) -> Signer:
        """The first key of an organisation, by which its statements are signed until there is another."""

    def another(self, organisation: str) -> Signer:
        """A new key of an organisation; it signs nothing before a record introduces it."""

    def held(self, identity: str) -> Signer | None:
        """The key of an id, if its secret half is here."""

    def has_log(self, ledger: str) -> bool:
        """Whether the log of a ledger has keys already."""

    def of_log(self, ledger: str) -> LogSigners:
        """The keys of the log of a ledger."""
