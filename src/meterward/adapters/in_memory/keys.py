"""Keys in memory, made anew in each process: what they sign is good for a test."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from meterward.adapters.signing import SecretKey
from meterward.usecases.ports import LogSigners

if TYPE_CHECKING:
    from meterward.core.ledger.keys import Signer


@dataclass(slots=True)
class MemoryKeys:
    """See `Keys`."""

    _of: dict[str, list[SecretKey]] = field(default_factory=dict)
    _logs: dict[str, LogSigners] = field(default_factory=dict)

    def first(self, organisation: str) -> Signer:
        """See `Keys.first`."""
        return self._of[organisation][0] if organisation in self._of else self.another(organisation)

    def another(self, organisation: str) -> Signer:
        """See `Keys.another`."""
        self._of.setdefault(organisation, []).append(SecretKey(Ed25519PrivateKey.generate()))
        return self._of[organisation][-1]

    def held(self, identity: str) -> Signer | None:
        """See `Keys.held`."""
        return next((one for held in self._of.values() for one in held if one.public.id == identity), None)

    def has_log(self, ledger: str) -> bool:
        """See `Keys.has_log`."""
        return ledger in self._logs

    def of_log(self, ledger: str) -> LogSigners:
        """See `Keys.of_log`."""
        if ledger not in self._logs:
            made = LogSigners(SecretKey(Ed25519PrivateKey.generate()), SecretKey(MLDSA44PrivateKey.generate()))
            self._logs.setdefault(ledger, made)
        return self._logs[ledger]
