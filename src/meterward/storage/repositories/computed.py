"""What was computed before, compressed, the newest few hundred of each ledger."""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import OperationalError
from django.utils import timezone

from meterward.storage import models

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from meterward.core.base.canonical import Json

_MOST = 400


@dataclass(frozen=True, slots=True)
class DatabaseComputed:
    """See `Computed`."""

    def get(self, key: str) -> Json:
        """See `Computed.get`."""
        row = models.Kept.objects.filter(key=key).values_list("value", flat=True).first()
        return None if row is None else _read(row)

    def get_all(self, keys: Collection[str]) -> Mapping[str, Json]:
        """See `Computed.get_all`."""
        rows = models.Kept.objects.filter(key__in=list(keys)).values_list("key", "value")
        return {key: _read(value) for key, value in rows}

    def keep(self, ledger: str, key: str, value: Json) -> None:
        """See `Computed.keep`. While others write, or where there is no room, it is not kept: it can be made anew."""
        with suppress(OperationalError):
            self._keep(ledger, key, value)

    def renew(self, ledger: str, key: str, value: Json) -> None:
        """See `Computed.renew`. As with `keep`, it is kept if that can be done at once."""
        with suppress(OperationalError):
            made = {"ledger_id": ledger, "value": _written(value), "made": timezone.now()}
            models.Kept.objects.update_or_create(key=key, defaults=made)

    def _keep(self, ledger: str, key: str, value: Json) -> None:
        body = _written(value)
        models.Kept.objects.get_or_create(key=key, defaults={"ledger_id": ledger, "value": body})
        oldest = models.Kept.objects.filter(ledger_id=ledger).order_by("-made").values_list("key", flat=True)[_MOST:]
        models.Kept.objects.filter(key__in=list(oldest)).delete()


def _written(value: Json) -> bytes:
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 6)


def _read(body: bytes | memoryview[int]) -> Json:
    found: Json = json.loads(zlib.decompress(bytes(body)))
    return found
