"""Single sign-on: a provider's word is taken if everything about it is right, for identities that somebody linked."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa

from meterward.storage.models import Person
from tests.builders.factors import set_up_app
from tests.builders.openid_provider import CLIENT, SECRET, OpenIdProvider, running
from tests.builders.outside import (
    OPENID_FILE,
    POLICY,
    SAML_FILE,
    by_openid,
    linked_by_openid,
    refused,
    security,
    signed_in,
)
from tests.builders.saml_provider import SamlProvider
from tests.builders.workplace import Seat, typed, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.builders.stores import Store


pytestmark = pytest.mark.usefixtures("earnest_home")


@pytest.fixture
def openid(earnest_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenIdProvider]:
    """A provider that the security manager has linked an identity of."""
    provider = OpenIdProvider()
    monkeypatch.setenv("TESTS_OPENID_SECRET", SECRET)
    with running(provider):
        (earnest_home / "sign-in.toml").write_text(OPENID_FILE.format(issuer=provider.issuer, client=CLIENT))
        SocialAccount.objects.create(user=security(), provider="account", uid="subject-1")
        yield provider


def test_an_identity_that_was_linked_signs_in(openid: OpenIdProvider) -> None:
    assert "Sign in with Northlight account" in Seat("").at("/sign-in").links()
    seat = Seat("")
    assert by_openid(openid, seat).location == "/northlight/"
    assert "“security”" in words(seat.at("/ways").one("main"))
    assert seat.at(POLICY).status == 403


@pytest.mark.parametrize(("means", "status"), [(["pwd", "mfa"], 200), (["pwd"], 403), ("mfa", 403), (None, 403)])
def test_what_a_provider_says_of_how_counts_as_configured(openid: OpenIdProvider, means: object, status: int) -> None:
    openid.claims = {"amr": means}
    seat = Seat("")
    by_openid(openid, seat)
    assert seat.at(POLICY).status == status


@pytest.mark.parametrize(("means", "inside"), [(["mfa"], True), (["pwd"], False)])
def test_whoever_has_a_second_factor_here_shows_it_unless_they_did_there(
    openid: OpenIdProvider, means: list[str], inside: bool
) -> None:
    set_up_app(signed_in())
    openid.claims = {"amr": means}
    seat = Seat("")
    page = by_openid(openid, seat)
    assert (page.status == 302) is inside
    assert (seat.at("/ways").status == 200) is inside


def test_an_identity_that_nobody_linked_makes_and_signs_in_nobody(openid: OpenIdProvider) -> None:
    openid.subject, before = "subject-2", Person.objects.count()
    refused(by_openid(openid, Seat("")), "Nobody here has linked that identity of Northlight account.")
    assert Person.objects.count() == before


@pytest.mark.parametrize(
    ("claims", "says"),
    [
        ({"nonce": "another"}, "another question"),
        ({"nonce": None}, "another question"),
        ({"nonce": "nøt asked"}, "another question"),
        ({"iss": "https://elsewhere.example"}, "Invalid issuer"),
        ({"aud": "another"}, "Audience"),
        ({"azp": "another"}, "another installation"),
        ({"exp": time.time() - 3600}, "expired"),
        ({"iat": time.time() + 3600}, "not yet valid"),
        ({"sub": ""}, "by nothing"),
        ({"sub": "x" * 192}, "too long"),
    ],
)
def test_a_token_that_is_wrong_in_anything_is_refused(
    openid: OpenIdProvider, claims: dict[str, Any], says: str
) -> None:
    openid.claims = claims
    seat = Seat("")
    refused(by_openid(openid, seat), says)
    assert seat.at("/ways").status == 302


def _by_another_key(provider: OpenIdProvider) -> None:
    provider.published = rsa.generate_private_key(65537, 2048)


def _unsigned(provider: OpenIdProvider) -> None:
    provider.algorithm = "none"


def _by_a_secret(provider: OpenIdProvider) -> None:
    provider.algorithm = "HS256"


@pytest.mark.parametrize("spoil", [_by_another_key, _unsigned, _by_a_secret])
def test_a_token_that_nobody_signed_is_refused(openid: OpenIdProvider, spoil: Callable[[OpenIdProvider], None]) -> None:
    spoil(openid)
    refused(by_openid(openid, Seat("")), "could not be believed")


def test_what_came_back_is_good_once_and_in_the_browser_that_asked(openid: OpenIdProvider) -> None:
    seat, other = Seat(""), Seat("")
    said = openid.come(seat.at("/sign-in/with/account").location)
    refused(other.at("/sign-in/with/account/back", **said), "answered what was not asked in this browser")
    assert seat.at("/sign-in/with/account/back", **said).status == 302
    seat.post("/sign-out")
    refused(seat.at("/sign-in/with/account/back", **said), "answered what was not asked in this browser")
    for state in ("another", "nøt asked", ""):
        seat.at("/sign-in/with/account")
        refused(seat.at("/sign-in/with/account/back", state=state, code="code-1"), "not asked in this browser")


def test_whoever_gives_up_there_or_finds_nobody_is_told(openid: OpenIdProvider) -> None:
    seat = Seat("")
    state = openid.come(seat.at("/sign-in/with/account").location)["state"]
    refused(seat.at("/sign-in/with/account/back", state=state, error="access_denied"), "it was cancelled there")
    openid.issuer += "/elsewhere"
    refused(seat.at("/sign-in/with/account"), "what it says of itself is not about it")


def test_an_identity_is_linked_by_whoever_is_signed_in_and_unlinked_again(openid: OpenIdProvider) -> None:
    openid.subject, board = "subject-4", signed_in("board")
    assert "Link Northlight account" in board.at("/ways").texts("button")
    assert linked_by_openid(openid, board).location == "/ways?done=linked"
    seat = Seat("")
    by_openid(openid, seat)
    assert "“board”" in words(seat.at("/ways").one("main"))
    number = SocialAccount.objects.get(uid="subject-4").pk
    assert signed_in().post(f"/ways/linked/{number}/remove").status == 404
    assert board.post(f"/ways/linked/{number}/remove").status == 302
    refused(by_openid(openid, Seat("")), "Nobody here has linked")


def test_linking_begins_with_a_form_of_ours_and_no_address(openid: OpenIdProvider) -> None:
    board = signed_in("board")
    assert board.at("/ways/link/account").status == 405
    board.client.handler.enforce_csrf_checks = True
    assert board.post("/ways/link/account").status == 403
    assert "outside" not in board.client.session
    token = typed(board.at("/ways"))["csrfmiddlewaretoken"]
    onward = board.post("/ways/link/account", csrfmiddlewaretoken=token)
    (refresh,) = onward.all("meta", **{"http-equiv": "refresh"})
    assert refresh.get("content") == f"0; url={onward.links()['Go on']}"
    assert openid.come(onward.links()["Go on"])["state"] == board.client.session["outside"]["state"]


def test_nobody_takes_an_identity_that_is_anothers(openid: OpenIdProvider) -> None:
    refused(linked_by_openid(openid, signed_in("board")), "belongs to somebody else here")
    assert SocialAccount.objects.get().user == security()


def test_somebody_closed_is_signed_in_by_no_provider(openid: OpenIdProvider, example_store: Store) -> None:
    example_store.people.close("security")
    refused(by_openid(openid, Seat("")), "Nobody here has linked")


@pytest.mark.parametrize(
    ("file", "says"),
    [
        ("x", "It cannot be read"),
        ("[other]\na = 1", "and nothing else"),
        ('[[provider]]\nname = "A b"', "small letters"),
        ('[[provider]]\nname = "a"\ntitle = "A"\nkind = "ldap"', "lacks a kind, “openid” or “saml”"),
        (OPENID_FILE.format(issuer="https://x.example", client="c"), "TESTS_OPENID_SECRET, which is not set"),
        (SAML_FILE, "The metadata of “people” cannot be read"),
        (SAML_FILE + 'colour = "red"', "unknown: colour"),
    ],
)
def test_a_file_that_cannot_be_followed_offers_nobody_and_says_why(earnest_home: Path, file: str, says: str) -> None:
    (earnest_home / "sign-in.toml").write_text(file)
    assert "Sign in with" not in " ".join(Seat("").at("/sign-in").links())
    refused(Seat("").at("/sign-in/with/people"), says)


def test_the_example_of_the_file_can_be_followed(earnest_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    example = Path(__file__).parents[2] / "docs" / "guide" / "sign-in.toml"
    (earnest_home / "sign-in.toml").write_bytes(example.read_bytes())
    (earnest_home / "people.xml").write_text(SamlProvider().metadata())
    monkeypatch.setenv("BRIGHTWATER_SECRET", SECRET)
    links = Seat("").at("/sign-in").links()
    assert {"Sign in with Brightwater account", "Sign in with People of the Authority"} <= set(links)
