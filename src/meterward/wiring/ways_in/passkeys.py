"""Passkeys: what a browser is asked for, and what it answers, checked by allauth and fido2."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm
from allauth.mfa.webauthn.internal import auth

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

    from meterward.storage.models import Person

LONGEST_NAME = 60
_WRONG = (ValueError, TypeError, KeyError, AttributeError, IndexError)
"""What the libraries raise over an answer that no browser gives."""


def to_add(person: Person) -> dict[str, Any]:
    """What a browser is asked for to make a passkey, one that asks who holds it and finds its owner by itself."""
    return cast("dict[str, Any]", auth.begin_registration(person, passwordless=True))


def to_show(person: Person | None) -> dict[str, Any]:
    """What a browser is asked for to show a passkey: of somebody, or of whoever holds it."""
    return cast("dict[str, Any]", auth.begin_authentication(person))


def add(person: Person, name: str, credential: str) -> bool:
    """Keep a new passkey of somebody; false if it is none, or was not asked for in this session."""
    said = {"name": name.strip()[:LONGEST_NAME], "credential": credential, "passwordless": "on"}
    form = AddWebAuthnForm(said, user=person)
    try:
        if not form.is_valid():
            return False
    except _WRONG:
        return False
    auth.WebAuthn.add(person, form.cleaned_data["name"], form.cleaned_data["credential"])
    return True


def shown(request: HttpRequest, credential: str, person: Person | None) -> Person | None:  # noqa: ARG001 - allauth keeps the request that is asked
    """Whose passkey answered what this session asked, once; None if it is nobody's who may sign in."""
    form = AuthenticateWebAuthnForm({"credential": credential}, user=person)
    try:
        if not form.is_valid() or (person is None and not _asked_who_holds_it(credential)):
            return None
    except _WRONG:
        return None
    factor: Authenticator = form.cleaned_data["credential"]
    factor.record_usage()
    owner = cast("Person", factor.user)
    return owner if owner.is_active else None


def _asked_who_holds_it(credential: str) -> bool:
    """Whether the passkey asked for a finger, a face or a PIN: alone it says who somebody is only if it did."""
    answer = auth.parse_authentication_response(json.loads(credential))
    return bool(answer.response.authenticator_data.is_user_verified())
