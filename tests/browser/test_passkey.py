"""A passkey of the browser's own: made, used on a weighty act by the keyboard, and verified by what others wrote."""

from __future__ import annotations

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
        """By what it is found, and its secret half, as the device has it."""
        (one,) = self.session.send("WebAuthn.getCredentials", self.named)["credentials"]
        secret = load_der_private_key(b64decode(one["privateKey"]), None)
        assert isinstance(secret, EllipticCurvePrivateKey)
        return b64decode(one["credentialId"]), secret


def by_keyboard(page: Page, button: str) -> None:
    """Go to a button and press it."""
    tab_to(page, page.get_by_role("button", name=button, exact=True))
    page.keyboard.press("Enter")


def test_somebody_makes_one_and_signs_what_they_see(named_desks: Desks) -> None:
    desk = named_desks.take("board", "/northlight/tokens")
    page, device = desk.page, Device(desk)
    desk.read()
    desk.follow(page.get_by_role("link", name="passkey for signing"))
    found = {"none": flaws(page)}
    by_keyboard(page, MAKE)
    expect(page.get_by_text("Your passkey is introduced")).to_be_visible()
    desk.read()
    found["one"] = flaws(page)
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
    assert found == {"none": [], "one": [], "signing": []}
    assert guide("passkey").unseen(desk.seen) == []
    number = page.url.partition("/records/")[2].partition("?")[0]
    envelope = page.request.get(f"{desk.address}/northlight/records/{number}/statement").json()
    assert verified_by_others(envelope, device, desk.address)


def test_whoever_does_not_show_who_they_are_signs_nothing(named_desks: Desks) -> None:
    desk = named_desks.take("security", PAGE)
    Device(desk).refuse()
    button = desk.page.get_by_role("button", name=MAKE, exact=True)
    button.click()
    expect(desk.page.get_by_text("Nothing was signed: it was refused or took too long.")).to_be_visible()
    expect(button).to_be_enabled()


def test_without_scripts_the_page_says_so(named_desks: Desks) -> None:
    page = named_desks.take("security", PAGE, java_script_enabled=False).page
    expect(page.get_by_text("This browser makes no passkeys, or runs no scripts.")).to_be_visible()
    expect(page.get_by_role("button", name=MAKE, exact=True)).to_be_hidden()


def verified_by_others(envelope: Any, device: Device, address: str) -> bool:  # noqa: ANN401 - JSON, as it came
    """Whether the verification that somebody else wrote accepts what the browser's passkey signed."""
    read = opened(envelope)
    assert read
    payload, signatures = read
    (made,) = [one for one in map(read_assertion, signatures.values()) if one]
    identity, secret = device.passkey()
    known = AttestedCredentialData.create(AAGUID, identity, cose_of(secret))
    return accepted_by_others(made, signed_bytes(payload), known, address)
