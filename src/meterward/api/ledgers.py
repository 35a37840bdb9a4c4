"""The ledgers in which a caller has a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.api.asking import query_of
from meterward.api.record_shapes import LedgerList
from meterward.api.service import operation, refuse, reply
from meterward.core.access import Action
from meterward.wiring.gating import callers_of, who_in
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from meterward.wiring.gating import Who


@operation("GET", "/ledgers", Action.CHOOSE, {200: LedgerList})
def ledgers(request: HttpRequest) -> HttpResponse:
    """The ledgers in which you have a role: size, root, and your roles there."""
    query = query_of(request)
    if query.problems:
        return refuse(query.problems)
    return reply({"format": "meterward.ledgers/1", "ledgers": list(_open_to(who_in(request)))})


def _open_to(who: Who) -> Iterator[dict[str, Any]]:
    store = installation()
    for head, caller in callers_of(store, who, store.ledgers.heads()):
        if caller.roles:
            yield {
                "name": head.ledger,
                "licensee": head.keeper,
                "size": head.size,
                "root": store.ledgers.root(head.ledger, head.size) if head.size else None,
                "last_recorded": head.last_recorded or None,
                "roles": sorted(caller.roles),
            }
