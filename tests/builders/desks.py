"""An installation with the example licensee, people at its door, and what they send."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.test import Client

from meterward.core.access import Scope
from meterward.usecases.ports import PersonKept
from meterward.wiring import today
from meterward.wiring.example_store import EXAMPLE_PASSWORD, LEDGER, make_example
from meterward.wiring.installed import answering, installation
from meterward.wiring.keys import Key, make

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answered

STRANGER = PersonKept("stranger", "p-01", "southlight")
"""Somebody who may sign in and has no role here; the pseudonym is that of a person of another organisation."""
ROOT = "/api/v1/"
JSON = "application/json"


def fill() -> None:
    """Fill an empty store with the example licensee as of today, and a stranger."""
    found = make_example(today())
    assert found == [], found
    installation().people.keep(STRANGER, EXAMPLE_PASSWORD)


def forget() -> None:
    """Forget what this process followed of a store."""
    installation.cache_clear()
    answering.cache_clear()


def browser_of(sign_in: str, *, strong: bool = True, **how: Any) -> Client:  # noqa: ANN401 - whatever a client can be told
    """The browser of somebody who is signed in, with a second factor unless it is said; of nobody, without a name."""
    client = Client(**how, headers={"host": "localhost"})
    if sign_in == STRANGER.sign_in:
        installation().people.keep(STRANGER, EXAMPLE_PASSWORD)
    if sign_in:
        people = get_user_model()
        person = people.objects.get(**{people.USERNAME_FIELD: sign_in})
        client.force_login(person)
        note_shown(client, str(person.pk), "mfa" if strong else "password")
    return client


def note_shown(client: Client, person: str, method: str, ago: float = 0) -> None:
    """Let somebody who is signed in have shown a password or a second factor so many seconds ago, and nothing else."""
    session = client.session
    session["account_authentication_methods"] = [{"method": method, "at": time.time() - ago}]
    session["account_authentication_methods_user"] = person
    session.save()


def secret_of(sign_in: str, *scopes: Scope, ends: date | None = None) -> str:
    """The secret of a new token of somebody, good for everything unless it is said otherwise."""
    person = installation().people.get(sign_in)
    assert person is not None
    good_for = [scope.value for scope in scopes or Scope]
    made = make(person, "tests", good_for, ends or today() + timedelta(days=1), strong=True)
    assert isinstance(made, Key)
    return made.secret


@dataclass
class Machine:
    """A program that uses the API, with a token or without."""

    secret: str = ""
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def get(self, path: str, **query: Any) -> Answered:  # noqa: ANN401 - whatever a query may hold
        """Ask for something below the root of the API."""
        return self._send("GET", path, query=query)

    def post(self, path: str, said: object, media_type: str = JSON, **headers: str) -> Answered:
        """Send JSON, or bytes as they are."""
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        return self._send("POST", path, body, media_type, headers=headers)

    def _send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        media_type: str = "",
        query: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answered:
        sent = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        if self.secret:
            sent["Authorization"] = f"Bearer {self.secret}"
        return self.client.generic(
            method, f"{ROOT}{path}", body, headers=sent, query_params=query or {}, CONTENT_TYPE=media_type
        )


def incident(number: int = 1, **statement: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a statement may hold
    """A line that the security manager of the example may append today."""
    said = {
        "kind": "incident.recorded",
        "version": 1,
        "licensee": LEDGER,
        "licences": ["electricity"],
        "occurred": today().isoformat(),
        "subject": f"incident/tests-{number}",
        "actor": {"person": "p-01", "role": "security_manager", "organisation": LEDGER},
    }
    return {"statement": {**said, **statement}, "facts": {"detected": today().isoformat(), "severity": "low"}}
