"""The API with all of its operations: each module declares its own as it is read."""

from __future__ import annotations

from meterward.api import files, kinds, ledgers, positions, proofs, records
from meterward.api.service import api

__all__ = ["api", "files", "kinds", "ledgers", "positions", "proofs", "records"]
