"""Invitations, known by the digests of their secrets, each with a person who is closed until they come."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from meterward.storage import models
from meterward.storage.repositories.people import person_of
from meterward.usecases.ports import InvitationKept


@dataclass(frozen=True, slots=True)
class DatabaseInvitations:
    """See `Invitations`."""

    def get(self, digest: str) -> InvitationKept | None:
        """See `Invitations.get`."""
        row = models.Invitation.objects.filter(digest=digest).select_related("person").first()
        return _kept(row) if row else None

    def open(self) -> list[InvitationKept]:
        """See `Invitations.open`."""
        rows = models.Invitation.objects.filter(accepted=None).select_related("person").order_by("ends", "digest")
        return [_kept(row) for row in rows]

    @transaction.atomic
    def keep(self, invitation: InvitationKept) -> None:
        """See `Invitations.keep`."""
        sign_in, pseudonym, organisation = invitation.person
        models.Organisation.objects.get_or_create(name=organisation)
        person = models.Person(sign_in=sign_in, pseudonym=pseudonym, organisation_id=organisation)
        person.email, person.is_active = invitation.email, False
        person.set_unusable_password()
        person.save()
        models.Invitation.objects.create(
            digest=invitation.digest, person=person, inviter=invitation.inviter, ends=invitation.ends
        )

    @transaction.atomic
    def accept(self, digest: str, sign_in: str, password: str | None) -> bool:
        """See `Invitations.accept`."""
        theirs = models.Invitation.objects.filter(digest=digest, accepted=None, person__is_active=False)
        if not theirs.update(accepted=timezone.now()):
            return False
        person = models.Person.objects.get(invitation__digest=digest)
        person.sign_in, person.is_active = sign_in, True
        if password is not None:
            person.set_password(password)
        person.save()
        return True

    def withdraw(self, digest: str) -> None:
        """See `Invitations.withdraw`."""
        models.Person.objects.filter(invitation__digest=digest, invitation__accepted=None, is_active=False).delete()


def _kept(row: models.Invitation) -> InvitationKept:
    accepted = row.accepted is not None
    return InvitationKept(row.digest, person_of(row.person), row.person.email, row.inviter, row.ends, accepted)
