"""Passkeys of the browser's own: added and used by the keyboard, and verified by what others wrote."""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_der_private_key
from fido2.webauthn import AttestedCredentialData
from playwright.sync_api import expect

from meterward.core.ledger.assertion import read_assertion
from meterward.core.ledger.envelope import opened, signed_bytes
from tests.browser.desks import Desks
from tests.browser.guides import guide
from tests.browser.looking import flaws
from tests.browser.writing import PREVIEW, consider, press, supply, tab_to
from tests.builders.passkeys import AAGUID, accepted_by_others, cose_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, CDPSession, Page, StorageState

    from tests.browser.desk import Desk

PAGE = "/ways/passkeys"
ADD, MAKE, SIGN = "Add one to sign in", "Add one that signs", "Sign with your passkey"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def named_desks(browser: Browser, own_address: str, sessions: dict[tuple[str, str], StorageState]) -> Iterator[Desks]:
    """Desks at the module's own server, by its name: no passkey is made for an address of numbers."""
    made = Desks(browser, own_address.replace("127.0.0.1", "localhost"), sessions)
    yield made
    made.clear()


class Device:
    """What keeps passkeys in a browser, and asks nobody."""

    def __init__(self, desk: Desk) -> None:
        self.session: CDPSession = desk.context.new_cdp_session(desk.page)
        self.session.send("WebAuthn.enable")
        self.named: dict[str, Any] = self.session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    def refuse(self) -> None:
        """From now on nobody shows who they are."""
        self.session.send("WebAuthn.setUserVerified", {**self.named, "isUserVerified": False})

    def passkey(self) -> tuple[bytes, EllipticCurvePrivateKey]:
        """By what the one that signs records is found, and its secret half, as the device has it."""
        held = self.session.send("WebAuthn.getCredentials", self.named)["credentials"]
        (one,) = [one for one in held if not one["isResidentCredential"]]
        secret = load_der_private_key(b64decode(one["privateKey"]), None)
        assert isinstance(secret, EllipticCurvePrivateKey)
        return b64decode(one["credentialId"]), secret


def by_keyboard(page: Page, button: str) -> None:
    """Go to a button and press it."""
    tab_to(page, page.get_by_role("button", name=button, exact=True))
    page.keyboard.press("Enter")


def test_somebody_adds_both_signs_what_they_see_and_signs_in(named_desks: Desks) -> None:
    desk = named_desks.take("board", "/northlight/tokens")
    page, device = desk.page, Device(desk)
    desk.read()
    desk.follow(page.get_by_role("link", name="your passkeys"))
    found = add_both(desk)
    desk.open("/northlight/clauses/Z.12")
    supply(page)
    desk.read()
    consider(page)
    press(page, PREVIEW)
    desk.read()
    found["signing"] = flaws(page)
    by_keyboard(page, SIGN)
    expect(page.get_by_text("Appended as entry")).to_be_visible()
    expect(page.get_by_text("with a passkey of their own")).to_be_visible()
    desk.read()
    assert guide("passkey").unseen(desk.seen) == []
    number = page.url.partition("/records/")[2].partition("?")[0]
    envelope = page.request.get(f"{desk.address}/northlight/records/{number}/statement").json()
    assert verified_by_others(envelope, device, desk.address)
    assert found == {"none": [], "codes": [], "both": [], "signing": []}
    sign_in_and_remove(desk)


def add_both(desk: Desk) -> dict[str, list[str]]:
    """Add one that signs in and one that signs records, and what is wrong with the pages on the way."""
    page, found = desk.page, {"none": flaws(desk.page)}
    page.get_by_label("What do you call it?").fill("work laptop")
    by_keyboard(page, ADD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these recovery codes")
    found["codes"] = flaws(page)
    page.get_by_role("link", name="I have them").click()
    by_keyboard(page, MAKE)
    expect(page.get_by_text("Your passkey is introduced")).to_be_visible()
    desk.read()
    return {**found, "both": flaws(page)}


def sign_in_and_remove(desk: Desk) -> None:
    """Sign in by the passkey that does, and remove it; the other stays."""
    page = desk.page
    page.context.clear_cookies()
    page.goto(f"{desk.address}/sign-in?next={PAGE}")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("last used")).to_be_visible()
    page.get_by_role("button", name="Remove work laptop").click()
    expect(page.get_by_role("status").filter(has_text="It is removed")).to_be_visible()
    expect(page.get_by_text("Signs records of northlight")).to_be_visible()


@pytest.mark.parametrize("name", ["auditor", "authority"])
def test_the_page_is_well_made_at_the_desks_of_others(named_desks: Desks, name: str) -> None:
    page = named_desks.take(name, PAGE).page
    expect(page.get_by_role("heading", name=re.compile("To sign records of"))).to_have_count(1)
    assert flaws(page) == []


def test_whoever_does_not_show_who_they_are_makes_none(named_desks: Desks) -> None:
    desk = named_desks.take("security", PAGE)
    Device(desk).refuse()
    button = desk.page.get_by_role("button", name=MAKE, exact=True)
    button.click()
    expect(desk.page.get_by_text("No passkey was made: it was refused or took too long.")).to_be_visible()
    expect(button).to_be_enabled()


def test_whoever_shows_none_at_sign_in_is_told_so_and_goes_on(named_desks: Desks) -> None:
    desk = named_desks.take()
    Device(desk)
    desk.open("/sign-in").get_by_role("button", name="Sign in with a passkey").click()
    expect(desk.page.get_by_text("No passkey was given. Try again, or use another way.")).to_be_visible()


def test_without_scripts_the_page_says_so(named_desks: Desks) -> None:
    page = named_desks.take("security", PAGE, java_script_enabled=False).page
    expect(page.get_by_text("This browser makes no passkeys, or runs no scripts.")).to_be_visible()
    expect(page.get_by_role("button", name=MAKE, exact=True)).to_be_hidden()


@pytest.mark.parametrize("path", ["/ways", "/ways/app", "/ways/password", "/ways/confirm", "/northlight/people"])
def test_the_pages_are_well_made(named_desks: Desks, path: str) -> None:
    assert flaws(named_desks.take("security", path).page) == []


def verified_by_others(envelope: Any, device: Device, address: str) -> bool:  # noqa: ANN401 - JSON, as it came
    """Whether the verification that somebody else wrote accepts what the browser's passkey signed."""
    read = opened(envelope)
    assert read
    payload, signatures = read
    (made,) = [one for one in map(read_assertion, signatures.values()) if one]
    identity, secret = device.passkey()
    known = AttestedCredentialData.create(AAGUID, identity, cose_of(secret))
    return accepted_by_others(made, signed_bytes(payload), known, address)
