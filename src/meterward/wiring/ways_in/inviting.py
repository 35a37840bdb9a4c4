"""Invitations by mail: a link with a secret that is good once and for a week, of which only the digest is kept."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from meterward.adapters.mail import FOLDER, send
from meterward.core.base.days import in_words
from meterward.core.base.problem import Code, Problem
from meterward.usecases.ports import InvitationKept
from meterward.wiring.installed import installation, patience
from meterward.wiring.setting_up import taken, unfit, weak

if TYPE_CHECKING:
    from meterward.usecases.ports import PersonKept

LASTS = timedelta(days=7)
_BYTES = 32
_LONGEST_ADDRESS = 254
_UNKNOWN = "invitation"


class Invited(NamedTuple):
    """An invitation that was sent, and where it lies if no server takes mail."""

    invitation: InvitationKept
    folder: str


def invite(person: PersonKept, email: str, root: str, inviter: str = "") -> Invited | Problem:
    """Invite somebody. Browsers reach the installation under `root`, which has no slash at its end."""
    if problem := _unfit(person, email) or _often(email) or _met(person):
        return problem
    secret, invitations = secrets.token_urlsafe(_BYTES), installation().invitations
    made = InvitationKept(_digest(secret), person, email, inviter, timezone.now() + LASTS)
    patience().failed(_key(email))
    invitations.keep(made)
    if why := send(email, "Your way in to Meterward", _words(made, f"{root}/invitation/{secret}")):
        invitations.withdraw(made.digest)
        hint = "Nobody was invited. Try again once mail goes out: docs/guide/operating.md says how it is set."
        return Problem(Code.INVITATION_INVALID, f"The mail could not be sent: {why}.", hint)
    return Invited(made, _folder())


def found(secret: str) -> InvitationKept | Problem | float:
    """The invitation of a link; why it is no longer one; or for how many seconds nobody may try another wrong link."""
    invitation = installation().invitations.get(_digest(secret))
    if invitation is None:
        wait = patience().wait(_UNKNOWN)
        if not wait:
            patience().failed(_UNKNOWN)
        message = "There is no such invitation: it was withdrawn, or the link is not whole."
        hint = "Copy the whole link from the mail, or ask for another."
        return wait or Problem(Code.INVITATION_INVALID, message, hint)
    if invitation.accepted:
        message = "This invitation was accepted already."
        return Problem(Code.INVITATION_INVALID, message, "Sign in with what you set then.")
    if invitation.ends <= timezone.now():
        message = f"This invitation ended on {in_words(timezone.localdate(invitation.ends))}."
        return Problem(Code.INVITATION_INVALID, message, "Ask whoever invited you for another.")
    return invitation


def unacceptable(invitation: InvitationKept, sign_in: str, password: str | None) -> list[Problem]:
    """What stands against accepting an invitation under a name, with a password or, with None, a passkey."""
    person = invitation.person._replace(sign_in=sign_in)
    others = [one for one in installation().people.all() if one != invitation.person]
    problems = [unfit(person)]
    if any(one.sign_in.casefold() == sign_in.casefold() for one in others):
        hint = "Choose another."
        problems.append(Problem(Code.PERSON_TAKEN, f"The name “{sign_in}” belongs to somebody.", hint, "name"))
    if password is not None:
        problems.append(weak(person, password))
    return [one for one in problems if one]


def accept(invitation: InvitationKept, sign_in: str, password: str | None) -> list[Problem]:
    """Let the person sign in, once; or what stands against it."""
    if problems := unacceptable(invitation, sign_in, password):
        return problems
    if not installation().invitations.accept(invitation.digest, sign_in, password):
        message = "This invitation was accepted or withdrawn meanwhile."
        return [Problem(Code.INVITATION_INVALID, message, "Sign in, or ask for another.")]
    return []


def withdraw(organisation: str, digest: str) -> bool:
    """Withdraw an invitation to somebody of an organisation; false if there is none such."""
    if digest not in {one.digest for one in open_to(organisation)}:
        return False
    installation().invitations.withdraw(digest)
    return True


def open_to(organisation: str) -> list[InvitationKept]:
    """The invitations to people of an organisation that nobody has accepted."""
    return [one for one in installation().invitations.open() if one.person.organisation == organisation]


def _unfit(person: PersonKept, email: str) -> Problem | None:
    try:
        validate_email(email)
    except ValidationError:
        email = ""
    if not 0 < len(email) <= _LONGEST_ADDRESS:
        hint = "Write one address, such as counsel@brightwater.example."
        return Problem(Code.FIELD_VALUE, "That is no address of e-mail.", hint, "email")
    return unfit(person)


def _met(person: PersonKept) -> Problem | None:
    """Why somebody cannot be invited who is here already. Whoever was invited before and did not come is anew."""
    store = installation()
    for one in store.invitations.open():
        if one.person[1:] == person[1:]:
            store.invitations.withdraw(one.digest)
    if person in store.people.all() and store.people.get(person.sign_in) is None:
        hint = "“meterward person add” lets them in again, at a terminal of the installation."
        return Problem(Code.PERSON_TAKEN, f"“{person.sign_in}” was closed.", hint, "name")
    return taken(store.people, person)


def _often(email: str) -> Problem | None:
    wait = patience().wait(_key(email))
    if not wait:
        return None
    message = f"Many invitations went to {email} just now."
    return Problem(Code.INVITATION_INVALID, message, "Wait a minute, then try again.", "email")


def _words(made: InvitationKept, link: str) -> str:
    ends = timezone.localtime(made.ends)
    day = f"{ends:%H:%M} on {in_words(ends.date())}"
    return _MAIL.format(organisation=made.person.organisation, link=link, day=day)


def _folder() -> str:
    return FOLDER if "filebased" in settings.EMAIL_BACKEND else ""


def _key(email: str) -> str:
    return f"mail to {email.casefold()}"


def _digest(secret: str) -> str:
    return sha256(secret.encode(errors="surrogateescape")).hexdigest()


_MAIL = """You are invited to sign in to Meterward for {organisation}.

Open this link, and choose a password or a passkey:

{link}

The link is good once, until {day}. Whoever has it can sign in as you:
pass it on to nobody. If you did not expect it, throw this mail away; nothing happens then.
"""
