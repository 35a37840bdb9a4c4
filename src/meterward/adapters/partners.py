"""Whom a ledger hears from across installations: the key of each log as it was first believed, and its checkpoint."""

from __future__ import annotations

import re
from dataclasses import dataclass
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Partners:
    """A folder of a home, with a policy and the last checkpoint of every organisation that a ledger hears from."""

    folder: Path

    def policy(self, ledger: str, partner: str) -> Path | None:
        """The policy that is kept of an organisation's log."""
        return self._there(ledger, partner, "policy")

    def checkpoint(self, ledger: str, partner: str) -> Path | None:
        """The checkpoint of an organisation's log that came last."""
        return self._there(ledger, partner, "checkpoint")

    def keep(self, ledger: str, partner: str, policy: bytes, checkpoint: bytes = b"") -> None:
        """Keep what was believed of an organisation's log, whole or not at all."""
        for name, data in (("policy", policy), ("checkpoint", checkpoint)):
            if data:
                path = self._place(ledger, partner, name)
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                made = path.with_name(f".{path.name}.{token_hex(8)}")
                made.write_bytes(data)
                made.replace(path)

    def _there(self, ledger: str, partner: str, name: str) -> Path | None:
        if not all(map(_NAME.fullmatch, (ledger, partner))):
            return None
        path = self._place(ledger, partner, name)
        return path if path.is_file() else None

    def _place(self, ledger: str, partner: str, name: str) -> Path:
        if not all(map(_NAME.fullmatch, (ledger, partner))):
            raise ValueError(f"no file is kept of {partner!r}")
        return self.folder / ledger / f"{partner}.{name}"
