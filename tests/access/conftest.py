"""Every test here has the store with the example licensee that is filled once for each process."""

from __future__ import annotations

from tests.builders.filled import example, filled

__all__ = ["example", "filled"]
