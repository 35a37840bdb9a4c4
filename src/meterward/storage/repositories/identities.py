"""Identities that others know people by, as allauth keeps them: each is one person's, and was linked by them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from meterward.storage.fields import storable

if TYPE_CHECKING:
    from meterward.storage.models import Person


class Identity(NamedTuple):
    """An identity of somebody, as they are told of it."""

    id: int
    provider: str
    linked: datetime


def identities_of(person: Person) -> list[Identity]:
    """The identities of somebody, by provider."""
    rows = SocialAccount.objects.filter(user=person).order_by("provider", "pk")
    return [Identity(row.pk, row.provider, row.date_joined) for row in rows]


def owner_of(provider: str, uid: str) -> Person | None:
    """Whose identity it is, if they may sign in."""
    rows = SocialAccount.objects.filter(provider=provider, uid=storable(uid), user__is_active=True)
    row = rows.select_related("user").first()
    return row.user if row else None


def link(person: Person, provider: str, uid: str) -> bool:
    """Let an identity be somebody's from now on; false if it is another's."""
    try:
        with transaction.atomic():
            own = {"user": person}
            row, _ = SocialAccount.objects.get_or_create(provider=provider, uid=storable(uid), defaults=own)
    except IntegrityError:
        return False
    return bool(row.user_id == person.pk)


def unlink(person: Person, identity: int) -> bool:
    """Let an identity be nobody's; false if it is not that person's."""
    return bool(SocialAccount.objects.filter(user=person, pk=identity).delete()[0])
