"""A passkey in a browser, with the authenticator that Chromium can pretend to have; and how the pages are made."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.looking import flaws

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser.desks import Desks

_AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
}


def with_authenticator(desks: Desks, name: str = "") -> Page:
    """A desk at the name under which passkeys are good, with an authenticator."""
    desks.address = desks.address.replace("127.0.0.1", "localhost")
    page = desks.take(name, "/ways").page if name else desks.take().page
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": _AUTHENTICATOR})
    return page


def test_a_passkey_is_added_and_signs_in_by_itself(own_desks: Desks) -> None:
    page = with_authenticator(own_desks, "security")
    page.get_by_label("What do you call it?").fill("work laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these recovery codes")
    assert flaws(page) == []
    page.get_by_role("link", name="I have them").click()
    expect(page.get_by_text("work laptop")).to_be_visible()
    assert flaws(page) == []
    page.context.clear_cookies()
    page.goto(f"{own_desks.address}/sign-in?next=/northlight/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page).to_have_url(f"{own_desks.address}/northlight/")
    page.goto(f"{own_desks.address}/ways")
    expect(page.get_by_text("last used")).not_to_have_count(0)
    page.get_by_role("button", name="Remove work laptop").click()
    expect(page.get_by_role("status").filter(has_text="It is removed")).to_be_visible()


def test_a_browser_without_a_passkey_says_so_and_goes_on(own_desks: Desks) -> None:
    page = with_authenticator(own_desks)
    page.goto(f"{own_desks.address}/sign-in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("No passkey was given. Try again, or use another way.")).to_be_visible()


@pytest.mark.parametrize("path", ["/ways/app", "/ways/password", "/ways/confirm", "/northlight/people"])
def test_the_pages_are_well_made(own_desks: Desks, path: str) -> None:
    page = own_desks.take("security", path).page
    assert flaws(page) == []
