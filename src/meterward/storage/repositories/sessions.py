"""The sessions of those who signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class DatabaseSessions:
    """See `Sessions`."""

    def ended(self) -> int:
        """See `Sessions.ended`."""
        return _ended().count()

    def clear(self) -> int:
        """See `Sessions.clear`."""
        gone = _ended().delete()[0]
        UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
        return gone


def _ended() -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=timezone.now())
