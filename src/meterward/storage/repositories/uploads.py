"""What was uploaded, by ledger and digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from meterward.storage import models
from meterward.usecases.ports import UploadKept

if TYPE_CHECKING:
    from meterward.usecases.ports import PersonKept


@dataclass(frozen=True, slots=True)
class DatabaseUploads:
    """See `Uploads`."""

    def get(self, ledger: str, digest: str) -> UploadKept | None:
        """See `Uploads.get`."""
        row = models.Upload.objects.filter(ledger_id=ledger, digest=digest).first()
        return UploadKept(row.ledger_id, row.digest, row.size, row.media_type) if row else None

    def keep(self, upload: UploadKept, owner: PersonKept) -> None:
        """See `Uploads.keep`."""
        person = models.Person.objects.get(sign_in=owner.sign_in)
        values = {"size": upload.size, "media_type": upload.media_type, "person": person}
        models.Upload.objects.get_or_create(ledger_id=upload.ledger, digest=upload.digest, defaults=values)
