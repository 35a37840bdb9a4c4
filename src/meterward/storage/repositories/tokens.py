"""Keys to the API, known by their digests."""

from __future__ import annotations

from dataclasses import dataclass

from meterward.storage import models
from meterward.storage.repositories.people import person_of
from meterward.usecases.ports import PersonKept, TokenKept


def token_of(row: models.Token) -> TokenKept:
    """A token's row as a value."""
    return TokenKept(row.digest, person_of(row.person), row.label, tuple(row.scopes.split()), row.ends, row.strong)


@dataclass(frozen=True, slots=True)
class DatabaseTokens:
    """See `Tokens`."""

    def of(self, owner: PersonKept) -> list[TokenKept]:
        """See `Tokens.of`."""
        rows = models.Token.objects.filter(person__sign_in=owner.sign_in).select_related("person").order_by("label")
        return [token_of(row) for row in rows]

    def get(self, digest: str) -> TokenKept | None:
        """See `Tokens.get`."""
        rows = models.Token.objects.filter(digest=digest, person__is_active=True)
        row = rows.select_related("person").first()
        return token_of(row) if row else None

    def keep(self, token: TokenKept) -> None:
        """See `Tokens.keep`."""
        owner = models.Person.objects.get(sign_in=token.owner.sign_in)
        models.Token.objects.create(
            digest=token.digest,
            person=owner,
            label=token.label,
            scopes=" ".join(token.scopes),
            ends=token.ends,
            strong=token.strong,
        )

    def revoke(self, digest: str) -> None:
        """See `Tokens.revoke`."""
        models.Token.objects.filter(digest=digest).delete()
