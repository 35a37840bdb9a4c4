"""The file `sign-in.toml` in a home: whose word is taken, beside passwords and passkeys, for who somebody is."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from meterward.core.base.problem import Code, Problem

if TYPE_CHECKING:
    from pathlib import Path

FILE = "sign-in.toml"
OPENID, SAML = "openid", "saml"
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_NEEDED = {OPENID: ("issuer", "client_id", "secret"), SAML: ("metadata",)}
_KINDS = f"a kind, “{OPENID}” or “{SAML}”"
_KNOWN = {"name", "title", "kind", "strong", "issuer", "client_id", "secret", "metadata"}


@dataclass(frozen=True)
class Provider:
    """Somebody whose word is taken for who somebody is."""

    name: str
    """What its addresses here are called."""
    title: str
    kind: str
    strong: frozenset[str] = frozenset()
    """What it says of how somebody signed in there, any of which counts as a second factor here."""
    issuer: str = ""
    client_id: str = ""
    secret: str = ""
    metadata: str = ""
    """What it says of itself, in XML."""


def providers_in(home: Path) -> dict[str, Provider] | Problem:
    """The providers of a home, by name; none where there is no such file."""
    place = home / FILE
    try:
        told = tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return _wrong(f"It cannot be read: {error}.")
    found: dict[str, Provider] = {}
    for one in told.get("provider", []):
        made = _provider(home, one)
        if isinstance(made, Problem):
            return made
        found[made.name] = made
    if set(told) != {"provider"} or len(found) < len(told["provider"]):
        return _wrong("It holds a list of [[provider]], each with a name of its own, and nothing else.")
    return found


def _provider(home: Path, told: dict[str, Any]) -> Provider | Problem:
    name, kind, strong = told.get("name", ""), told.get("kind", ""), told.get("strong", [])
    texts = {key: value for key, value in told.items() if key != "strong"}
    if not all(isinstance(one, str) for one in (*texts.values(), *strong)) or not _NAME.fullmatch(name):
        return _wrong("A provider has a “name” of small letters, digits and -; “strong” is a list of texts.")
    needed = _NEEDED.get(kind)
    missing = [one for one in ("title", *(needed or ())) if not told.get(one)] + ([] if needed else [_KINDS])
    if missing or set(told) - _KNOWN:
        return _wrong(f"“{name}” lacks {', '.join(missing) or 'nothing'}; unknown: {', '.join(set(told) - _KNOWN)}.")
    if kind == OPENID:
        return _openid(texts, frozenset(strong))
    try:
        metadata = (home / texts["metadata"]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        return _wrong(f"The metadata of “{name}” cannot be read: {error}.")
    return Provider(name, texts["title"], kind, frozenset(strong), metadata=metadata)


def _openid(texts: dict[str, str], strong: frozenset[str]) -> Provider | Problem:
    name, issuer = texts["name"], texts["issuer"]
    secret = os.environ.get(texts["secret"], "")
    if not secret:
        return _wrong(f"“{name}” names the environment variable {texts['secret']}, which is not set.")
    if not issuer.startswith(("https://", "http://localhost:", "http://127.0.0.1:")):
        return _wrong(f"The issuer of “{name}” does not begin with https://.")
    return Provider(name, texts["title"], OPENID, strong, issuer, texts["client_id"], secret)


def _wrong(message: str) -> Problem:
    return Problem(Code.SIGN_IN_INVALID, f"{FILE}: {message}", "docs/guide/operating.md says what it may hold.")
