"""Private drafts in the database."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from meterward.storage import models
from meterward.storage.repositories.failures import attempt
from meterward.storage.repositories.people import person_of
from meterward.usecases.ports import DraftKept, PersonKept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from meterward.core.base.problem import Problem


def draft_of(row: models.Draft) -> DraftKept:
    """A draft's row as a value."""
    content = json.loads(row.content)
    return DraftKept(row.id, row.ledger_id, person_of(row.person), row.kind, content, row.changed)


@dataclass(frozen=True, slots=True)
class DatabaseDrafts:
    """See `Drafts`."""

    def of(self, owner: PersonKept, ledger: str) -> list[DraftKept]:
        """See `Drafts.of`."""
        rows = models.Draft.objects.filter(ledger_id=ledger, person__sign_in=owner.sign_in)
        return [draft_of(row) for row in rows.select_related("person").order_by("-changed")]

    def all(self, ledger: str) -> Iterator[DraftKept]:
        """See `Drafts.all`."""
        return map(draft_of, models.Draft.objects.filter(ledger_id=ledger).select_related("person").iterator())

    def get(self, identity: str) -> DraftKept | None:
        """See `Drafts.get`."""
        row = models.Draft.objects.filter(id=identity).select_related("person").first()
        return draft_of(row) if row else None

    def keep(self, draft: DraftKept) -> Problem | None:
        """See `Drafts.keep`."""
        return attempt(lambda: self._keep(draft))

    def _keep(self, draft: DraftKept) -> None:
        owner = models.Person.objects.get(sign_in=draft.owner.sign_in)
        values = {"ledger_id": draft.ledger, "person": owner, "kind": draft.kind, "content": json.dumps(draft.content)}
        models.Draft.objects.update_or_create(id=draft.id, defaults=values)

    def discard(self, identity: str) -> None:
        """See `Drafts.discard`."""
        models.Draft.objects.filter(id=identity).delete()
