"""Where a ledger stands, between its row and its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.usecases.ports import Head

if TYPE_CHECKING:
    from meterward.storage import models


def head_of(row: models.Ledger) -> Head:
    """The head that a row keeps."""
    peaks = tuple(bytes.fromhex(peak) for peak in row.peaks.split())
    return Head(row.name, row.licensee, row.size, row.last_recorded, peaks)


def columns_of(head: Head) -> dict[str, str | int]:
    """A head as columns."""
    return {
        "licensee": head.licensee,
        "size": head.size,
        "last_recorded": head.last_recorded,
        "peaks": " ".join(peak.hex() for peak in head.peaks),
    }
