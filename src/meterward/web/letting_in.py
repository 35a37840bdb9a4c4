"""Into whose ledgers somebody of another organisation was let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.records.keeper import Keeper
from meterward.wiring.gating import person_in
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from django.http import HttpRequest


def licensees_of(request: HttpRequest) -> list[str]:
    """The licensees of this installation that let whoever asks in."""
    store, person = installation(), person_in(request)
    heads = (store.ledgers.head(name) for name in store.ledgers.names())
    return [one.ledger for one in heads if one and one.sort is Keeper.LICENSEE and store.roles(one.ledger, person)]
