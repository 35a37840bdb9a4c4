"""OpenID Connect: where somebody is sent, and what comes back, believed only if everything about it is right."""

from __future__ import annotations

import hmac
import json
from base64 import b64encode, urlsafe_b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote, urlencode

import jwt

from meterward.adapters.asking import ask

if TYPE_CHECKING:
    from meterward.adapters.providers import Provider

_ALGORITHMS = ["RS256", "PS256", "ES256"]
_NEEDED = ["exp", "iat", "iss", "aud", "sub"]
_LEEWAY = 60
_OK = 200
_JSON = {"Accept": "application/json"}


class Shown(NamedTuple):
    """Who somebody is to a provider, and what it says of how they showed it."""

    uid: str
    means: frozenset[str]


@dataclass(frozen=True)
class Question:
    """What was drawn for one way to a provider and back, and is good for that alone."""

    state: str
    nonce: str
    verifier: str
    back: str
    """The address to which it comes back."""


def way_to(provider: Provider, asked: Question) -> str:
    """The address at which a provider asks somebody who they are. Raises `ValueError` if it cannot be learnt."""
    challenge = urlsafe_b64encode(sha256(asked.verifier.encode()).digest()).rstrip(b"=").decode()
    said = {
        "response_type": "code",
        "scope": "openid",
        "client_id": provider.client_id,
        "redirect_uri": asked.back,
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    place = str(_about(provider)["authorization_endpoint"])
    return f"{place}{'&' if '?' in place else '?'}{urlencode(said)}"


def shown_by(provider: Provider, asked: Question, code: str) -> Shown:
    """Who it is that came back with a code. Raises `ValueError`, with the reason, if that cannot be believed."""
    about = _about(provider)
    said = {"grant_type": "authorization_code", "code": code, "redirect_uri": asked.back}
    body = urlencode({**said, "code_verifier": asked.verifier}).encode()
    named = f"{quote(provider.client_id, safe='')}:{quote(provider.secret, safe='')}"
    headers = {"Authorization": f"Basic {b64encode(named.encode()).decode()}"}
    headers |= {**_JSON, "Content-Type": "application/x-www-form-urlencoded"}
    token = str(_json(str(about["token_endpoint"]), body, headers).get("id_token", ""))
    claims = _believed(provider, token, _json(str(about["jwks_uri"]), None, _JSON))
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(errors="surrogatepass"), asked.nonce.encode()):
        raise ValueError("its answer is to another question")
    if claims.get("azp", provider.client_id) != provider.client_id:
        raise ValueError("its answer is for another installation")
    methods = claims.get("amr") if isinstance(claims.get("amr"), list) else []
    return Shown(str(claims["sub"]), frozenset(str(one) for one in [*(methods or []), claims.get("acr", "")] if one))


def _believed(provider: Provider, token: str, keys: dict[str, Any]) -> dict[str, Any]:
    try:
        named = jwt.get_unverified_header(token).get("kid")
        fitting = [one for one in jwt.PyJWKSet.from_dict(keys).keys if named is None or one.key_id == named]
        if len(fitting) != 1:
            raise ValueError("it signed with a key that it does not publish")
        options: Any = {"require": _NEEDED}
        return jwt.decode(
            token,
            fitting[0],
            algorithms=_ALGORITHMS,
            audience=provider.client_id,
            issuer=provider.issuer,
            options=options,
            leeway=_LEEWAY,
        )
    except jwt.PyJWTError as error:
        raise ValueError(f"its answer does not hold: {error}") from error


def _about(provider: Provider) -> dict[str, Any]:
    """What a provider says of itself, which must be about itself."""
    about = _json(f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration", None, _JSON)
    lacking = {"authorization_endpoint", "token_endpoint", "jwks_uri"} - set(about)
    if about.get("issuer") != provider.issuer or lacking:
        raise ValueError("what it says of itself is not about it")
    return about


def _json(url: str, body: bytes | None, headers: dict[str, str]) -> dict[str, Any]:
    reply = ask(url, body, headers)
    if isinstance(reply, str):
        raise ValueError(reply)  # noqa: TRY004 - no answer is a value here
    if reply.status != _OK:
        raise ValueError(f"it answered with status {reply.status}")
    found = json.loads(reply.body)
    if not isinstance(found, dict):
        raise ValueError("its answer is no object")  # noqa: TRY004 - what it said is no type of ours
    return found
