"""Keys to the API: made once, shown once, known again by their digest until they end or are revoked."""

from __future__ import annotations

import secrets
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from meterward.adapters import clock
from meterward.core.access import Scope
from meterward.core.base.problem import Code, Problem
from meterward.usecases.ports import TokenKept
from meterward.wiring.gating import Who
from meterward.wiring.installed import installation

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from meterward.usecases.ports import PersonKept

LONGEST = timedelta(days=366)
"""A token lives no longer than a year: what is forgotten ends by itself."""
LONGEST_LABEL = 100
_PREFIX = "mw_"
_BYTES = 32


class Key(NamedTuple):
    """A new token with its secret, which is nowhere else."""

    token: TokenKept
    secret: str


def make(
    person: PersonKept, label: str, scopes: Collection[str], ends: date | None, *, strong: bool = False
) -> Key | list[Problem]:
    """Make a token, or say everything that is wrong with what was asked for. A `strong` session vouches for it."""
    wanted = tuple(scope.value for scope in Scope if scope.value in scopes)
    problems = _wrong(label.strip(), wanted, scopes, ends)
    if problems or ends is None:
        return problems
    secret = f"{_PREFIX}{secrets.token_urlsafe(_BYTES)}"
    token = TokenKept(_digest(secret), person, label.strip(), wanted, ends, strong)
    installation().tokens.keep(token)
    return Key(token, secret)


def holder(secret: str) -> Who | None:
    """Whose token it is and what it is good for; None if there is none, or it has ended."""
    token = installation().tokens.get(_digest(secret))
    if token is None or token.ends < clock.today():
        return None
    return Who(token.owner, frozenset(Scope(scope) for scope in token.scopes), vouched=token.strong)


def revoke(person: PersonKept, digest: str) -> bool:
    """Revoke somebody's own token; false if they have none of that digest."""
    tokens = installation().tokens
    if digest not in {token.digest for token in tokens.of(person)}:
        return False
    tokens.revoke(digest)
    return True


def _wrong(label: str, wanted: Collection[str], scopes: Collection[str], ends: date | None) -> list[Problem]:
    today = clock.today()
    problems = []
    if not 0 < len(label) <= LONGEST_LABEL:
        hint = f"Say in up to {LONGEST_LABEL} characters what the token is for."
        problems.append(Problem(Code.FIELD_VALUE, "It is empty or too long.", hint, "label"))
    if not wanted or len(wanted) < len(set(scopes)):
        hint = f"Choose of: {', '.join(Scope)}."
        problems.append(Problem(Code.FIELD_VALUE, "A token has to be good for something.", hint, "scopes"))
    if ends is None or not today <= ends <= today + LONGEST:
        hint = f"Write a day from {today} to {today + LONGEST}."
        problems.append(Problem(Code.FIELD_VALUE, "It is not a day within a year from now.", hint, "ends"))
    return problems


def _digest(secret: str) -> str:
    return sha256(secret.encode(errors="surrogateescape")).hexdigest()
