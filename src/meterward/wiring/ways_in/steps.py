"""Signing in, step by step: a password, then a second factor of those who have one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from django.contrib.auth import authenticate, logout

from meterward.storage.repositories.factors import take_code
from meterward.wiring.installed import patience
from meterward.wiring.ways_in import passkeys
from meterward.wiring.ways_in.adapters import SecondStep
from meterward.wiring.ways_in.proofs import note

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.storage.models import Person


def by_password(request: HttpRequest, name: str, password: str) -> float | bool:
    """Sign in with name and password, or go as far as that leads; or for how many seconds nobody may try."""
    key = name.casefold()
    if wait := patience().wait(key):
        return wait
    person = authenticate(request, username=name, password=password)
    if person is None:
        if name:
            patience().failed(key)
        return False
    patience().succeeded(key)
    enter(request, person, "password")
    return True


def enter(request: HttpRequest, person: Person, method: str, *, strong: bool = False) -> None:
    """Let somebody in who showed who they are, or go on to the second step if they are to show more."""
    if request.user.is_authenticated:
        logout(request)
    note(request, person, method, strong=strong)
    perform_login(request, Login(user=person, redirect_url="/"))


def signed_in(request: HttpRequest) -> Person:
    """Who is signed in, as a row; the gate lets nobody else come where it is asked."""
    return cast("Person", request.user)


def on_the_way(request: HttpRequest) -> Person | None:
    """Who has shown a password and is to show a second factor; None if nobody is."""
    stage = LoginStageController.enter(request, SecondStep.key)
    return cast("Person", stage.login.user) if stage and stage.login.user and stage.login.user.is_active else None


def by_code(request: HttpRequest, person: Person, code: str) -> float | bool:
    """Take a code of somebody who signs in or is signed in; or for how many seconds nobody may try."""
    key = f"code of {person.pk}"
    if wait := patience().wait(key):
        return wait
    taken = take_code(person, code)
    if taken is None:
        patience().failed(key)
        return False
    patience().succeeded(key)
    _go_on(request, person, taken.type)
    return True


def by_passkey(request: HttpRequest, credential: str, person: Person | None = None) -> bool:
    """Take what a passkey said: of somebody who signs in or is signed in, or of whoever holds it."""
    shown = passkeys.shown(request, credential, person)
    if shown is None:
        return False
    if person is None:
        # No second step follows what says itself who holds it.
        enter(request, shown, "webauthn", strong=True)
    else:
        _go_on(request, person, "webauthn")
    return True


def _go_on(request: HttpRequest, person: Person, method: str) -> None:
    note(request, person, method, strong=True)
    stage = None if request.user.is_authenticated else LoginStageController.enter(request, SecondStep.key)
    if stage:
        stage.exit()
