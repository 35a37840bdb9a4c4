"""Verify a bundle offline: step by step, each named, and closed to whatever is not shown.

Whom to trust comes from the reader's policy, never from the bundle. What a bundle says of itself is checked before
anything rests on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from meterward.core.bundle.entries import Entries
from meterward.core.bundle.manifest import CHECKPOINT, MANIFEST, NOTE, read_manifest
from meterward.core.bundle.steps import Found, Outcome, Step, failed, passed, verified, verified_in_part
from meterward.core.bundle.trust import check_checkpoint, check_manifest, check_witnesses
from meterward.usecases.check_proofs import wrong_proofs
from meterward.usecases.compare_bundles import check_since
from meterward.usecases.compare_receipts import compare_receipts, indeterminate
from meterward.usecases.read_bundle import check_files, read_entries, read_whole
from meterward.usecases.verify_records import check_attached, check_records, check_signatures
from meterward.usecases.verify_time import UNASKED, Trusted, check_time
from meterward.usecases.verify_withheld import hidden_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from meterward.core.base.canonical import Json
    from meterward.core.bundle.manifest import Manifest
    from meterward.core.ledger.checkpoints import Checkpoint
    from meterward.core.ledger.keys import PublicKey
    from meterward.core.ledger.notes import Note
    from meterward.core.ledger.policy import Policy
    from meterward.usecases.ports import Bundle
    from meterward.usecases.read_ledger import Line, Read
    from meterward.usecases.verify_records import Records
    from meterward.usecases.verify_withheld import Hidden

_ENTRIES, _LAW = 5, 9
_CONTINUES = "It continues what you had before"
"""The steps that others rest on as a whole."""
_NOT_READ = Found(Outcome.NOT_CHECKED, "A step above did not pass, and this one rests on it.")


@dataclass(frozen=True, slots=True)
class Verifier:
    """What verification works with: whom the reader trusts, and what of this installation computes."""

    policy: Policy
    engine: str
    packs: Mapping[str, str]
    """The law packs that are here: name by digest."""
    read: Callable[[Iterable[Line], Mapping[str, PublicKey]], Iterable[tuple[Line, Read]]]
    recompute: Callable[[Records, str, str], Sequence[Mapping[str, Json]] | str]
    """The receipts of some records by a law pack as at a day; or why there are none."""
    tell: Callable[[str, int, int], None] = lambda _what, _done, _total: None
    time: Trusted = UNASKED
    """Whom the reader believes about time."""
    since: bytes | None = None
    """A checkpoint that the reader had before, to be compared with; None if there is none."""


@dataclass(slots=True)
class Verification:
    """What came of it: the steps, and what was read on the way."""

    steps: list[Step] = field(default_factory=list)
    manifest: Manifest | None = None
    note: Note | None = None
    checkpoint: Checkpoint | None = None
    entries: Entries = field(default_factory=Entries)
    records: Records | None = None
    receipts: Sequence[Mapping[str, Json]] = ()

    @property
    def holds(self) -> bool:
        """Whether everything that was to be checked was, and holds."""
        return verified(self.steps)

    @property
    def holds_in_part(self) -> bool:
        """Whether everything holds that could be checked, and the rest rests on facts that were withheld."""
        return verified_in_part(self.steps)

    @property
    def forked(self) -> bool:
        """Whether it is shown not to go on from what the reader had before."""
        return any(one.title == _CONTINUES and one.found.outcome is Outcome.FAILED for one in self.steps)

    @property
    def hidden(self) -> Sequence[Hidden]:
        """What is withheld, record by record."""
        return hidden_parts(self.records.loaded.records, self.records.withheld) if self.records else ()

    @property
    def indeterminate(self) -> Mapping[str, Sequence[str]]:
        """The duties that rest on facts that were withheld, by licence."""
        return indeterminate(self.receipts)


def verify_bundle(bundle: Bundle, verifier: Verifier) -> Verification:
    """Take every step. One that rests on another that did not pass could not be checked, which is no pass."""
    made = Verification()
    steps: Sequence[tuple[int, str, Callable[[Bundle, Verifier, Verification], Found]]] = (
        (1, "The checkpoint is signed by a log that you trust", _checkpoint),
        (2, "The manifest is signed by that log, and every file is as it says", _whole),
        (3, "The witnesses that you ask for have seen the checkpoint", _witnesses),
        (_ENTRIES, "The entries are those of the checkpoint", _entries),
        (6, "The records are those that were entered", _records),
        (4, "The time of the ledger is bounded by a time-stamping authority", _time),
        (7, "Each record is signed by who answers for it", _signatures),
        (8, "The attached files are those that the records name", _attached),
        (_LAW, "Law and engine are the ones that are here", _law),
        (10, "The position comes out again", _position),
    )
    for number, title, take in steps:
        made.steps.append(Step(number, title, take(bundle, verifier, made)))
    made.steps.sort(key=lambda one: one.number)
    if verifier.since is not None:
        made.steps.append(Step(len(made.steps) + 1, _CONTINUES, _since(bundle, verifier, made)))
    return made


def _checkpoint(bundle: Bundle, verifier: Verifier, made: Verification) -> Found:
    found, made.note, made.checkpoint = check_checkpoint(read_whole(bundle, CHECKPOINT), verifier.policy, CHECKPOINT)
    return found


def _whole(bundle: Bundle, verifier: Verifier, made: Verification) -> Found:
    data = read_whole(bundle, MANIFEST)
    manifest = read_manifest(data)
    if manifest is None:
        return failed("The manifest is not there, or is none.", MANIFEST)
    if made.checkpoint is None:
        return _NOT_READ
    found = check_manifest(read_whole(bundle, NOTE), data, manifest.ledger, made.checkpoint.origin, verifier.policy)
    if found.outcome is not Outcome.PASSED:
        return found
    if manifest.size != made.checkpoint.size:
        return failed("The manifest is of another size of the ledger than the checkpoint.", MANIFEST)
    found = check_files(bundle, manifest)
    made.manifest = manifest if found.outcome is Outcome.PASSED else None
    return found


def _witnesses(_bundle: Bundle, verifier: Verifier, made: Verification) -> Found:
    if made.note is None or made.checkpoint is None:
        return _NOT_READ
    return check_witnesses(made.note, made.checkpoint, verifier.policy)


def _time(bundle: Bundle, verifier: Verifier, made: Verification) -> Found:
    """Tokens are attached to records: this is looked at after them, and told before."""
    if made.checkpoint is None or made.records is None:
        return _NOT_READ
    logs = dict.fromkeys((made.checkpoint.origin, *(key.name for key in verifier.policy.logs)))
    return check_time(bundle, made.records, made.entries, tuple(logs), verifier.time)


def _entries(bundle: Bundle, verifier: Verifier, made: Verification) -> Found:
    if made.checkpoint is None:
        return _NOT_READ
    found, made.entries = read_entries(
        bundle, made.checkpoint, lambda done, total: verifier.tell("entries", done, total)
    )
    return found


def _records(bundle: Bundle, verifier: Verifier, made: Verification) -> Found:
    if made.manifest is None or not _is_passed(made, _ENTRIES):
        return _NOT_READ
    found, made.records = check_records(bundle, made.manifest, made.entries, verifier.read, verifier.tell)
    if made.records is None or made.note is None or made.checkpoint is None:
        return found
    if wrong := wrong_proofs(bundle, made.records, made.note, made.checkpoint):
        made.records = None
        return failed("They are those that were entered, but their own proofs do not hold.", *wrong)
    return found


def _signatures(_bundle: Bundle, _verifier: Verifier, made: Verification) -> Found:
    return check_signatures(made.records) if made.records else _NOT_READ


def _attached(_bundle: Bundle, _verifier: Verifier, made: Verification) -> Found:
    return check_attached(made.manifest, made.records) if made.manifest and made.records else _NOT_READ


def _law(_bundle: Bundle, verifier: Verifier, made: Verification) -> Found:
    if made.manifest is None:
        return _NOT_READ
    others = [
        f"{what} {digest[:12]}…"
        for what, digest, here in (
            ("law pack", made.manifest.pack, made.manifest.pack in verifier.packs),
            ("engine", made.manifest.engine, made.manifest.engine == verifier.engine),
        )
        if not here
    ]
    if others:
        says = "The position was computed by another version of Meterward: verify it with that one, or compare by hand."
        return Found(Outcome.NOT_CHECKED, says, others)
    return passed(f"Law pack {verifier.packs[made.manifest.pack]}, the same to the last bit.")


def _position(_bundle: Bundle, verifier: Verifier, made: Verification) -> Found:
    if made.manifest is None or made.records is None or not _is_passed(made, _LAW):
        return _NOT_READ
    if made.records.left_out:
        return Found(Outcome.NOTHING, "Not every record is here, so that nobody can tell the position from them.")
    verifier.tell("position", 0, 0)
    made_again = verifier.recompute(made.records, made.manifest.pack, made.manifest.as_at)
    if isinstance(made_again, str):
        return Found(Outcome.NOT_CHECKED, made_again)
    made.receipts = made_again
    return compare_receipts(made.manifest.receipts, made_again, made.manifest.as_at)


def _since(bundle: Bundle, verifier: Verifier, made: Verification) -> Found:
    if made.checkpoint is None or not _is_passed(made, _ENTRIES):
        return _NOT_READ
    return check_since(bundle, made.checkpoint, verifier.since or b"", verifier.policy)


def _is_passed(made: Verification, number: int) -> bool:
    return any(one.number == number and one.found.outcome is Outcome.PASSED for one in made.steps)
