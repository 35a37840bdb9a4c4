"""The rows of ways in: keys to the API, and invitations. Factors and sessions have the rows of allauth."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from meterward.storage.fields import Name

_PERSON = "storage.Person"


class Token(models.Model):
    """A key to the API. Only its digest is kept."""

    digest = Name(max_length=64, primary_key=True)
    person = models.ForeignKey(_PERSON, models.CASCADE, related_name="tokens")
    label = Name(max_length=100)
    scopes = Name(max_length=200)
    ends = models.DateField()
    last_used = models.DateTimeField(null=True)
    strong = models.BooleanField(default=False)
    """Whether it was made by somebody who had shown a second factor."""

    objects: ClassVar[models.Manager[Token]]


class Invitation(models.Model):
    """A way in for one person, who is kept closed until they take it. Of the secret only the digest is kept."""

    digest = Name(max_length=64, primary_key=True)
    person = models.OneToOneField(_PERSON, models.CASCADE, related_name="invitation")
    inviter = Name(max_length=150, blank=True)
    """The sign-in name of whoever invited; empty if it was done at a terminal."""
    ends = models.DateTimeField()
    accepted = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Invitation]]
