"""In which role somebody appends: those that they hold and that may, and the one that a form says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.records.roles import titled
from meterward.wiring.gating import caller_in

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.core.records.kind import Kind
    from meterward.core.records.roles import Role


def acting_roles(request: HttpRequest, kind: Kind[Any]) -> tuple[Role, ...]:
    """The roles of whoever asks in which they may append a kind of record, the usual one first."""
    return caller_in(request).acts(kind)


def acting_in(request: HttpRequest, kind: Kind[Any]) -> Role:
    """The role that a form says; the usual one if it says none that they may act in."""
    roles = acting_roles(request, kind)
    return next((role for role in roles if role == request.POST.get("acting")), roles[0])


def role_choices(request: HttpRequest, kind: Kind[Any]) -> list[tuple[str, str]]:
    """What a form offers to choose from: each role and what it is called."""
    return [(str(role), titled(role)) for role in acting_roles(request, kind)]
