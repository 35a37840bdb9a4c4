"""`checkpoint.stamped`: a time-stamping authority says by when the ledger was what it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from meterward.core.records.keeper import EVERY_LEDGER
from meterward.core.records.kind import Kind, Unmet
from meterward.core.records.roles import Role
from meterward.core.records.values import Instant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from meterward.core.records.kind import Seen

_DIGITS = 64
_HEX = frozenset("0123456789abcdef")


class CheckpointStamped(NamedTuple):
    """A time-stamping authority stamped a checkpoint of the ledger (RFC 3161); its token is attached.

    The entries that the checkpoint has were there at that instant, and this one, which holds the token, was not yet.
    """

    size: Annotated[int, "How many entries the checkpoint has."]
    root: Annotated[str, "The root over them, in hex."]
    authority: Annotated[str, "What the authority is called, after the common name in its certificate."]
    instant: Annotated[Instant, "The instant that the token says."]


def is_stamp(seen: Seen[CheckpointStamped]) -> Iterable[Unmet]:
    """The root has the form of one, some entries are stamped, and one token is attached."""
    if len(seen.facts.root) != _DIGITS or not _HEX.issuperset(seen.facts.root):
        yield Unmet("facts.root", "It is not a root.", f"Write it as {_DIGITS} lower-case hex digits.")
    if not seen.facts.size:
        yield Unmet("facts.size", "No entry is stamped.", "Say how many entries the checkpoint has.")
    if seen.files != 1:
        yield Unmet("files", "Not one token is attached.", "Attach the reply of the authority, and nothing else.")


KIND = Kind(
    name="checkpoint.stamped",
    facts=CheckpointStamped,
    by=(Role.OPERATOR,),
    worked_out="Have the ledger stamped with “meterward ledger stamp”: the reply of the authority is checked there.",
    homes=EVERY_LEDGER,
    links=(),
    constraints=(is_stamp,),
    example={
        "size": 640,
        "root": "7849352063f2a1b0c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b",
        "authority": "time.example",
        "instant": "2026-11-22T15:04:05Z",
    },
)
