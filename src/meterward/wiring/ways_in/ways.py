"""The ways in which somebody signs in: what they have, and how they change it. Each change ends what it should."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, NamedTuple

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib.auth import update_session_auth_hash

from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories import sittings
from meterward.storage.repositories.factors import Factors, counter_of, factors_of, new_recovery_codes, remove_factor
from meterward.storage.repositories.factors import keep_app as _keep_app
from meterward.storage.repositories.people import change, person_of
from meterward.wiring.installed import patience
from meterward.wiring.setting_up import weak
from meterward.wiring.ways_in import passkeys, proofs
from meterward.wiring.ways_in.steps import signed_in

if TYPE_CHECKING:
    from django.http import HttpRequest

    from meterward.storage.models import Person
    from meterward.storage.repositories.sittings import Sitting

__all__ = ["Factors", "factors_of"]


class NewApp(NamedTuple):
    """What an app is told so that it makes the same codes: as a picture to take, or a secret to type."""

    secret: str
    picture: str
    """A picture of the address, as an address itself."""


def sittings_of(request: HttpRequest) -> list[Sitting]:
    """The sessions of whoever asks, this one first."""
    found = sittings.sittings_of(signed_in(request), _here(request))
    return [one._replace(browser=browser(one.browser)) for one in found]


def end_sittings(request: HttpRequest, sitting: int | None = None) -> None:
    """End a session of whoever asks, or every one but this."""
    sittings.end_sittings(signed_in(request), _here(request), sitting)


def is_fresh(request: HttpRequest) -> bool:
    """Whether whoever asks showed a moment ago who they are, as well as they can."""
    return proofs.is_fresh(request, factored=factors_of(signed_in(request)).any)


def confirm_by_password(request: HttpRequest, password: str) -> float | bool:
    """Take the password of somebody who is signed in and has no factor; or for how many seconds nobody may try."""
    person = signed_in(request)
    key = person.sign_in.casefold()
    if wait := patience().wait(key):
        return wait
    if factors_of(person).any or not person.check_password(password):
        patience().failed(key)
        return False
    patience().succeeded(key)
    proofs.note(request, person, "password")
    return True


def new_app(request: HttpRequest) -> NewApp:
    """What an app is to be told; the same until it is kept."""
    secret, adapter = str(get_totp_secret()), get_adapter()
    drawn = adapter.build_totp_svg(adapter.build_totp_url(signed_in(request), secret))
    return NewApp(secret, f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}")


def keep_app(request: HttpRequest, code: str) -> list[str] | float | bool:
    """Keep the app that gives a code: the recovery codes that come with a first factor; or as `steps.by_code`."""
    person = signed_in(request)
    key = f"code of {person.pk}"
    if wait := patience().wait(key):
        return wait
    secret = str(get_totp_secret())
    counter = counter_of(secret, code)
    if counter is None:
        patience().failed(key)
        return False
    _keep_app(person, secret, counter)
    clear_totp_secret(request)
    proofs.note(request, person, "totp", strong=True)
    return _codes_with(person)


def keep_passkey(request: HttpRequest, name: str, credential: str) -> list[str] | None:
    """Keep a new passkey: the recovery codes that come with a first factor; None if it cannot be believed."""
    person = signed_in(request)
    if not passkeys.add(person, name, credential):
        return None
    proofs.note(request, person, "webauthn", strong=True)
    return _codes_with(person)


def remove(request: HttpRequest, factor: int) -> bool:
    """Remove a factor of whoever asks."""
    return remove_factor(signed_in(request), factor)


def new_codes(request: HttpRequest) -> list[str]:
    """New recovery codes of whoever asks, who has a factor; none otherwise."""
    person = signed_in(request)
    return new_recovery_codes(person) if factors_of(person).any else []


def change_password(request: HttpRequest, password: str, again: str) -> Problem | None:
    """Give whoever asks another password. Every other session of theirs ends; this one gets another name."""
    person = signed_in(request)
    if password != again:
        return Problem(Code.FIELD_VALUE, "The two are not the same.", "Type the new password twice.", "again")
    if problem := weak(person_of(person), password):
        return problem
    change(person, password)
    before = _here(request)
    update_session_auth_hash(request, person)
    sittings.rename_sitting(before, _here(request))
    end_sittings(request)
    return None


def browser(said: str) -> str:
    """What a browser says of itself, in two words."""
    names = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac", "macOS"))
    name = next((shown for mark, shown in names if mark in said), "A browser")
    system = next((shown for mark, shown in (*systems, ("Linux", "Linux")) if mark in said), "")
    return f"{name} on {system}" if system else name


def _here(request: HttpRequest) -> str:
    return str(request.session.session_key)


def _codes_with(person: Person) -> list[str]:
    return new_recovery_codes(person) if factors_of(person).codes_left is None else []
