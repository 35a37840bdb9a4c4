"""The rows. Nothing outside `storage/repositories` touches them, and nothing in them is a verdict.

`Ledger`, `Entry` and `Body` are the record, `Checkpoint` is what was handed on of it; triggers guard what is
append-only. `Subject`, `Act`, `Stream` and the terms (`storage/terms.py`) are projections of the entries and can be
made anew. Everything else (drafts, saved views, sessions, tokens, caches) carries no weight as evidence.
What is written with each append has no index that another begins with.
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone

from meterward.storage.fields import Name
from meterward.storage.ways import Invitation, Token

__all__ = [
    "Act",
    "Body",
    "Checkpoint",
    "Done",
    "Draft",
    "Entry",
    "Invitation",
    "Kept",
    "Ledger",
    "Organisation",
    "Person",
    "SavedView",
    "Stream",
    "Subject",
    "Token",
    "Upload",
]

_DIGEST = 64
_SUBJECT = 280


class Organisation(models.Model):
    """A licensee, an auditor, the Authority, a department. Each has one ledger at most."""

    name = Name(max_length=64, primary_key=True)
    title = Name(max_length=200)

    objects: ClassVar[models.Manager[Organisation]]


class PersonManager(BaseUserManager["Person"]):
    """Finds people by the name under which they sign in."""

    def get_by_natural_key(self, username: str | None) -> Person:
        """The person of a sign-in name, whatever its case."""
        return self.get(sign_in__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who signs in. Records know only the pseudonym; what a person may do is read from records."""

    sign_in = Name(max_length=150, unique=True)
    pseudonym = Name(max_length=64)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="people")
    email = Name(max_length=254, blank=True)
    """Where the invitation was sent that the person accepted; empty for who was added at a terminal."""
    is_active = models.BooleanField(default=True)

    objects = PersonManager()
    USERNAME_FIELD = "sign_in"
    EMAIL_FIELD = "email"

    class Meta:
        """One pseudonym is one person of an organisation."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "pseudonym"], name="person_once")]


class Ledger(models.Model):
    """Where a ledger stands."""

    name = Name(max_length=64, primary_key=True)
    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="ledger")
    licensee = Name(max_length=64, blank=True)
    """The organisation whose ledger it is, as its records name it."""
    sort = Name(max_length=16, default="licensee")
    """What that organisation is."""
    size = models.PositiveBigIntegerField(default=0)
    last_recorded = Name(max_length=20, blank=True)
    peaks = models.TextField(blank=True)

    objects: ClassVar[models.Manager[Ledger]]


class Body(models.Model):
    """What a statement says, by its id: what is signed in clear, and facts, files and texts with their salts.

    Only texts, their salts and the digests of erased ones ever change, and only by erasing.
    """

    id = Name(max_length=_DIGEST, primary_key=True)
    statement = models.TextField()
    facts = models.TextField()
    files = models.TextField(default="{}")
    salts = models.TextField(default="{}")
    text = models.TextField(default="{}")
    erased = models.TextField(default="{}")

    objects: ClassVar[models.Manager[Body]]


class Entry(models.Model):
    """An entry of a ledger, with what entries are looked up by."""

    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="entries", db_index=False)
    index = models.PositiveBigIntegerField()
    recorded = Name(max_length=20)
    recorded_day = models.DateField()
    counter = models.PositiveBigIntegerField()
    body = models.ForeignKey(Body, models.PROTECT, related_name="entries", db_index=False)
    kind = Name(max_length=64)
    subject = Name(max_length=_SUBJECT, blank=True)
    occurred = models.DateField()
    person = Name(max_length=64)
    role = Name(max_length=64)
    root = Name(max_length=_DIGEST)
    """The Merkle root over the ledger up to and with this entry."""
    signatures = models.TextField(default="{}")
    """Of the statement, by the ids of the keys."""

    objects: ClassVar[models.Manager[Entry]]

    class Meta:
        """An index once, a statement once, in each ledger."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ledger", "index"], name="entry_index_once"),
            models.UniqueConstraint(fields=["ledger", "body"], name="entry_body_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["ledger", "kind", "index"], name="entry_by_kind"),
            models.Index(fields=["ledger", "occurred", "index"], name="entry_by_day"),
            models.Index(fields=["ledger", "subject", "index"], name="entry_by_subject"),
            models.Index(fields=["ledger", "person", "index"], name="entry_by_person"),
        ]


class Checkpoint(models.Model):
    """A checkpoint of a ledger that was handed on. One to which cosignatures came later is another row."""

    ledger = models.ForeignKey(Ledger, models.PROTECT, related_name="checkpoints")
    number = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()
    note = models.TextField()
    made = Name(max_length=20)

    objects: ClassVar[models.Manager[Checkpoint]]

    class Meta:
        """A number once in each ledger."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["ledger", "number"], name="checkpoint_number_once")]


class Subject(models.Model):
    """Which entry introduced a subject (projection)."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, db_index=False)
    space = Name(max_length=64)
    """The namespace that the name begins with."""
    name = Name(max_length=_SUBJECT)
    by = Name(max_length=_DIGEST)

    objects: ClassVar[models.Manager[Subject]]

    class Meta:
        """A name is taken once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["ledger", "name"], name="subject_once")]
        indexes: ClassVar = [models.Index(fields=["ledger", "space"], name="subject_by_space")]


class Act(models.Model):
    """Which entry acted on which, by verb: corrects, withdraws, replaces, ends (projection)."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, db_index=False)
    verb = Name(max_length=10)
    target = Name(max_length=_DIGEST)
    by = Name(max_length=_DIGEST)

    objects: ClassVar[models.Manager[Act]]

    class Meta:
        """Looked up from both ends."""

        indexes: ClassVar = [
            models.Index(fields=["ledger", "target"], name="act_by_target"),
            models.Index(fields=["ledger", "by"], name="act_by_actor"),
        ]


class Stream(models.Model):
    """How many entries a stream has (projection)."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, db_index=False)
    name = Name(max_length=130)
    count = models.PositiveBigIntegerField(default=0)

    objects: ClassVar[models.Manager[Stream]]

    class Meta:
        """One row a stream."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["ledger", "name"], name="stream_once")]


class Done(models.Model):
    """What was appended under an idempotency key, so that a second click appends nothing."""

    ledger = models.ForeignKey(Ledger, models.CASCADE, db_index=False)
    key = Name(max_length=100)
    request = Name(max_length=64)
    first = models.PositiveBigIntegerField()

    objects: ClassVar[models.Manager[Done]]

    class Meta:
        """A key is used once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["ledger", "key"], name="key_once")]


class Draft(models.Model):
    """Something that a person is writing and nobody else sees. Its id is the key under which it is appended."""

    id = Name(max_length=100, primary_key=True)
    ledger = models.ForeignKey(Ledger, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE, related_name="drafts")
    kind = Name(max_length=64)
    content = models.TextField()
    changed = models.DateTimeField(auto_now=True)

    objects: ClassVar[models.Manager[Draft]]


class SavedView(models.Model):
    """What somebody asks of a list of a ledger, under a name; nobody else sees it."""

    ledger = models.ForeignKey(Ledger, models.CASCADE)
    person = models.ForeignKey(Person, models.CASCADE, related_name="views", db_index=False)
    listed = Name(max_length=40)
    name = Name(max_length=60)
    query = models.TextField()

    objects: ClassVar[models.Manager[SavedView]]

    class Meta:
        """A name once of each list."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "ledger", "listed", "name"], name="view_once")
        ]


class Upload(models.Model):
    """A file that was uploaded, by content. Where the content lies is the blob store's affair."""

    ledger = models.ForeignKey(Ledger, models.CASCADE)
    digest = Name(max_length=_DIGEST)
    size = models.PositiveBigIntegerField()
    media_type = Name(max_length=100)
    person = models.ForeignKey(Person, models.PROTECT)
    kept = models.DateTimeField(default=timezone.now)
    """When it was last uploaded."""
    named = models.BooleanField(default=False)
    """Whether a record of the ledger is known to name it. One may that was not looked at yet."""

    objects: ClassVar[models.Manager[Upload]]

    class Meta:
        """A content is kept once in a ledger."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["ledger", "digest"], name="upload_once")]


class Kept(models.Model):
    """Something computed, kept by the digest of all that it was computed from; it can be thrown away at any time."""

    key = Name(max_length=64, primary_key=True)
    ledger = models.ForeignKey(Ledger, models.CASCADE)
    made = models.DateTimeField(auto_now_add=True)
    value = models.BinaryField()

    objects: ClassVar[models.Manager[Kept]]

    class Meta:
        """Thrown away oldest first."""

        indexes: ClassVar = [models.Index(fields=["ledger", "made"], name="kept_by_age")]
