"""Single sign-on: a provider says who somebody is. It signs in whoever linked that identity, and makes nobody."""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from meterward.adapters import openid, saml
from meterward.adapters.providers import OPENID, Provider, providers_in
from meterward.core.base.problem import Code, Problem
from meterward.storage.repositories.identities import Identity, identities_of, link, owner_of, unlink
from meterward.wiring.ways_in import steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

__all__ = ["Identity", "Provider", "identities_of", "unlink"]
_PENDING = "outside"
_BYTES = 36
_LONGEST = 191
HERE = "/sign-in/with"
"""Below which address the pages of each provider are."""


class Came(NamedTuple):
    """Where somebody who came back goes on."""

    onward: str


def providers() -> dict[str, Provider] | Problem:
    """The providers of this installation, by name."""
    return {} if settings.OPENED or settings.EXAMPLE else providers_in(Path(settings.HOME))


def offered() -> list[Provider]:
    """The providers that pages offer; none where the file that names them cannot be followed."""
    found = providers()
    return [] if isinstance(found, Problem) else list(found.values())


def way_out(request: HttpRequest, name: str, onward: str, *, linking: bool = False) -> str | Problem:
    """Where somebody is sent to say who they are. What is asked is noted in their session, and good once."""
    provider = _named(name)
    if isinstance(provider, Problem):
        return provider
    here = _here(request, provider)
    noted = {"provider": name, "onward": onward, "linking": linking}
    try:
        if provider.kind == OPENID:
            state, nonce, verifier = (secrets.token_urlsafe(_BYTES) for _ in range(3))
            asked = openid.Question(state, nonce, verifier, f"{here}/back")
            address = openid.way_to(provider, asked)
            noted |= {"state": state, "nonce": nonce, "verifier": verifier}
        else:
            address, noted["question"] = saml.way_to(provider, here)
    except ValueError as error:
        return _unbelieved(provider, error)
    request.session[_PENDING] = noted
    return address


def back_with_code(request: HttpRequest, name: str, said: Mapping[str, str]) -> Came | Problem:
    """Take what comes back from a provider that speaks OpenID Connect."""
    provider, noted = _named(name), _noted(request, name)
    if isinstance(provider, Problem):
        return provider
    state, answered = noted.get("state", "-").encode(), said.get("state", "").encode(errors="surrogateescape")
    if provider.kind != OPENID or not hmac.compare_digest(state, answered):
        return _unasked(provider)
    if "code" not in said:
        return _unbelieved(provider, ValueError("it was cancelled there"))
    asked = openid.Question(noted["state"], noted["nonce"], noted["verifier"], f"{_here(request, provider)}/back")
    try:
        return _in(request, provider, openid.shown_by(provider, asked, said["code"]), noted)
    except ValueError as error:
        return _unbelieved(provider, error)


def back_with_assertion(request: HttpRequest, name: str, answer: str) -> Came | Problem:
    """Take what comes back from a provider that speaks SAML."""
    provider, noted = _named(name), _noted(request, name)
    if isinstance(provider, Problem):
        return provider
    if "question" not in noted:
        return _unasked(provider)
    try:
        shown = saml.shown_by(provider, _here(request, provider), noted["question"], answer)
    except ValueError as error:
        return _unbelieved(provider, error)
    return _in(request, provider, shown, noted)


def metadata(request: HttpRequest, name: str) -> str | Problem:
    """What this installation says of itself to a provider that speaks SAML."""
    provider = _named(name)
    if isinstance(provider, Problem) or provider.kind == OPENID:
        return provider if isinstance(provider, Problem) else _unknown(name)
    try:
        return saml.metadata_of(provider, _here(request, provider))
    except ValueError as error:
        return _unbelieved(provider, error)


def _in(request: HttpRequest, provider: Provider, shown: openid.Shown, noted: Mapping[str, str]) -> Came | Problem:
    """Sign in whose identity it is; or link it to whoever is signed in, and began that themselves."""
    if not 0 < len(shown.uid) <= _LONGEST:
        return _unbelieved(provider, ValueError("it names somebody by nothing, or too long"))
    if noted.get("linking"):
        if request.user.is_authenticated and link(steps.signed_in(request), provider.name, shown.uid):
            return Came("/ways?done=linked")
        hint = "Unlink it there first, or use another identity."
        return Problem(Code.SIGN_IN_INVALID, "That identity belongs to somebody else here.", hint)
    person = owner_of(provider.name, shown.uid)
    if person is None:
        hint = "Link it under “Your ways of signing in”, once you are in. Who is new is invited by mail first."
        return Problem(Code.SIGN_IN_INVALID, f"Nobody here has linked that identity of {provider.title}.", hint)
    steps.enter(request, person, f"outside {provider.name}", strong=bool(shown.means & provider.strong))
    return Came(noted["onward"])


def _noted(request: HttpRequest, name: str) -> dict[str, str]:
    """What was asked in this session, once; nothing if it was asked of another provider."""
    noted = request.session.pop(_PENDING, None) or {}
    return noted if noted.get("provider") == name else {}


def _named(name: str) -> Provider | Problem:
    found = providers()
    return found if isinstance(found, Problem) else found.get(name) or _unknown(name)


def _here(request: HttpRequest, provider: Provider) -> str:
    return request.build_absolute_uri(f"{HERE}/{provider.name}")


def _unknown(name: str) -> Problem:
    return Problem(Code.SIGN_IN_INVALID, f"Nobody signs in with “{name}” here.", "Sign in another way.")


def _unasked(provider: Provider) -> Problem:
    message = f"{provider.title} answered what was not asked in this browser, or was answered before."
    return Problem(Code.SIGN_IN_INVALID, message, "Begin again at the page for signing in.")


def _unbelieved(provider: Provider, error: ValueError) -> Problem:
    message = f"{provider.title} could not be believed: {error}."
    return Problem(Code.SIGN_IN_INVALID, message, "Try again; if it stays so, tell whoever operates this installation.")
