"""Give the token of a time stamp with the very bytes that it stamps, to be checked by tools that others wrote.

Only what stamps this ledger's own entries is given: whoever enters a record could name the digest of any file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from meterward.core.ledger.checkpoints import Checkpoint
from meterward.core.ledger.stamps import LONGEST, stamps
from meterward.core.records.kinds import checkpoint_stamped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import IO, Any

    from meterward.core.records.kinds.checkpoint_stamped import CheckpointStamped
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Head, Ledgers


class StampGiven(NamedTuple):
    """A time stamp: the reply of the authority as it came, and the text of the checkpoint that it stamps."""

    token: bytes
    checkpoint: Checkpoint


def give_stamp(
    ledgers: Ledgers, head: Head, index: int, origin: str, find: Callable[[str], IO[bytes] | None]
) -> StampGiven | None:
    """The time stamp that an entry holds; None if it holds none, its token is not here, or stamps something else."""
    line = ledgers.line(head.ledger, index) if 0 <= index < head.size else None
    facts, files = (line.get("facts"), line.get("files")) if line else (None, None)
    if not isinstance(facts, dict) or not isinstance(files, dict) or len(files) != 1:
        return None
    size = facts.get("size")
    if _kind_of(line) != checkpoint_stamped.KIND.name or not isinstance(size, int) or not 0 < size <= index:
        return None
    checkpoint = Checkpoint(origin, size, bytes.fromhex(ledgers.root(head.ledger, size)))
    file = find(str(next(iter(files.values()))))
    if file is None:
        return None
    with file:
        token = file.read(LONGEST + 1)
    return StampGiven(token, checkpoint) if stamps(token, checkpoint) else None


def last_stamped(records: Iterable[Record[Any]]) -> Record[CheckpointStamped] | None:
    """The newest time stamp that nobody took back; `records` are the stamps, and what acts on them."""
    telling = list(records)
    gone = {record.links.withdraws for record in telling}
    found = (one for one in telling if one.kind is checkpoint_stamped.KIND and one.id not in gone)
    return max(found, key=lambda one: one.index, default=None)


def _kind_of(line: Any) -> object:  # noqa: ANN401 - a line as it was kept
    return line["statement"]["kind"]
