"""Saved views of lists in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from meterward.storage import models
from meterward.storage.repositories.failures import attempt
from meterward.usecases.ports import PersonKept, ViewKept

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from meterward.core.base.problem import Problem


@dataclass(frozen=True, slots=True)
class DatabaseViews:
    """See `SavedViews`."""

    def of(self, owner: PersonKept, ledger: str, listed: str) -> list[ViewKept]:
        """See `SavedViews.of`. Sorted here, for databases sort letters each in its own way."""
        return sorted(ViewKept(one.name, one.query) for one in _rows(owner, ledger, listed))

    def keep(self, owner: PersonKept, ledger: str, listed: str, view: ViewKept, instead: str = "") -> Problem | None:
        """See `SavedViews.keep`."""
        return attempt(lambda: self._keep(owner, ledger, listed, view, instead))

    def _keep(self, owner: PersonKept, ledger: str, listed: str, view: ViewKept, instead: str) -> None:
        person = models.Person.objects.get(sign_in=owner.sign_in)
        with transaction.atomic():
            if instead != view.name:
                _rows(owner, ledger, listed).filter(name=instead).delete()
            models.SavedView.objects.update_or_create(
                ledger_id=ledger, person=person, listed=listed, name=view.name, defaults={"query": view.query}
            )

    def discard(self, owner: PersonKept, ledger: str, listed: str, name: str) -> Problem | None:
        """See `SavedViews.discard`."""
        return attempt(lambda: self._discard(owner, ledger, listed, name))

    def _discard(self, owner: PersonKept, ledger: str, listed: str, name: str) -> None:
        _rows(owner, ledger, listed).filter(name=name).delete()


def _rows(owner: PersonKept, ledger: str, listed: str) -> QuerySet[models.SavedView]:
    return models.SavedView.objects.filter(person__sign_in=owner.sign_in, ledger_id=ledger, listed=listed)
