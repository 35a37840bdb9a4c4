"""What nothing refers to is cleared after a day, and never what something does, or is about to."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connections

from meterward.adapters.blobs import Blobs, Put
from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories.sessions import DatabaseSessions
from meterward.usecases.append_record import Appended
from meterward.usecases.ports import DraftKept, PersonKept, UploadKept
from meterward.usecases.tidy_up import GRACE, Tidied, note_named, tidy_up
from tests.builders.kept import LEDGER, append, incident, opening

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.usecases.ports import Book, Drafts, Ledgers, Sessions, Uploads
    from tests.builders.stores import Store

DAY = date(2013, 4, 8)
SOMEBODY = PersonKept("security", "p-01", LEDGER)
ELSE = PersonKept("auditor", "p-21", "auditor-a")
OTHER = "brightwater"


class NoSessions:
    """Nobody signs in to what is in memory."""

    def ended(self) -> int:
        """None."""
        return 0

    clear = ended


@dataclass(frozen=True)
class Place:
    """A store with the folder of its files, as a use case is given it."""

    ledgers: Ledgers
    drafts: Drafts
    uploads: Uploads
    sessions: Sessions
    blobs: Blobs

    def upload(self, content: bytes, ledger: str = LEDGER, owner: PersonKept = SOMEBODY) -> str:
        """Upload a file; its digest."""
        put = self.blobs.put([content])
        assert isinstance(put, Put)
        self.uploads.keep(UploadKept(ledger, put.digest, put.size, "text/plain"), owner)
        return put.digest

    def put(self, content: bytes) -> str:
        """Put a content there of which no upload knows; its digest."""
        put = self.blobs.put([content])
        assert isinstance(put, Put)
        return put.digest

    def attach(self, number: int, *digests: str) -> None:
        """Append a record that names files."""
        assert isinstance(append(self.ledgers, LEDGER, naming(number, *digests)), Appended)

    def tidy(self, *, days: float = 2, dry: bool = False) -> Tidied:
        """Tidy up so many days from now."""
        return tidy_up(self, datetime.now(UTC) + timedelta(days=days), dry=dry)

    def there(self, *digests: str) -> list[bool]:
        """Whether uploads and their contents are there."""
        found = [(self.uploads.get(LEDGER, one) is not None, self.blobs.has(one)) for one in digests]
        assert all(known == has for known, has in found), found
        return [known for known, _ in found]


def naming(number: int, *digests: str) -> dict[str, Any]:
    """The line of an incident that names files."""
    return {**incident(number, DAY), "files": {f"{place}.txt": one for place, one in enumerate(digests)}}


@pytest.fixture
def place(store: Store, tmp_path: Path) -> Place:
    """A store of each kind with two ledgers and two people."""
    for ledger in (LEDGER, OTHER):
        store.ledgers.open(ledger)
    for person in (SOMEBODY, ELSE):
        store.people.keep(person, "a long enough password")
    append(store.ledgers, LEDGER, opening(DAY))
    sessions = DatabaseSessions() if store.environment else NoSessions()
    return Place(store.ledgers, store.drafts, store.uploads, sessions, Blobs(tmp_path / "files"))


def draft(content: dict[str, Any]) -> DraftKept:
    """A draft of an incident."""
    return DraftKept("draft-1", LEDGER, SOMEBODY, "incident.recorded", content)


def test_what_a_record_or_a_draft_names_stays_and_what_nothing_names_goes(place: Place) -> None:
    named, drafted, unnamed = (place.upload(one) for one in (b"named", b"drafted", b"unnamed!"))
    place.attach(1, named)
    place.drafts.keep(draft({"typed": {"files": {"a.txt": drafted.upper()}}}))
    done = place.tidy()
    assert done == Tidied(uploads=1, contents=1, freed=8)
    assert place.there(named, drafted, unnamed) == [True, True, False]
    place.drafts.discard("draft-1")
    assert place.tidy() == Tidied(uploads=1, contents=1, freed=7)
    assert place.there(named, drafted) == [True, False]
    assert place.tidy() == Tidied()


def test_a_dry_run_says_the_same_and_clears_nothing(place: Place) -> None:
    unnamed, named = place.upload(b"unnamed"), place.upload(b"named")
    place.attach(1, named)
    place.put(b"refused once")
    assert place.tidy(dry=True) == Tidied(uploads=1, contents=2, freed=19)
    assert place.there(unnamed, named) == [True, True]
    assert place.tidy() == Tidied(uploads=1, contents=2, freed=19)


def test_what_is_younger_than_a_day_stays(place: Place) -> None:
    young, refused = place.upload(b"young"), place.put(b"refused")
    assert place.tidy(days=0.9) == Tidied()
    assert place.there(young) == [True]
    assert place.blobs.has(refused)


def test_what_is_uploaded_once_more_waits_anew(place: Place) -> None:
    digest = place.upload(b"again")
    os.utime(next(place.blobs.folder.glob(f"*/{digest}")), (0, 0))
    place.upload(b"again", owner=ELSE)
    until = datetime.now(UTC) - timedelta(minutes=1)
    place.uploads.drop(LEDGER, [digest], until)
    assert place.blobs.old(until) == {}
    assert not place.blobs.remove(digest, until)
    assert place.there(digest) == [True]


def test_a_content_stays_while_another_ledger_needs_it(place: Place) -> None:
    digest = place.upload(b"shared")
    place.upload(b"shared", OTHER)
    place.attach(1, digest)
    assert place.tidy() == Tidied(uploads=1)
    assert place.there(digest) == [True]
    assert place.uploads.get(OTHER, digest) is None


def test_contents_without_an_upload_stay_if_a_record_names_them(place: Place) -> None:
    """So it is where a ledger was restored, and the files were copied beside it."""
    digest, drafted, stray = place.put(b"restored"), place.put(b"in a draft"), place.put(b"stray")
    place.attach(1, digest)
    place.drafts.keep(draft({"files": [drafted]}))
    assert place.tidy() == Tidied(contents=1, freed=5)
    assert [place.blobs.has(one) for one in (digest, drafted, stray)] == [True, True, False]


def test_pieces_of_what_broke_off_go_after_a_day(place: Place) -> None:
    place.put(b"")
    (place.blobs.folder / ".incoming-abc").write_bytes(b"half")
    assert place.tidy(days=0.5) == Tidied()
    assert place.tidy(dry=True).unfinished == 1
    done = place.tidy()
    assert (done.unfinished, done.freed) == (1, 4)
    assert not list(place.blobs.folder.glob(".incoming-*"))


def test_who_uploaded_is_charged_until_a_record_names_it(place: Place) -> None:
    named = place.upload(b"12345")
    place.upload(b"678", owner=ELSE)
    place.upload(b"9", OTHER)
    place.upload(b"12345", owner=ELSE)
    assert (place.uploads.weight(SOMEBODY), place.uploads.weight(ELSE)) == (6, 3)
    place.attach(1, named)
    note_named(place.uploads, LEDGER, place.uploads.waiting(LEDGER))
    assert (place.uploads.weight(SOMEBODY), place.uploads.weight(ELSE)) == (1, 3)
    assert [one.size for one in place.uploads.waiting(LEDGER)] == [3]


def test_many_waiting_uploads_are_cleared_together(place: Place) -> None:
    digests = [sha256(str(number).encode()).hexdigest() for number in range(1_200)]
    for digest in digests:
        place.uploads.keep(UploadKept(LEDGER, digest, 1, "text/plain"), SOMEBODY)
    assert len(place.uploads.known(digests)) == len(digests)
    place.attach(1, digests[0])
    assert place.tidy().uploads == len(digests) - 1


def test_what_an_append_names_that_ends_while_it_is_tidied_stays(place: Place) -> None:
    """The append comes after the ledger was looked through, and before its lock is had."""
    digest = place.upload(b"in the last moment")

    @dataclass(frozen=True)
    class Late:
        """The ledgers, of which one is appended to just before it is locked."""

        inner: Ledgers

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever ledgers have
            return getattr(self.inner, name)

        def write(self, ledger: str, work: Any) -> Any:  # noqa: ANN401 - as ledgers do
            """Append, then write."""
            place.attach(1, digest)
            return self.inner.write(ledger, work)

    late: Any = Late(place.ledgers)
    assert replace(place, ledgers=late).tidy() == Tidied()
    assert place.there(digest) == [True]


def test_a_draft_that_is_being_appended_keeps_its_files(kept: Store, tmp_path: Path) -> None:
    """The append holds the ledger while it is tidied; its draft goes only afterwards."""
    kept.ledgers.open(LEDGER)
    kept.people.keep(SOMEBODY, "a long enough password")
    append(kept.ledgers, LEDGER, opening(DAY))
    place = Place(kept.ledgers, kept.drafts, kept.uploads, DatabaseSessions(), Blobs(tmp_path / "files"))
    digest, held, found = place.upload(b"attached"), Event(), list[Tidied]()
    place.drafts.keep(draft({"files": {"a.txt": digest}}))

    def tidy() -> None:
        held.wait(20)
        found.append(place.tidy())
        connections.close_all()

    other = Thread(target=tidy)
    other.start()

    def hold(_: Book) -> None:
        held.set()
        other.join(0.5)

    kept.ledgers.write(LEDGER, hold)
    place.attach(1, digest)
    place.drafts.discard("draft-1")
    other.join()
    assert (found, place.there(digest)) == ([Tidied()], [True])


def test_a_ledger_that_is_busy_is_left_for_another_time(place: Place) -> None:
    digest = place.upload(b"waits")
    busy = Problem(Code.STORE_BUSY, "Others are writing.", "Wait.")

    class Busy:
        """The ledgers, none of which can be had."""

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever ledgers have
            return getattr(place.ledgers, name)

        def write(self, _ledger: str, _work: Any) -> Problem:  # noqa: ANN401 - as ledgers do
            """Refuse."""
            return busy

    ledgers: Any = Busy()
    assert replace(place, ledgers=ledgers).tidy().problems == [busy]
    assert place.there(digest) == [True]
    assert place.tidy(days=GRACE.days + 1).uploads == 1


def test_sessions_that_ended_are_forgotten(kept: Store) -> None:  # noqa: ARG001 - it is in use
    from django.contrib.sessions.models import Session  # noqa: PLC0415 - Django must be set up

    now = datetime.now(UTC)
    for key, days in (("ended", -1), ("long-ended", -30), ("under-way", 1)):
        Session.objects.create(session_key=key, session_data="x", expire_date=now + timedelta(days=days))
    sessions = DatabaseSessions()
    assert (sessions.ended(), sessions.clear(), sessions.ended()) == (2, 2, 0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["under-way"]
