"""What goes from one installation to another: what was said to an organisation, and the receipt that comes back.

A delivery is a bundle of some records; a receipt is the proofs of their entries in the other side's log. Nothing of
either is believed before it is verified by a policy of the reader's own.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from meterward.core.base.canonical import Json, canonical
from meterward.core.base.problem import Code, Problem
from meterward.core.records.effective import effective
from meterward.core.records.keyring import TELLING, Keyring, KeySpan
from meterward.core.records.kinds import delivery_confirmed
from meterward.usecases.exchange_records import addressed
from meterward.usecases.operator_statement import licences_of, operator_statement
from meterward.usecases.verify_proof import Given, Trusting, verify_proof

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from meterward.core.bundle.steps import Step
    from meterward.core.ledger.policy import Policy
    from meterward.core.records.record import Record
    from meterward.usecases.append_record import Line
    from meterward.usecases.ports import Head, Ledgers
    from meterward.usecases.verify_bundle import Verification

RECEIPT = "meterward.delivery-receipt/1"
LARGEST = 50_000_000
"""So many bytes a receipt has at most."""
KIND = delivery_confirmed.KIND
_AGAIN = "Ask for it once more, and do not mend it by hand: what was changed proves nothing."


class Delivered(NamedTuple):
    """What a verified delivery says to an organisation: the sender, its lines by id, and the keys that signed them."""

    sender: str
    ids: Sequence[str]
    keys: Sequence[KeySpan]


class Confirming(NamedTuple):
    """What a receipt does here: the entries that it confirms, how many were confirmed before, and what is not here."""

    new: Mapping[str, int]
    known: int
    strange: Mapping[str, int]
    """Those of records that were not said here: this ledger is an older copy, or somebody else said them."""
    earlier: int
    """How many confirmations the ledger has already, whatever became of them."""


class Receipt(NamedTuple):
    """A receipt that was verified: by whom, of which log, as of which checkpoint, and the entry of each record."""

    by: str
    log: str
    size: int
    root: str
    entries: Mapping[str, int]


def delivered_to(done: Verification, organisation: str) -> Delivered | Problem:
    """What a verified bundle says to an organisation; or why it says nothing."""
    if done.manifest is None or done.records is None or not done.holds:
        return Problem(Code.FILE_UNREADABLE, "The delivery was not verified.", "Only one that holds is taken in.")
    if done.manifest.withheld:
        hint = "Ask for all of it: what is withheld cannot be entered."
        return Problem(Code.FILE_UNREADABLE, "Parts of the delivery are withheld.", hint)
    sender, records = done.manifest.licensee, done.records.loaded.records
    if sender == organisation:
        return Problem(Code.FILE_UNREADABLE, f"{organisation} made it itself.", "Give it to whom it is addressed to.")
    said = [one for one in addressed(records, organisation) if one.actor.organisation == sender]
    said = [one for one in said if one.kind.name not in TELLING]
    if not said:
        hint = f"It is of the ledger of {sender}. Name the ledger of whom it is addressed to."
        return Problem(Code.RECORD_UNKNOWN, f"Nothing in it is addressed to {organisation}.", hint)
    ring = Keyring(sender).take(one for one in records if one.kind.name in TELLING or any(one.links))
    return Delivered(sender, [one.id.hex() for one in said], [*ring.spans()])


def as_said(line: Line, keys: Iterable[KeySpan]) -> dict[str, Json]:
    """A line of a delivery as it is entered elsewhere: with the signatures of its author's own organisation."""
    statement = cast("Mapping[str, Any]", line["statement"])
    author = statement["actor"]["organisation"]
    own = {one.key.id for one in keys if one.organisation == author}
    signatures = cast("Mapping[str, Json]", line.get("signatures") or {})
    kept: dict[str, Json] = {key: one for key, one in signatures.items() if key in own}
    rest = {name: part for name, part in line.items() if name not in ("id", "recorded", "signatures")}
    return {**rest, "signatures": kept} if kept else rest


def signing(lines: Iterable[Line], keys: Iterable[KeySpan]) -> list[KeySpan]:
    """The keys by which some lines are signed, each once."""
    used = {key for line in lines for key in cast("Mapping[str, Json]", line.get("signatures") or {})}
    return list({one.key.id: one for one in keys if one.key.id in used}.values())


def written_receipt(by: str, proofs: Sequence[str]) -> bytes:
    """The receipt of an organisation, of the proofs of entries in its log."""
    said: dict[str, Json] = {"by": by, "format": RECEIPT, "proofs": [*proofs]}
    return canonical(said) + b"\n"


def read_receipt(data: bytes) -> tuple[str, list[str]] | Problem:
    """By whom a receipt says that it is, and its proofs; nothing of it is believed yet. One form only is read."""
    wrong = Problem(Code.FILE_UNREADABLE, "This is no receipt, or it was changed.", _AGAIN)
    try:
        said = json.loads(data if len(data) <= LARGEST else b"")
        by, proofs = str(said["by"]), [str(one) for one in said["proofs"]]
        return (by, proofs) if proofs and written_receipt(by, proofs) == data else wrong
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return wrong


def verify_receipt(by: str, proofs: Sequence[str], policy: Policy) -> Receipt | Problem:
    """What a receipt shows, once every proof holds, all lead to one checkpoint, and the log is of whom it says."""
    entries: dict[str, int] = {}
    seen = set()
    for text in proofs:
        done = verify_proof(Given(text.encode()), Trusting(policy))
        if not done.holds or done.entry is None or done.checkpoint is None:
            return Problem(Code.SIGNATURE_INVALID, f"A proof does not hold. {_first_wrong(done.steps)}", _AGAIN)
        if done.entry.stream.rpartition("/")[0] != by:
            message = f"It says that it is by {by}, and shows entries of another ledger."
            return Problem(Code.LEDGER_OTHER_LICENSEE, message, _AGAIN)
        seen.add((done.checkpoint.origin, done.checkpoint.size, done.checkpoint.root.hex()))
        entries[done.entry.statement.hex()] = done.entry.index + 1
    if len(seen) != 1:
        return Problem(Code.SIGNATURE_INVALID, "Its proofs lead to several checkpoints.", _AGAIN)
    ((log, size, root),) = seen
    return Receipt(by, log, size, root, entries)


def confirmed_here(records: Iterable[Record[Any]], receipt: Receipt) -> Confirming | Problem:
    """What a receipt confirms of all that was said here; a problem if it confirms nothing of it."""
    there = list(records)
    before = (one for one in effective(there).records if one.kind is KIND)
    known = {(one.facts.by, each.record) for one in before for each in one.facts.records}
    said = {one.id.hex() for one in addressed(there, receipt.by)}
    ours = {one: entry for one, entry in receipt.entries.items() if one in said}
    if not ours:
        message = f"It confirms nothing that was said to {receipt.by} here."
        hint = (
            "Take it in where it was sent from. If an older copy of this ledger was put back, find a newer one first."
        )
        return Problem(Code.RECORD_UNKNOWN, message, hint)
    new = {one: entry for one, entry in ours.items() if (receipt.by, one) not in known}
    strange = {one: entry for one, entry in receipt.entries.items() if one not in said}
    return Confirming(new, len(ours) - len(new), strange, sum(one.kind is KIND for one in there))


def confirming_line(
    ledgers: Ledgers, head: Head, receipt: Receipt, entries: Mapping[str, int], day: date, **more: Json
) -> dict[str, Json]:
    """The line by which the operator of a ledger records that a delivery was confirmed."""
    facts: dict[str, Json] = {
        "by": receipt.by,
        "log": receipt.log,
        "size": receipt.size,
        "root": receipt.root,
        "records": [{"record": one, "entry": entry} for one, entry in sorted(entries.items(), key=lambda two: two[1])],
    }
    statement = operator_statement(KIND, head.keeper, licences_of(ledgers, head), day)
    return {"statement": statement, "facts": facts, **more}


def _first_wrong(steps: Iterable[Step]) -> str:
    wrong = next((one for one in steps if one.found.outcome not in ("passed", "nothing to check")), None)
    return f"{wrong.title}: {wrong.found.outcome}. {wrong.found.says}" if wrong else ""
