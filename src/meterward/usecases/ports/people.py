"""Those who can sign in, and the keys to the API that they hold."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple, Protocol


class PersonKept(NamedTuple):
    """Somebody who can sign in."""

    sign_in: str
    pseudonym: str
    organisation: str


class WaysTaken(NamedTuple):
    """How much of what let somebody in was taken away."""

    factors: int
    """Apps and passkeys; recovery codes go with them."""
    identities: int
    tokens: int
    sessions: int


class People(Protocol):
    """Those who can sign in. What they may do is read from records, not from here."""

    def all(self) -> list[PersonKept]:
        """Everybody, by sign-in name."""

    def get(self, sign_in: str) -> PersonKept | None:
        """Somebody by sign-in name, if they may sign in."""

    def keep(self, person: PersonKept, password: str) -> None:
        """Let somebody sign in with a password, in place of the one before."""

    def close(self, sign_in: str) -> None:
        """Let somebody sign in no more, until they are kept again."""


class TokenKept(NamedTuple):
    """A key to the API: all but the secret, of which only the digest is kept."""

    digest: str
    owner: PersonKept
    label: str
    scopes: tuple[str, ...]
    ends: date
    strong: bool = False
    """Whether it was made by somebody who had shown a second factor."""


class Tokens(Protocol):
    """Keys to the API."""

    def of(self, owner: PersonKept) -> list[TokenKept]:
        """Somebody's tokens."""

    def get(self, digest: str) -> TokenKept | None:
        """The token whose secret has a digest."""

    def keep(self, token: TokenKept) -> None:
        """Keep a new token."""

    def revoke(self, digest: str) -> None:
        """Forget a token."""


class InvitationKept(NamedTuple):
    """A way in for one person, but for the secret, of which only the digest is kept."""

    digest: str
    person: PersonKept
    email: str
    inviter: str
    """The sign-in name of whoever invited; empty if it was done at a terminal."""
    ends: datetime
    accepted: bool = False


class Invitations(Protocol):
    """Ways in that were sent by mail. Whoever is invited is kept closed, under the name proposed, until they come."""

    def get(self, digest: str) -> InvitationKept | None:
        """The invitation whose secret has a digest."""

    def open(self) -> list[InvitationKept]:
        """Those that nobody has accepted yet, ended ones too, in the order in which they end."""

    def keep(self, invitation: InvitationKept) -> None:
        """Keep a new invitation, and the person closed."""

    def accept(self, digest: str, sign_in: str, password: str | None) -> bool:
        """Let the person sign in under a name; false if somebody did meanwhile, and nothing was changed."""

    def withdraw(self, digest: str) -> None:
        """Forget an invitation that nobody accepted, and the person with it."""
