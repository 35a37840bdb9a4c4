"""Chance: fresh salts for the parts of a record's body."""

from __future__ import annotations

import secrets

from meterward.core.ledger.commitment import SALT_BYTES


def fresh_salt() -> str:
    """A salt that nobody can guess, in hex."""
    return secrets.token_hex(SALT_BYTES)
