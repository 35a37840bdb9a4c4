"""Those who can sign in, and the keys to the API that they hold."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple, Protocol


class PersonKept(NamedTuple):
    """Somebody who can sign in."""

    sign_in: str
    pseudonym: str
    organisation: str


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
