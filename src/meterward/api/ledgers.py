"""The ledgers in which a caller has a role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.api.asking import query_of
from meterward.api.record_shapes import LedgerList
from meterward.api.service import operation, refuse, reply
from meterward.core.access import Action
from meterward.wiring.gating import person_in
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

    from meterward.usecases.ports import PersonKept


@operation("GET", "/ledgers", Action.CHOOSE, {200: LedgerList})
def ledgers(request: HttpRequest) -> HttpResponse:
    """The ledgers in which you have a role: size, root, and your roles there."""
    query = query_of(request)
    if query.problems:
        return refuse(query.problems)
    return reply({"format": "meterward.ledgers/1", "ledgers": list(_open_to(person_in(request)))})


def _open_to(person: PersonKept) -> Iterator[dict[str, Any]]:
    store = installation()
    for name in store.ledgers.names():
        head, roles = store.ledgers.head(name), store.roles(name, person)
        if head and roles:
            yield {
                "name": name,
                "licensee": head.licensee,
                "size": head.size,
                "root": store.ledgers.root(name, head.size) if head.size else None,
                "last_recorded": head.last_recorded or None,
                "roles": sorted(roles),
            }
