"""What a reset takes away from somebody: whatever lets them in but their password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db import transaction

from meterward.storage import models
from meterward.usecases.ports import WaysTaken

if TYPE_CHECKING:
    from meterward.storage.models import Person


@transaction.atomic
def reset(person: Person) -> WaysTaken:
    """Remove every second factor, linked identity and token of somebody, and end every session.

    Whoever lost a phone lost what was on it: perhaps a session, or that of an account elsewhere, which may count as a
    second factor here; and a token that was made in a strong session goes on reading as one.
    """
    held = Authenticator.objects.filter(user=person)
    factors = held.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    held.delete()
    identities = _gone(SocialAccount.objects.filter(user=person).delete())
    tokens = _gone(models.Token.objects.filter(person=person).delete())
    sessions = UserSession.objects.purge_and_list(person)
    for session in sessions:
        session.end()
    return WaysTaken(factors, identities, tokens, len(sessions))


def _gone(deleted: tuple[int, dict[str, int]]) -> int:
    return deleted[0]
