"""Into whose ledgers somebody of another organisation was let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.core.records.keeper import Keeper
from meterward.wiring.gating import callers_of, who_in
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from django.http import HttpRequest


def licensees_of(request: HttpRequest) -> list[str]:
    """The licensees of this installation that let whoever asks in."""
    store = installation()
    licensees = [one for one in store.ledgers.heads() if one.sort is Keeper.LICENSEE]
    return [one.ledger for one, caller in callers_of(store, who_in(request), licensees) if caller.roles]
