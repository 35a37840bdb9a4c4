"""Accepting an invitation: a name and a password, or a passkey, and in at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories.people import row_of
from meterward.wiring.ways_in import inviting, passkeys, steps

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.usecases.ports import InvitationKept


def by_password(request: HttpRequest, invited: InvitationKept, name: str, password: str) -> list[Problem]:
    """Let somebody sign in with a password from now on, and in; or what stands against it."""
    problems = inviting.accept(invited, name, password)
    if not problems:
        steps.enter(request, row_of(name), "password")
    return problems


def passkey_for(invited: InvitationKept) -> dict[str, Any]:
    """What a browser makes the passkey of somebody invited from."""
    return passkeys.to_add(row_of(invited.person.sign_in))


def by_passkey(request: HttpRequest, invited: InvitationKept, name: str, credential: str) -> list[Problem]:
    """Let somebody sign in by a passkey from now on, and in; or what stands against it."""
    if problems := inviting.unacceptable(invited, name, None):
        return problems
    person = row_of(invited.person.sign_in)
    if not passkeys.add(person, "", credential):
        message = "The passkey could not be kept."
        return [Problem(Code.INVITATION_INVALID, message, "Try again, or choose a password.", "passkey")]
    if problems := inviting.accept(invited, name, None):
        return problems
    steps.enter(request, row_of(name), "webauthn", strong=True)
    return []
