"""What was uploaded, by ledger and digest."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Sum
from django.utils import timezone

from meterward.storage import models
from meterward.storage.repositories.failures import attempt
from meterward.usecases.ports import UploadKept

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from meterward.core.base.problem import Problem
    from meterward.usecases.ports import PersonKept

_AT_ONCE = 500
"""So many digests are asked about at a time; SQLite takes no more than some thousands."""


@dataclass(frozen=True, slots=True)
class DatabaseUploads:
    """See `Uploads`."""

    def get(self, ledger: str, digest: str) -> UploadKept | None:
        """See `Uploads.get`."""
        row = models.Upload.objects.filter(ledger_id=ledger, digest=digest).first()
        return _upload_of(row) if row else None

    def keep(self, upload: UploadKept, owner: PersonKept) -> Problem | None:
        """See `Uploads.keep`."""
        return attempt(lambda: self._keep(upload, owner))

    def _keep(self, upload: UploadKept, owner: PersonKept) -> None:
        person = models.Person.objects.get(sign_in=owner.sign_in)
        values = {"size": upload.size, "media_type": upload.media_type, "person": person}
        there = models.Upload.objects.filter(ledger_id=upload.ledger, digest=upload.digest)
        if not there.update(kept=timezone.now()):
            models.Upload.objects.get_or_create(ledger_id=upload.ledger, digest=upload.digest, defaults=values)

    def share(self, ledger: str, digests: Collection[str], others: Collection[str]) -> None:
        """See `Uploads.share`."""
        for rows in _portions(digests):
            there = [
                models.Upload(
                    ledger_id=other,
                    digest=row.digest,
                    size=row.size,
                    media_type=row.media_type,
                    person_id=row.person_id,
                    named=True,
                )
                for row in rows.filter(ledger_id=ledger)
                for other in others
            ]
            models.Upload.objects.bulk_create(there, ignore_conflicts=True)

    def named(self, ledger: str, start: int = 0) -> Iterator[str]:
        """See `Uploads.named`."""
        rows = models.Entry.objects.filter(ledger_id=ledger, index__gte=start).exclude(body__files="{}")
        for files in rows.values_list("body__files", flat=True).iterator():
            yield from json.loads(files).values()

    def note(self, ledger: str, digests: Collection[str]) -> None:
        """See `Uploads.note`."""
        for rows in _portions(digests):
            rows.filter(ledger_id=ledger).update(named=True)

    def waiting(self, ledger: str, until: datetime | None = None) -> list[UploadKept]:
        """See `Uploads.waiting`."""
        rows = models.Upload.objects.filter(ledger_id=ledger, named=False).order_by("digest")
        return [_upload_of(row) for row in (rows if until is None else rows.filter(kept__lt=until))]

    def weight(self, owner: PersonKept) -> int:
        """See `Uploads.weight`."""
        rows = models.Upload.objects.filter(person__sign_in=owner.sign_in, named=False)
        return rows.aggregate(sum=Sum("size"))["sum"] or 0

    def known(self, digests: Collection[str]) -> set[str]:
        """See `Uploads.known`."""
        return {digest for rows in _portions(digests) for digest in rows.values_list("digest", flat=True)}

    def drop(self, ledger: str, digests: Collection[str], until: datetime) -> None:
        """See `Uploads.drop`."""
        for rows in _portions(digests):
            rows.filter(ledger_id=ledger, kept__lt=until).delete()


def _upload_of(row: models.Upload) -> UploadKept:
    return UploadKept(row.ledger_id, row.digest, row.size, row.media_type)


def _portions(digests: Collection[str]) -> Iterator[QuerySet[models.Upload]]:
    listed = sorted(digests)
    for start in range(0, len(listed), _AT_ONCE):
        yield models.Upload.objects.filter(digest__in=listed[start : start + _AT_ONCE])
