"""Whether a bundle goes on from what its reader had before: an earlier bundle, or a checkpoint that was kept.

Who has the ledger and its keys can write all of it anew, and sign that: by itself, such a bundle is in order. An
earlier checkpoint, in the hands of somebody else, is what shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.bundle.steps import Found, Outcome, failed, passed
from meterward.core.bundle.trust import check_checkpoint
from meterward.core.ledger.proofs import consistency, verify_consistency
from meterward.core.ledger.tiles import Tile, TileNodes
from meterward.usecases.read_bundle import read_whole

if TYPE_CHECKING:
    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.core.ledger.policy import Policy
    from meterward.usecases.ports import Bundle

_EARLIER = "what you had before"


def check_since(bundle: Bundle, now: Checkpoint, earlier: bytes, policy: Policy) -> Found:
    """Whether the log of a bundle, whose tiles were checked, begins with the log of an earlier checkpoint."""
    found, _, then = check_checkpoint(earlier, policy, _EARLIER)
    if then is None:
        says = f"The earlier checkpoint shows nothing, since nobody whom you trust vouches for it. {found.says}"
        return Found(found.outcome, says, found.items)
    if not then.size:
        return Found(Outcome.NOT_CHECKED, "Every log begins with an empty one: the earlier checkpoint shows nothing.")
    had, has = f"{then.size:,} {_entries(then.size)}", f"{now.size:,}"
    if then.size > now.size:
        return failed(f"The log had {had} when you last saw it, and has {has} now: entries were taken out.", _EARLIER)
    if not _begins_with(bundle, then, now):
        says = f"The first {had} are not those that you saw before, though the log signed both: it was written anew."
        return failed(says, _EARLIER)
    other = "" if then.origin == now.origin else f" They were signed as “{then.origin}” then."
    if then.size == now.size:
        return passed(f"It has the same {had} as before.{other}")
    return passed(f"It begins with the {had} that you saw before, each as it was, and has {has} now.{other}")


def _begins_with(bundle: Bundle, then: Checkpoint, now: Checkpoint) -> bool:
    def fetch(level: int, index: int, width: int) -> bytes:
        return read_whole(bundle, Tile(level, index, width).path)

    proof = consistency(then.size, now.size, TileNodes(fetch, now.size).node)
    return verify_consistency(then.size, now.size, then.root, now.root, proof)


def _entries(count: int) -> str:
    return "entry" if count == 1 else "entries"
