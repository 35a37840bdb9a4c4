"""`meterward person`: who can sign in, and no longer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from meterward.cli.exits import Exit
from tests.builders.terminal import PASSWORD, Terminal

if TYPE_CHECKING:
    from tests.builders.terminal import Said


@pytest.fixture
def at(brightwater_store: Terminal) -> Terminal:
    """A terminal with a store in which one person can sign in."""
    assert add(brightwater_store, "security", "p-01").exit == Exit.IN_ORDER
    return brightwater_store


def add(at: Terminal, name: str, pseudonym: str, organisation: str = "brightwater", secret: str = PASSWORD) -> Said:
    """Let somebody sign in."""
    words = ("--pseudonym", pseudonym, "--organisation", organisation, "--password-stdin")
    return at.enter("person", "add", name, *words, piped=secret)


def test_people_are_listed_with_their_roles(at: Terminal) -> None:
    assert add(at, "board", "p-04").exit == Exit.IN_ORDER
    assert add(at, "officer", "p-31", "authority").exit == Exit.IN_ORDER
    shown = [" ".join(line.split()) for line in at.enter("person", "list").out.splitlines()]
    assert shown == [
        "board p-04 of brightwater senior manager in brightwater",
        "officer p-31 of authority no role in any ledger yet",
        "security p-01 of brightwater no role in any ledger yet",
    ]


@pytest.mark.parametrize(
    ("name", "pseudonym", "says"),
    [
        ("security", "p-09", "The name “security” belongs to p-01 of brightwater"),
        ("SECURITY", "p-09", "The name “security” belongs to p-01 of brightwater"),
        ("other", "p-01", "p-01 of brightwater has the name “security” already"),
        ("two words", "p-09", "Nobody can sign in as “two words”"),
        ("other", "p/9 x", "is not a name that records know"),
        ("other", "p" * 65, "is not a name that records know"),
    ],
)
def test_nobody_takes_what_is_anothers(name: str, pseudonym: str, says: str, at: Terminal) -> None:
    before = at.enter("person", "list").out
    said = add(at, name, pseudonym)
    assert said.exit != Exit.IN_ORDER
    assert says in said.complaint
    assert at.enter("person", "list").out == before


def test_who_was_closed_comes_back_as_the_same_person_only(at: Terminal) -> None:
    assert at.enter("person", "close", "security").exit == Exit.IN_ORDER
    assert "closed" in at.enter("person", "list").out
    assert at.enter("person", "close", "security").exit == Exit.USAGE
    assert add(at, "security", "p-09").exit == Exit.USAGE
    assert add(at, "security", "p-01").exit == Exit.IN_ORDER
    assert "closed" not in at.enter("person", "list").out


CAN_SIGN_IN = """
import sys
from pathlib import Path
from meterward.storage.preparing import connect
connect(Path(sys.argv[1]))
from django.contrib.auth import authenticate
sys.exit(0 if authenticate(username=sys.argv[2], password=sys.argv[3]) else 1)
"""


def can_sign_in(at: Terminal, name: str, secret: str) -> bool:
    """Whether somebody can sign in with a password."""
    import sys  # noqa: PLC0415 - for this alone

    said = at.enter(at.home, name, secret, command=[sys.executable, "-c", CAN_SIGN_IN])
    assert not said.err
    return said.exit == 0


def test_only_the_last_password_is_good_and_none_once_closed(at: Terminal) -> None:
    assert can_sign_in(at, "security", PASSWORD)
    new = "staple battery horse correct"
    said = at.enter("person", "password", "security", "--password-stdin", piped=new)
    assert (said.exit, said.words) == (Exit.IN_ORDER, "“security” has a new password.")
    assert not can_sign_in(at, "security", PASSWORD)
    assert can_sign_in(at, "security", new)
    at.enter("person", "close", "security")
    assert not can_sign_in(at, "security", new)


def test_a_weak_password_changes_nothing(at: Terminal) -> None:
    said = at.enter("person", "password", "security", "--password-stdin", piped="password1234")
    assert said.exit == Exit.USAGE
    assert "password.weak" in said.complaint
    assert can_sign_in(at, "security", PASSWORD)


@pytest.mark.parametrize("words", [("password", "nobody", "--password-stdin"), ("close", "nobody")])
def test_nobody_is_nobody(words: tuple[str, ...], at: Terminal) -> None:
    said = at.enter("person", *words, piped=PASSWORD)
    assert said.exit == Exit.USAGE
    assert "Nobody can sign in as “nobody”" in said.complaint


@pytest.mark.parametrize("words", [("list",), ("close", "security"), ("password", "security", "--password-stdin")])
def test_without_a_store_there_is_nobody(words: tuple[str, ...], terminal: Terminal) -> None:
    said = terminal.enter("person", *words, piped=PASSWORD)
    assert (said.exit, said.out) == (Exit.NO_FILE, "")
    assert "store.missing" in said.complaint
    assert not terminal.home.exists()


INVITE = ("--email", "new@auditor.example", "--pseudonym", "p-22", "--organisation", "auditor-a")


def test_somebody_of_any_organisation_is_invited_and_the_mail_lies_in_the_home(at: Terminal) -> None:
    said = at.enter("person", "invite", "newcomer", *INVITE)
    assert said.exit == Exit.IN_ORDER
    assert "“newcomer” is invited as p-22 of auditor-a. The mail lies in the folder “mail” of the home." in said.words
    (written,) = (at.home / "mail").iterdir()
    assert "http://localhost:8000/invitation/" in written.read_text()
    assert "newcomer p-22 of auditor-a invited" in at.enter("person", "list").words


def test_the_link_is_to_where_browsers_reach_the_installation(at: Terminal) -> None:
    named = Terminal(at.home, {"METERWARD_HOSTS": "duties.example other.example", "METERWARD_HTTPS": "1"})
    assert named.enter("person", "invite", "newcomer", *INVITE).exit == Exit.IN_ORDER
    (written,) = (at.home / "mail").iterdir()
    assert "https://duties.example/invitation/" in written.read_text()


def test_whoever_is_there_is_not_invited(at: Terminal) -> None:
    said = at.enter("person", "invite", "security", *INVITE)
    assert (said.exit, "belongs to p-01 of brightwater" in said.complaint) == (Exit.USAGE, True)
    assert not (at.home / "mail").exists()


@pytest.mark.parametrize("mail", ["pigeon://nowhere", "smtp://mail.example"])
def test_a_mail_server_that_is_named_wrongly_is_said(mail: str, at: Terminal) -> None:
    said = Terminal(at.home, {"METERWARD_MAIL": mail}).enter("person", "list")
    assert said.exit != Exit.IN_ORDER
    assert "METERWARD_MAIL is no smtp:// or smtps:// address, or METERWARD_MAIL_FROM is not set" in said.complaint


FACTORED = """
import sys
from pathlib import Path

from meterward.storage.preparing import connect

connect(Path(sys.argv[1]))
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from meterward.storage.models import Person, Token

if sys.argv[2] == "add":
    for user in Person.objects.all():
        Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
        Authenticator.objects.create(user=user, type="recovery_codes", data={})
        SocialAccount.objects.create(user=user, provider="account", uid=user.sign_in)
        for label in "ab":
            digest = f"{user.sign_in}-{label}"
            Token.objects.create(person=user, digest=digest, label=label, scopes="read", ends=timezone.now().date())
        session = SessionStore()
        session["_auth_user_id"], session["_auth_user_hash"] = str(user.pk), user.get_session_auth_hash()
        session["_auth_user_backend"] = "django.contrib.auth.backends.ModelBackend"
        session.create()
        seen = {"ip": "127.0.0.1", "last_seen_at": timezone.now(), "user_agent": "x"}
        UserSession.objects.create(user=user, session_key=session.session_key, **seen)
kinds = (Authenticator, SocialAccount, Token, UserSession, SessionStore.get_model_class())
print(*(kind.objects.count() for kind in kinds))
"""


def test_a_reset_takes_away_whatever_let_somebody_in_but_the_password_and_nothing_of_others(at: Terminal) -> None:
    add(at, "board", "p-04")
    run = [sys.executable, "-c", FACTORED]
    assert at.enter(str(at.home), "add", command=run).words == "4 2 4 2 2"
    said = at.enter("person", "reset", "SECURITY").words
    taken = "1 second factor, 1 linked account, 2 tokens, 1 session"
    assert said == f"“security” has no way in any more but a password. Taken away: {taken}."
    assert at.enter(str(at.home), "count", command=run).words == "2 1 2 1 1"
    assert can_sign_in(at, "security", PASSWORD)
    nothing = "had no second factor, linked account, token or session: nothing was taken away."
    assert at.enter("person", "reset", "security").words == f"“security” {nothing}"
    assert at.enter("person", "reset", "nobody").exit == Exit.USAGE
