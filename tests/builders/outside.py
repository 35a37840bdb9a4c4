"""People who come in with an account elsewhere, and what is written of whose word is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from meterward.storage.models import Person
from meterward.wiring.example_store import EXAMPLE_PASSWORD, LEDGER
from tests.builders.workplace import Page, Seat, typed, words

if TYPE_CHECKING:
    from tests.builders.openid_provider import OpenIdProvider
    from tests.builders.saml_provider import SamlProvider

POLICY = f"/{LEDGER}/append/policy.issued"
SAML = "http://localhost/sign-in/with/people"
TOKEN = "urn:oasis:names:tc:SAML:2.0:ac:classes:TimeSyncToken"  # noqa: S105 - the name of a way of signing in
OPENID_FILE = """[[provider]]
name = "account"
title = "Northlight account"
kind = "openid"
issuer = "{issuer}"
client_id = "{client}"
secret = "TESTS_OPENID_SECRET"
strong = ["mfa"]
"""
SAML_FILE = f"""[[provider]]
name = "people"
title = "People of Northlight"
kind = "saml"
metadata = "people.xml"
strong = ["{TOKEN}"]
"""


def security() -> Person:
    return Person.objects.get(sign_in="security")


def signed_in(name: str = "security") -> Seat:
    seat = Seat("")
    seat.post("/sign-in", name=name, password=EXAMPLE_PASSWORD)
    return seat


def by_openid(provider: OpenIdProvider, seat: Seat, start: str = "/sign-in/with/account?next=/northlight/") -> Page:
    return seat.at("/sign-in/with/account/back", **provider.come(seat.at(start).location))


def linked_by_openid(provider: OpenIdProvider, seat: Seat) -> Page:
    """What comes of pressing “Link”, and going where that leads."""
    onward = seat.post("/ways/link/account").links()["Go on"]
    return seat.at("/sign-in/with/account/back", **provider.come(onward))


def by_saml(provider: SamlProvider, seat: Seat, start: str = "/sign-in/with/people?next=/northlight/") -> Page:
    answer = provider.come(seat.at(start).location, SAML)
    return pass_on(seat, answer)


def pass_on(seat: Seat, answer: str) -> Page:
    """What comes of what a provider posts: our page passes it on."""
    between = seat.post("/sign-in/with/people/assertion", SAMLResponse=answer)
    return seat.post("/sign-in/with/people/assertion/here", answer=typed(between)["answer"])


def refused(page: Page, says: str) -> None:
    assert page.status == 401
    assert page.texts("h1") == ["That did not sign you in"]
    assert says in words(page.one("main"))
