"""Check the time stamps of a bundle: by when its first so many entries were there, and which were not there yet."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from cryptography.x509 import Certificate

from meterward.core.base.days import instant_in_words, plural
from meterward.core.bundle.manifest import FILES
from meterward.core.bundle.steps import Found, Outcome, failed
from meterward.core.ledger.checkpoints import Checkpoint
from meterward.core.ledger.stamps import LONGEST, Stamp, stamps, verify_stamp
from meterward.core.records.withheld import is_unreadable
from meterward.usecases.read_bundle import read_whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.bundle.entries import Entries
    from meterward.core.records.kinds.checkpoint_stamped import CheckpointStamped
    from meterward.core.records.record import Record
    from meterward.usecases.ports import Bundle
    from meterward.usecases.verify_records import Records

_MOST_NAMED = 20
_APART = timedelta(minutes=1)
"""Clocks that are so far apart are not unusual."""
_AWAY = "Its token is not here."
_NOBODY = "No time-stamping authority was asked: the times are those of the ledger's own clock."


class Trusted(NamedTuple):
    """The certificates of the authorities that the reader believes about time, and whether there must be a token."""

    roots: Sequence[Certificate] = ()
    required: bool = False


UNASKED = Trusted()


class _Held(NamedTuple):
    """A token that holds: the entries before `size` were there at its instant, and the one at `place` was not."""

    size: int
    place: int
    stamp: Stamp


def check_time(bundle: Bundle, records: Records, entries: Entries, origins: Sequence[str], trusted: Trusted) -> Found:
    """Whether each token holds for the checkpoint that the bundle's own entries come to, and what follows for time.

    The log may have had another name then, of those that the reader trusts: it is the root that binds the entries.
    """
    stamped = [record for record in records.loaded.records if record.id in records.tokens]
    unchecked = Outcome.NOT_CHECKED if trusted.required else Outcome.NOTHING
    if not stamped:
        return Found(unchecked, _NOBODY)
    if not trusted.roots:
        tokens = "One token" if len(stamped) == 1 else f"{len(stamped):,} tokens"
        says = f"{tokens} of time-stamping authorities, and nobody checked: --time-authority names whom you believe."
        return Found(unchecked, says)
    hidden = [record for record in stamped if is_unreadable(record)]
    readable = [record for record in stamped if not is_unreadable(record)]
    roots = entries.roots_at(record.facts.size for record in readable)
    held, wrong = list[_Held](), list[str]()
    away = [f"entry {record.index + 1:,}: What it says is withheld." for record in hidden]
    for record in readable:
        digest, size = records.tokens[record.id], record.facts.size
        token = read_whole(bundle, f"{FILES}{digest}", LONGEST)
        could = [Checkpoint(origin, size, roots.get(size, b"")) for origin in origins]
        stamp = _stamp(record, token, digest, _stamped(token, could), trusted)
        if isinstance(stamp, Stamp):
            held.append(_Held(size, record.index, stamp))
        else:
            (away if stamp == _AWAY else wrong).append(f"entry {record.index + 1:,}: {stamp}")
    if wrong:
        return failed(f"{plural(len(wrong), 'time stamp')} cannot be believed.", *wrong[:_MOST_NAMED])
    if away:
        return Found(Outcome.NOT_CHECKED, "Not every time stamp can be checked.", away[:_MOST_NAMED])
    return _told(held, entries)


def _stamped(token: bytes, could: Sequence[Checkpoint]) -> Checkpoint:
    """The checkpoint that a token is over, of those that it could be; the first, if it is over none."""
    return next((one for one in could[1:] if stamps(token, one)), could[0])


def _stamp(
    record: Record[CheckpointStamped], token: bytes, digest: str, checkpoint: Checkpoint, trusted: Trusted
) -> Stamp | str:
    """What a token says, if it holds and its record says the same; else why that is not so."""
    facts = record.facts
    if not checkpoint.root or facts.size > record.index:
        return "It stamps more entries than there were."
    if facts.root != checkpoint.root.hex():
        return f"The first {facts.size:,} entries do not come to the root that it says."
    if sha256(token).hexdigest() != digest:
        return "Its token is another one." if token else _AWAY
    stamp = verify_stamp(token, checkpoint, trusted.roots)
    if isinstance(stamp, Stamp) and stamp != Stamp(facts.instant, facts.authority):
        return f"Its token says something else: {stamp.instant}, {stamp.authority}."
    return stamp


def _told(held: Sequence[_Held], entries: Entries) -> Found:
    newest = max(held)
    first = "The first entry" if newest.size == 1 else f"The first {newest.size:,} entries"
    when, place = instant_in_words(newest.stamp.instant), newest.place + 1
    says = [f"{first} existed by {when}, and entry {place:,} did not yet: {newest.stamp.authority} says so."]
    if before := len(held) - 1:
        says.append(f"{before:,} earlier {'token holds' if before == 1 else 'tokens hold'} as well.")
    if since := entries.size - place:
        says.append(f"{since:,} {'entry since then has' if since == 1 else 'entries since then have'} no token.")
    unusual = [one for stamp in held for one in _anomalies(stamp, entries.recorded)] + [*_backwards(held)]
    if unusual:
        says.append("The ledger's own clock does not agree:")
    return Found(Outcome.PASSED, " ".join(says), unusual[:_MOST_NAMED])


def _anomalies(held: _Held, recorded: Sequence[str]) -> Iterator[str]:
    """Entries that say they were recorded after they were stamped, or before they can have been."""
    instant = held.stamp.instant
    first = bisect_right(recorded, _moved(instant, _APART), 0, held.size)
    if first < held.size:
        which = _entries(first, held.size - 1)
        yield f"{which}: said to be recorded at {recorded[first]} or later, and there by {instant}"
    end = bisect_left(recorded, _moved(instant, -_APART), held.place)
    if end > held.place:
        which = _entries(held.place, end - 1)
        yield f"{which}: said to be recorded at {recorded[end - 1]} or earlier, and not there yet at {instant}"


def _backwards(held: Sequence[_Held]) -> Iterator[str]:
    """Tokens that say an earlier instant than one of fewer entries does."""
    latest = ""
    for one in sorted(held):
        if latest and one.stamp.instant < _moved(latest, -_APART):
            yield f"entry {one.place + 1:,}: its token says {one.stamp.instant}, and an earlier one {latest}"
        latest = max(latest, one.stamp.instant)


def _entries(first: int, last: int) -> str:
    return f"entry {first + 1:,}" if first == last else f"entries {first + 1:,} to {last + 1:,}"


def _moved(instant: str, by: timedelta) -> str:
    """An instant moved, within the years that can be written: an authority may say any."""
    try:
        moved = datetime.fromisoformat(instant) + by
    except OverflowError:
        return instant
    return f"{moved.replace(tzinfo=None).isoformat()}Z"
