"""Single sign-on by SAML: a signed assertion is taken once, for what was asked in the same browser."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING, Any

import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa

from meterward.storage.repositories.people import row_of
from tests.builders.outside import POLICY, SAML, SAML_FILE, TOKEN, by_saml, pass_on, refused, security
from tests.builders.saml_provider import AUDIENCE, SamlProvider
from tests.builders.workplace import Seat

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("earnest_home")


@pytest.fixture
def saml(earnest_home: Path) -> SamlProvider:
    """The same of the other sort."""
    provider = SamlProvider()
    (earnest_home / "sign-in.toml").write_text(SAML_FILE)
    (earnest_home / "people.xml").write_text(provider.metadata())
    SocialAccount.objects.create(user=security(), provider="people", uid="subject-1")
    return provider


def test_a_signed_assertion_signs_in(saml: SamlProvider) -> None:
    seat = Seat("")
    assert by_saml(saml, seat).location == "/northlight/"
    assert seat.at(POLICY).status == 403
    saml.context = TOKEN
    seat = Seat("")
    by_saml(saml, seat)
    assert seat.at(POLICY).status == 200


def test_an_assertion_is_good_once_and_in_the_browser_that_asked(saml: SamlProvider) -> None:
    seat, other = Seat(""), Seat("")
    answer = saml.come(seat.at("/sign-in/with/people").location, SAML)
    other.at("/sign-in/with/people")
    refused(pass_on(other, answer), "could not be believed")
    assert pass_on(seat, answer).status == 302
    seat.post("/sign-out")
    refused(pass_on(seat, answer), "not asked in this browser")
    seat.at("/sign-in/with/people")
    refused(pass_on(seat, answer), "could not be believed")
    refused(pass_on(Seat(""), saml.answer("", SAML)), "not asked in this browser")


@pytest.mark.parametrize(
    "wrong",
    [
        {"signed": False},
        {"key": rsa.generate_private_key(65537, 2048)},
        {"lasts": -9},
        {"audience": "https://elsewhere.example"},
        {"format": "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"},
        {"left_out": ' InResponseTo="{question}"'},
        {"left_out": AUDIENCE},
    ],
    ids=["unsigned", "another key", "ended", "for another", "a passing name", "asked by nobody", "for anybody"],
)
def test_an_assertion_that_is_wrong_in_anything_is_refused(saml: SamlProvider, wrong: dict[str, Any]) -> None:
    for name, value in wrong.items():
        setattr(saml, name, value)
    seat = Seat("")
    refused(by_saml(saml, seat), "could not be believed")
    assert seat.at("/ways").status == 302


@pytest.mark.parametrize(
    "wrapped",
    ["{evil}{true}", "{true}{evil}", "<samlp:Extensions>{true}</samlp:Extensions>{evil}", "{within}", "{renamed}"],
    ids=["before", "after", "in an extension", "around", "under its id"],
)
def test_a_true_assertion_vouches_for_no_other_that_is_put_beside_it(saml: SamlProvider, wrapped: str) -> None:
    """Signature wrapping: the signature is true, and what would be read is what somebody wrote around it."""
    SocialAccount.objects.create(user=row_of("board"), provider="people", uid="subject-2")
    seat = Seat("")
    answer = base64.b64decode(saml.come(seat.at("/sign-in/with/people").location, SAML)).decode()
    start, end = answer.index("<saml:Assertion"), answer.index("</samlp:Response>")
    true = answer[start:end]
    other = true.replace("subject-1", "subject-2")
    evil = re.sub(r"<ds:Signature.*</ds:Signature>", "", other, flags=re.DOTALL).replace('"_a1"', '"_a2"')
    assert evil != other
    within = evil.replace("</saml:Assertion>", f"<saml:Advice>{true}</saml:Advice></saml:Assertion>")
    parts = {"evil": evil, "true": true, "within": within, "renamed": other}
    forged = answer[:start] + wrapped.format(**parts) + answer[end:]
    refused(pass_on(seat, base64.b64encode(forged.encode()).decode()), "could not be believed")
    assert seat.at("/ways").status == 302


@pytest.mark.parametrize("answer", ["", "x", "PHg+", "PD94bWwgdmVyc2lvbj0iMS4wIj8+"])
def test_what_is_no_assertion_breaks_nothing(saml: SamlProvider, answer: str) -> None:  # noqa: ARG001 - it is there
    seat = Seat("")
    seat.at("/sign-in/with/people")
    refused(pass_on(seat, answer), "could not be believed")


def test_a_provider_is_told_of_this_installation(saml: SamlProvider) -> None:  # noqa: ARG001 - it is there
    said = Seat("").client.get("/sign-in/with/people/metadata").content.decode()
    assert f'entityID="{SAML}/metadata"' in said
    assert f'Location="{SAML}/assertion"' in said


@pytest.mark.parametrize("said", ["", "no XML", "<x/>", SamlProvider().metadata().replace("SingleSignOnService", "X")])
def test_metadata_that_say_too_little_are_said_to(saml: SamlProvider, earnest_home: Path, said: str) -> None:  # noqa: ARG001 - it is there
    (earnest_home / "people.xml").write_text(said)
    refused(Seat("").at("/sign-in/with/people"), "")
    assert Seat("").client.get("/sign-in/with/people/metadata").status_code == 404
