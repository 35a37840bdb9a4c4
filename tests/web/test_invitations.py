"""Invitations: sent by those who may, for their own organisation; accepted once, in time, by whoever has the link."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.utils import timezone

from meterward.adapters.patience import FREE
from meterward.storage.models import Invitation, Person
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import patience
from tests.builders.desks import browser_of
from tests.builders.factors import code_of, set_up_app
from tests.builders.soft_passkey import SoftPasskey
from tests.builders.workplace import Page, Seat, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import Settings

    from tests.builders.stores import Store

PASSWORD = "four words nobody joins"  # noqa: S105 - of nobody
PEOPLE = f"/{LEDGER}/people"


@pytest.fixture(autouse=True)
def store(example_store: Store, settings: Settings) -> Iterator[Store]:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    patience.cache_clear()
    yield example_store
    patience.cache_clear()


def invite(
    seat: Seat,
    email: str = "new@northlight.example",
    pseudonym: str = "p-77",
    name: str = "newcomer",
    people: str = PEOPLE,
) -> Page:
    return seat.post(people, email=email, pseudonym=pseudonym, name=name)


def link() -> str:
    """The address in the last mail."""
    (found,) = re.findall(r"^http://localhost(/invitation/\S+)$", str(mail.outbox[-1].body), re.MULTILINE)
    return str(found)


def test_who_is_invited_gets_a_link_and_comes_in_with_a_password(seat: Seat) -> None:
    page = invite(seat)
    assert "new@northlight.example is invited" in page.texts("h2")
    assert {f"{PEOPLE[:-7]}/append/role.appointed", f"{PEOPLE[:-7]}/append/access.granted"} <= set(
        page.links().values()
    )
    assert mail.outbox[-1].to == ["new@northlight.example"]
    new = Seat("")
    asked = new.at(link())
    assert "p-77" in words(asked.one("main"))
    assert new.post(link(), name="newcomer", password=PASSWORD).location == "/ways"
    assert "p-77 of northlight" in words(new.at("/ways").one("main"))
    assert new.get().status == 404
    assert Person.objects.get(sign_in="newcomer").email == "new@northlight.example"


def test_a_passkey_is_enough_and_counts_as_a_second_factor(seat: Seat) -> None:
    invite(seat)
    new, passkey = Seat(""), SoftPasskey()
    sent = passkey.make(new.client.get(f"{link()}/passkey").json())
    assert new.post(link(), name="chosen", credential=sent).location == "/ways"
    assert "You signed in with a password alone" not in words(new.at("/ways").one("main"))
    again = Seat("")
    answer = passkey.show(again.client.get("/sign-in/passkey").json())
    assert again.post("/sign-in/passkey", credential=answer).status == 302
    assert "“chosen”" in words(again.at("/ways").one("main"))


def test_a_passkey_that_was_not_asked_for_lets_nobody_in(seat: Seat) -> None:
    invite(seat)
    new = Seat("")
    sent = SoftPasskey().make(Seat("").client.get(f"{link()}/passkey").json())
    for credential in (sent, "{}", "x"):
        page = new.post(link(), name="newcomer", credential=credential)
        assert page.status == 422
        assert "The passkey could not be kept." in words(page.one("main"))
    assert new.at("/ways").status == 302
    assert not Person.objects.get(sign_in="newcomer").is_active


def test_a_link_is_good_once(seat: Seat) -> None:
    invite(seat)
    Seat("").post(link(), name="newcomer", password=PASSWORD)
    for answer in (Seat("").at(link()), Seat("").post(link(), name="thief", password=PASSWORD)):
        assert answer.status == 410
        assert "accepted already" in words(answer.one("main"))
    assert Person.objects.get(sign_in="newcomer").check_password(PASSWORD)


def test_a_link_ends_after_seven_days(seat: Seat) -> None:
    invite(seat)
    left = Invitation.objects.get().ends - timezone.now()
    assert timedelta(days=6, hours=23) < left <= timedelta(days=7)
    Invitation.objects.update(ends=timezone.now())
    for answer in (Seat("").at(link()), Seat("").post(link(), name="newcomer", password=PASSWORD)):
        assert answer.status == 410
        assert "This invitation ended on " in words(answer.one("main"))
    assert "ended on" in words(seat.at(PEOPLE).one("main"))


def test_a_link_that_was_withdrawn_or_changed_leads_nowhere(seat: Seat) -> None:
    invite(seat)
    there = seat.at(PEOPLE).one("input", name="invitation").get("value", "")
    assert Seat("").at(f"{link()[:-1]}{'A' if link()[-1] != 'A' else 'B'}").status == 410
    assert Seat("").at(f"/invitation/{there}").status == 410
    assert seat.post(f"{PEOPLE}/withdraw", invitation=there).location == PEOPLE
    answer = Seat("").at(link())
    assert answer.status == 410
    assert "withdrawn, or the link is not whole" in words(answer.one("main"))
    assert not Person.objects.filter(pseudonym="p-77").exists()
    assert seat.post(f"{PEOPLE}/withdraw", invitation=there).status == 404


def test_only_the_digest_of_a_secret_is_kept(seat: Seat) -> None:
    invite(seat)
    assert link().rpartition("/")[2] not in str(Invitation.objects.values())
    assert link() not in seat.at(PEOPLE).text


def test_whoever_tries_links_has_to_wait(seat: Seat) -> None:
    for number in range(FREE):
        assert seat.at(f"/invitation/guess-{number}").status == 410
    assert seat.at("/invitation/guess-again").status == 429


def test_many_mails_to_one_address_have_to_wait(seat: Seat) -> None:
    for _ in range(FREE):
        assert invite(seat).status == 200
    page = invite(seat)
    assert page.status == 422
    assert "Many invitations went to" in words(page.one("main"))
    assert len(mail.outbox) == FREE


def test_who_is_invited_again_gets_another_link_and_the_first_is_gone(seat: Seat) -> None:
    invite(seat)
    first = link()
    invite(seat)
    assert Seat("").at(first).status == 410
    assert Seat("").at(link()).status == 200


@pytest.mark.parametrize(
    ("email", "pseudonym", "name", "says"),
    [
        ("nobody", "p-77", "newcomer", "That is no address of e-mail."),
        ("a@b.example\nBcc: c@d.example", "p-77", "newcomer", "That is no address of e-mail."),
        ("a@b.example", "p-04", "newcomer", "p-04 of northlight has the name “board” already."),
        ("a@b.example", "p-77", "BOARD", "The name “board” belongs to p-04 of northlight."),
        ("a@b.example", "p 8", "newcomer", "is not a name that records know"),
        ("a@b.example", "p-77", "two words", "Nobody can sign in as “two words”"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(seat: Seat, email: str, pseudonym: str, name: str, says: str) -> None:
    page = invite(seat, email, pseudonym, name)
    assert page.status == 422
    assert any(says in words(one) for one in page.all("span", role="alert"))
    assert mail.outbox == []
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    ("name", "password", "says"),
    [
        ("board", PASSWORD, "The name “board” belongs to somebody."),
        ("two words", PASSWORD, "Nobody can sign in as “two words”."),
        ("newcomer", "short", "too short"),
        ("newcomer", "newcomer1234", "too similar"),
    ],
)
def test_what_cannot_be_accepted_says_why(seat: Seat, name: str, password: str, says: str) -> None:
    invite(seat)
    page = Seat("").post(link(), name=name, password=password)
    assert page.status == 422
    assert says in words(page.one("main"))
    assert Seat("").post(link(), name="newcomer", password=PASSWORD).location == "/ways"


def test_a_mail_that_cannot_be_sent_invites_nobody(seat: Seat, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    page = invite(seat)
    assert "The mail could not be sent" in words(page.one("main"))
    assert not Invitation.objects.exists()
    assert not Person.objects.filter(pseudonym="p-77").exists()


def test_who_was_closed_meanwhile_is_let_in_by_no_link(seat: Seat, store: Store) -> None:
    invite(seat)
    store.people.close("newcomer")
    assert Seat("").at(link()).status == 410


def test_people_are_invited_for_ones_own_organisation_and_with_a_second_factor() -> None:
    auditor = Seat("auditor")
    assert invite(auditor, pseudonym="p-22", name="colleague").status == 403
    assert not Person.objects.filter(pseudonym="p-22").exists()
    invite(auditor, pseudonym="p-22", name="colleague", people="/auditor-a/people")
    assert Person.objects.get(pseudonym="p-22").organisation_id == "auditor-a"
    assert "new@northlight.example" not in Seat("security").at(PEOPLE).text
    assert Seat("monitoring").at(PEOPLE).status == 403
    weak = Seat("")
    weak.client = browser_of("security", strong=False)
    assert weak.at(PEOPLE).texts("h1") == ["This takes a second factor"]


def test_whoever_is_signed_in_and_accepts_is_the_one_invited_from_then_on(seat: Seat) -> None:
    invite(seat)
    secret, _ = set_up_app(seat)
    assert seat.post(link(), name="newcomer", password=PASSWORD).location == "/ways"
    assert "“newcomer”" in words(seat.at("/ways").one("main"))
    assert seat.post("/ways/confirm", code=code_of(secret)).status == 401
