"""People who sign in, and the organisations that they act for."""

from __future__ import annotations

from dataclasses import dataclass

from meterward.storage import models
from meterward.storage.fields import storable
from meterward.usecases.ports import PersonKept


def person_of(row: models.Person) -> PersonKept:
    """A person's row as a value."""
    return PersonKept(row.sign_in, row.pseudonym, row.organisation_id)


def row_of(sign_in: str) -> models.Person:
    """The row of somebody who is there, closed or not."""
    return models.Person.objects.get(sign_in__iexact=storable(sign_in))


def change(row: models.Person, password: str) -> None:
    """Give somebody another password."""
    row.set_password(password)
    row.save(update_fields=["password"])


@dataclass(frozen=True, slots=True)
class DatabasePeople:
    """See `People`."""

    def all(self) -> list[PersonKept]:
        """See `People.all`."""
        return [person_of(row) for row in models.Person.objects.order_by("sign_in")]

    def get(self, sign_in: str) -> PersonKept | None:
        """See `People.get`."""
        row = models.Person.objects.filter(sign_in__iexact=storable(sign_in), is_active=True).first()
        return person_of(row) if row else None

    def keep(self, person: PersonKept, password: str) -> None:
        """See `People.keep`."""
        models.Organisation.objects.get_or_create(name=person.organisation)
        row = models.Person.objects.filter(sign_in__iexact=storable(person.sign_in)).first() or models.Person()
        row.sign_in, row.pseudonym, row.organisation_id = person
        row.is_active = True
        row.set_password(password)
        row.save()

    def close(self, sign_in: str) -> None:
        """See `People.close`."""
        models.Person.objects.filter(sign_in__iexact=storable(sign_in)).update(is_active=False)
        models.Invitation.objects.filter(person__sign_in__iexact=storable(sign_in), accepted=None).delete()
