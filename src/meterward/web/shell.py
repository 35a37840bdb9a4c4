"""What stands around every page: where one is, who one is, and the moment that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from meterward.web.gate import caller_in

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.web.moments import Moment

PLACES = (
    ("position", "Position", "/"),
    ("records", "Records", "/records"),
    ("append", "Append", "/append"),
    ("history", "Changes", "/history"),
    ("drafts", "Drafts", "/drafts"),
    ("tokens", "Tokens", "/tokens"),
)
"""The places of a workplace: name, title, and what follows the ledger in the address."""


def shell(request: HttpRequest, ledger: str, moment: Moment, here: str) -> dict[str, Any]:
    """The frame of a page of a ledger."""
    caller = caller_in(request)
    return {
        "ledger": ledger,
        "moment": moment,
        "here": here,
        "places": PLACES,
        "caller": caller,
        "roles": sorted(role.replace("_", " ") for role in caller.roles),
        "example": settings.EXAMPLE,
    }
