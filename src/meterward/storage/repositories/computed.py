"""What was computed before, compressed, the newest few hundred of each ledger."""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import OperationalError

from meterward.storage import models

if TYPE_CHECKING:
    from meterward.core.base.canonical import Json

_MOST = 400


@dataclass(frozen=True, slots=True)
class DatabaseComputed:
    """See `Computed`."""

    def get(self, key: str) -> Json:
        """See `Computed.get`."""
        row = models.Kept.objects.filter(key=key).values_list("value", flat=True).first()
        found: Json = None if row is None else json.loads(zlib.decompress(bytes(row)))
        return found

    def keep(self, ledger: str, key: str, value: Json) -> None:
        """See `Computed.keep`. While others write, or where there is no room, it is not kept: it can be made anew."""
        with suppress(OperationalError):
            self._keep(ledger, key, value)

    def _keep(self, ledger: str, key: str, value: Json) -> None:
        body = zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 6)
        models.Kept.objects.get_or_create(key=key, defaults={"ledger_id": ledger, "value": body})
        oldest = models.Kept.objects.filter(ledger_id=ledger).order_by("-made").values_list("key", flat=True)[_MOST:]
        models.Kept.objects.filter(key__in=list(oldest)).delete()
