"""Sessions: named anew at sign-in, over after a while, listed, ended; and what is asked before ways in are changed."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from meterward.wiring.example_store import EXAMPLE_PASSWORD, LEDGER
from meterward.wiring.installed import installation, patience
from meterward.wiring.ways_in.proofs import FRESH, IDLE, LONGEST, STRONG_IDLE
from tests.builders.desks import note_shown
from tests.builders.factors import add_passkey, code_of, set_up_app
from tests.builders.workplace import Seat, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.builders.stores import Store

NEW = "four words nobody joins"


@pytest.fixture(autouse=True)
def store(example_store: Store) -> Iterator[Store]:
    patience.cache_clear()
    yield example_store
    patience.cache_clear()


def signed_in(agent: str = "", name: str = "security") -> Seat:
    """Somebody who gave name and password, in a browser that says what it is."""
    seat = Seat("")
    seat.client.defaults["HTTP_USER_AGENT"] = agent
    seat.post("/sign-in", name=name, password=EXAMPLE_PASSWORD)
    return seat


@pytest.fixture
def seat() -> Seat:
    return signed_in("Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0")


def is_in(seat: Seat) -> bool:
    return seat.get().status == 200


def later(seat: Seat, began: float, seen: float) -> None:
    """Let a session have begun and been used so many seconds ago."""
    session = seat.client.session
    session["began"], session["seen"] = time.time() - began, time.time() - seen
    session.save()


def showed(seat: Seat, method: str, ago: float = 0) -> None:
    """Let the security manager have shown something so many seconds ago, and nothing else."""
    note_shown(seat.client, str(get_user_model().objects.get(sign_in="security").pk), method, ago)


def test_a_session_has_another_name_once_somebody_is_in() -> None:
    seat = Seat("")
    seat.client.get("/sign-in/passkey")
    before = seat.client.cookies["meterward"].value
    seat.post("/sign-in", name="security", password=EXAMPLE_PASSWORD)
    assert seat.client.cookies["meterward"].value != before


@pytest.mark.parametrize(
    ("began", "seen", "method", "lasts"),
    [
        (IDLE - 5, IDLE - 5, "password", True),
        (IDLE, IDLE, "password", False),
        (STRONG_IDLE - 5, STRONG_IDLE - 5, "mfa", True),
        (STRONG_IDLE, STRONG_IDLE, "mfa", False),
        (LONGEST - 5, 10, "password", True),
        (LONGEST, 10, "password", False),
        (LONGEST, 10, "mfa", False),
    ],
)
def test_a_session_ends_when_it_was_idle_or_lasted_too_long(
    seat: Seat, began: float, seen: float, method: str, lasts: bool
) -> None:
    showed(seat, method)
    later(seat, began, seen)
    assert is_in(seat) is lasts
    assert is_in(seat) is lasts


def test_whatever_is_asked_for_keeps_a_session(seat: Seat) -> None:
    assert is_in(seat)
    later(seat, 2 * IDLE, IDLE - 5)
    assert is_in(seat)
    assert time.time() - seat.client.session["seen"] < 5


def test_sessions_are_listed_and_ended_one_by_one_and_all_at_once(seat: Seat) -> None:
    phone, tablet = signed_in("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile"), signed_in("something")
    page = seat.at("/ways")
    named = [words(one) for one in page.all("b") if " on " in words(one) or "browser" in words(one)]
    assert named[0] == "Firefox on Linux"
    assert set(named) == {"Firefox on Linux", "Chrome on Android", "A browser"}
    (ending,) = [
        one.get("action", "")
        for one in page.all("form")
        for button in one.iter()
        if button.get("aria-label") == "End the session of Chrome on Android"
    ]
    seat.post(ending)
    assert (is_in(phone), is_in(tablet), is_in(seat)) == (False, True, True)
    seat.post("/ways/sessions")
    assert (is_in(tablet), is_in(seat)) == (False, True)


def test_what_tells_of_sessions_that_ended_is_cleared_with_them(seat: Seat) -> None:
    from allauth.usersessions.models import UserSession  # noqa: PLC0415 - Django must be set up
    from django.contrib.sessions.models import Session  # noqa: PLC0415 - the same

    signed_in(name="board")
    key = UserSession.objects.get(user__sign_in="board").session_key
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(1))
    assert installation().sessions.clear() == 1
    assert [one.user.sign_in for one in UserSession.objects.all()] == ["security"]
    assert is_in(seat)


def test_nobody_ends_the_session_of_another(seat: Seat) -> None:
    from allauth.usersessions.models import UserSession  # noqa: PLC0415 - Django must be set up

    other = signed_in(name="board")
    seat.post(f"/ways/sessions/{UserSession.objects.get(user__sign_in='board').pk}/end")
    assert is_in(other)


def test_a_new_password_ends_every_other_session(seat: Seat) -> None:
    other = signed_in()
    before = seat.client.cookies["meterward"].value
    assert seat.post("/ways/password", password=NEW, again="another").status == 422
    assert seat.post("/ways/password", password="short", again="short").status == 422  # noqa: S106 - none that is used
    assert is_in(other)
    assert seat.post("/ways/password", password=NEW, again=NEW).location == "/ways?done=password"
    assert (is_in(seat), is_in(other)) == (True, False)
    assert seat.client.cookies["meterward"].value != before
    assert Seat("").post("/sign-in", name="security", password=EXAMPLE_PASSWORD).status == 401


def test_ways_are_changed_by_those_who_just_showed_who_they_are(seat: Seat) -> None:
    showed(seat, "password", FRESH)
    asked = seat.at("/ways/app")
    assert asked.location == "/ways/confirm?next=%2Fways%2Fapp"
    assert seat.at(asked.location).texts("h1") == ["Show that it is you"]
    assert seat.post("/ways/confirm", password="wrong", next="/ways/app").status == 401  # noqa: S106 - it is none
    assert seat.post("/ways/confirm", password=EXAMPLE_PASSWORD, next="/ways/app").location == "/ways/app"
    assert seat.at("/ways/app").status == 200


@pytest.mark.parametrize("address", ["/ways/app", "/ways/passkeys/new", "/ways/password", "/ways/codes"])
def test_whoever_has_a_second_factor_shows_that_and_no_password(seat: Seat, address: str) -> None:
    secret, _ = set_up_app(seat)
    showed(seat, "mfa", FRESH)
    sent = {"password": NEW, "again": NEW, "code": "000000", "credential": "{}"}
    assert seat.post(address, **sent).location.startswith("/ways/confirm?next=")
    showed(seat, "password")
    assert seat.post(address, **sent).location.startswith("/ways/confirm?next=")
    assert seat.post("/ways/confirm", password=EXAMPLE_PASSWORD).status == 401
    assert seat.post("/ways/confirm", code=code_of(secret)).status == 302
    assert not seat.post(address, **sent).location.startswith("/ways/confirm")


def test_factors_are_removed_with_the_recovery_codes_of_the_last(seat: Seat) -> None:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - Django must be set up

    set_up_app(seat)
    _, page = add_passkey(seat)
    assert page.location.startswith("/ways/passkeys?done=passkey")
    shown = seat.at("/ways")
    assert "not used yet" in words(shown.one("main"))
    for sort in ("totp", "webauthn"):
        showed(seat, "mfa")
        number = Authenticator.objects.get(type=sort).pk
        assert seat.post(f"/ways/factors/{number}/remove").location == "/ways?done=removed"
    assert not Authenticator.objects.exists()
    assert is_in(signed_in())


def test_nobody_removes_a_factor_of_another(seat: Seat) -> None:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - Django must be set up

    other = signed_in(name="board")
    set_up_app(other)
    assert seat.post(f"/ways/factors/{Authenticator.objects.get(type='totp').pk}/remove").status == 404
    codes = Authenticator.objects.get(type="recovery_codes").pk
    assert other.post(f"/ways/factors/{codes}/remove").status == 404
    assert Authenticator.objects.count() == 2


def test_secrets_of_apps_are_sealed_in_the_store(seat: Seat) -> None:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415 - Django must be set up

    secret, _ = set_up_app(seat)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


@pytest.mark.parametrize("onward", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_no_step_leads_elsewhere(seat: Seat, onward: str) -> None:
    secret, _ = set_up_app(seat)
    assert seat.post("/ways/confirm", code=code_of(secret), next=onward).location == "/ways?done=confirmed"
    assert "elsewhere" not in seat.at("/ways", next=onward).text
    assert LEDGER not in onward
