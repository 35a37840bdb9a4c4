"""The sessions of people, as allauth keeps them: in which browser, since when, and when they were used last."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from allauth.usersessions.models import UserSession
from django.utils import timezone

if TYPE_CHECKING:
    from meterward.storage.models import Person


class Sitting(NamedTuple):
    """A session of somebody."""

    id: int
    browser: str
    """What the browser says of itself."""
    began: datetime
    seen: datetime
    here: bool
    """Whether it is the one in which somebody asks."""


def sittings_of(person: Person, here: str) -> list[Sitting]:
    """The sessions of somebody, first the one whose key is given, then by when they were used last."""
    rows = UserSession.objects.purge_and_list(person)
    found = [Sitting(row.pk, row.user_agent, row.created_at, row.last_seen_at, row.session_key == here) for row in rows]
    return sorted(found, key=lambda one: (not one.here, -one.seen.timestamp()))


def end_sittings(person: Person, here: str, sitting: int | None = None) -> None:
    """End a session of somebody, or every one; but never the one whose key is given."""
    rows = UserSession.objects.filter(user=person).exclude(session_key=here)
    for row in rows if sitting is None else rows.filter(pk=sitting):
        row.end()


def rename_sitting(before: str, now: str) -> None:
    """Let a session go on under another key."""
    UserSession.objects.filter(session_key=before).update(session_key=now)


def note_sitting(here: str) -> None:
    """Note that a session is used now."""
    UserSession.objects.filter(session_key=here).update(last_seen_at=timezone.now())
