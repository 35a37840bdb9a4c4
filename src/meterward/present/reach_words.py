"""Where a record is entered beside the ledger in which it is said, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.base.nearest import listed
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.usecases.exchange_records import Reach


def reach_says(reach: Reach) -> Iterator[str]:
    """A sentence for those whose ledgers are here, and one for those to whom it is handed over."""
    if reach.here:
        yield f"Also entered in {_ledgers(len(reach.here))} of {clean(listed(reach.here))}."
    if reach.away:
        is_are = "is" if len(reach.away) == 1 else "are"
        yield (
            f"Not delivered from here: {_ledgers(len(reach.away))} of {clean(listed(reach.away))} {is_are} elsewhere. "
            "“meterward deliver out” writes what is handed over."
        )


def _ledgers(count: int) -> str:
    return "the ledger" if count == 1 else "the ledgers"
