"""Tidy up: clear what carries no weight and nothing refers to any more, once it has had a day to be named.

An upload waits for a record or a draft that names it. Whether one does is decided under the lock of its ledger, so that
an append that is under way has either named it before, or comes too late for something that waited a whole day.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from meterward.core.base.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from meterward.usecases.ports import Book, Contents, DraftKept, Drafts, Ledgers, Sessions, UploadKept, Uploads

GRACE = timedelta(days=1)
"""So long an upload waits at least for something that names it."""
_DIGEST = re.compile("[0-9a-fA-F]{64}")


class Kept(Protocol):
    """The ports over what is tidied up."""

    @property
    def ledgers(self) -> Ledgers:
        """See `Ledgers`."""

    @property
    def drafts(self) -> Drafts:
        """See `Drafts`."""

    @property
    def uploads(self) -> Uploads:
        """See `Uploads`."""

    @property
    def sessions(self) -> Sessions:
        """See `Sessions`."""

    @property
    def blobs(self) -> Contents:
        """See `Contents`."""


@dataclass(slots=True)
class Tidied:
    """What was cleared, or would be."""

    uploads: int = 0
    """Uploads that nothing named."""
    contents: int = 0
    """Files on the disk that nothing needs: those of such uploads, and of uploads that were refused."""
    unfinished: int = 0
    """Pieces of uploads that broke off."""
    freed: int = 0
    """The bytes of both."""
    strays: int = 0
    """Files that a kill left beside keys and checkpoints, before they had their names."""
    sessions: int = 0
    problems: list[Problem] = field(default_factory=list)
    """Why something could not be looked at, such as a ledger that is busy; the next time it may be."""


def tidy_up(store: Kept, now: datetime, *, dry: bool = False) -> Tidied:
    """Clear what nothing refers to; `dry` only says what would be."""
    until, done = now - GRACE, Tidied()
    ledgers = store.ledgers.names()
    gone = {(ledger, digest) for ledger in ledgers for digest in _uploads(store, ledger, until, done, dry)}
    done.uploads = len(gone)
    for digest, size in _unneeded(store, until, gone).items():
        if dry or store.blobs.remove(digest, until):
            done.contents += 1
            done.freed += size
    done.sessions = store.sessions.ended() if dry else store.sessions.clear()
    pieces = store.blobs.unfinished(until) if dry else store.blobs.clear_unfinished(until)
    done.unfinished = len(pieces)
    done.freed += sum(pieces)
    return done


def note_named(uploads: Uploads, ledger: str, waiting: Iterable[UploadKept]) -> None:
    """Look through a ledger for records that name what waits, and note it of those that one does."""
    uploads.note(ledger, _named(uploads, ledger, {one.digest for one in waiting}))


def _uploads(store: Kept, ledger: str, until: datetime, done: Tidied, dry: bool) -> set[str]:  # noqa: FBT001 - nobody else calls it
    """Forget what was uploaded for a ledger and nothing names: which."""
    waiting, head = {one.digest for one in store.uploads.waiting(ledger, until)}, store.ledgers.head(ledger)
    if not waiting or head is None:
        return set()
    size, named = head.size, _named(store.uploads, ledger, waiting)
    unnamed = waiting - named
    if dry:
        return unnamed - _drafted(store.drafts.all(ledger))
    store.uploads.note(ledger, named)

    def drop(_: Book) -> set[str]:
        late = _named(store.uploads, ledger, unnamed, size)
        left = unnamed - late - _drafted(store.drafts.all(ledger))
        store.uploads.drop(ledger, left, until)
        return left

    found = store.ledgers.write(ledger, drop)
    if isinstance(found, Problem):
        done.problems.append(found)
        return set()
    return found


def _unneeded(store: Kept, until: datetime, gone: set[tuple[str, str]]) -> dict[str, int]:
    """The contents that nothing needs, with their sizes: no upload of any ledger, no record and no draft."""
    old = store.blobs.old(until)
    kept = {digest for digest in store.uploads.known(old) if _is_kept(store, digest, gone)}
    left = set(old) - kept
    for ledger in store.ledgers.names() if left else ():
        left -= _named(store.uploads, ledger, left)
        left -= _drafted(store.drafts.all(ledger))
    return {digest: old[digest] for digest in sorted(left)}


def _is_kept(store: Kept, digest: str, gone: set[tuple[str, str]]) -> bool:
    names = store.ledgers.names()
    return any((ledger, digest) not in gone and store.uploads.get(ledger, digest) for ledger in names)


def _named(uploads: Uploads, ledger: str, digests: set[str], start: int = 0) -> set[str]:
    """Those of some digests that records of a ledger name, from an entry on."""
    return {digest for digest in uploads.named(ledger, start) if digest in digests} if digests else set()


def _drafted(drafts: Iterable[DraftKept]) -> set[str]:
    """Whatever stands in drafts and could be a digest."""
    return {found.lower() for draft in drafts for found in _DIGEST.findall(json.dumps(draft.content))}
