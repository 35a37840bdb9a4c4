"""People with passkeys: what their browsers send when they make one, and when they sign with one."""

from __future__ import annotations

import json
import re
import time
from html import unescape
from typing import TYPE_CHECKING, Any

from meterward.adapters.passkeys import as_text
from meterward.core.records.keyring import TELLING, Keyring
from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.passkeys import Passkey
from tests.web.writers import Writer

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from meterward.core.ledger.assertion import Assertion
    from meterward.core.records.keyring import KeySpan

PAGE, SIGNS = "/ways/passkeys", "/passkey"
"""The page of somebody's passkeys, and where one that signs is sent to, in a ledger."""
KIND = "management.considered"
MINE = Passkey("mine", "http://localhost")
HIDDEN = re.compile(r'name="(\w+)" value="([^"]*)"')


def asked_in(page: str) -> dict[str, Any]:
    """What a page has its script ask the browser."""
    found = re.search(r'data-options="([^"]+)"', page)
    assert found, page
    asked: dict[str, Any] = json.loads(unescape(found[1]))
    return asked


def mark_in(page: str) -> str:
    """The mark by which a page knows again what it asked."""
    return str(dict(HIDDEN.findall(page))["mark"])


def shown(writer: Writer) -> str:
    """The page of somebody's passkeys, as they come to it from the ledger."""
    page: str = writer.client.get(PAGE, {"ledger": writer.ledger}).content.decode()
    return page


def made(
    writer: Writer,
    passkey: Passkey = MINE,
    acting: str = "security_manager",
    **amiss: Any,  # noqa: ANN401 - whatever may be amiss
) -> dict[str, str]:
    """What a browser sends that made a passkey."""
    page = shown(writer)
    challenge = amiss.pop("answers", asked_in(page)["challenge"])
    data, attestation = passkey.registration(challenge, **amiss)
    parts = {"client_data": data, "attestation": attestation, "credential": passkey.credential}
    return {
        "mark": mark_in(page),
        "acting": acting,
        **{name: as_text(part) for name, part in parts.items()},
    }


def post(writer: Writer, said: dict[str, str], path: str = SIGNS) -> Any:  # noqa: ANN401 - as Django answers its test client
    """Send a form of the page."""
    return writer.client.post(f"/{writer.ledger}{path}", said)


def introduced(sign_in: str = "security") -> Writer:
    """Somebody with a passkey."""
    writer = Writer(sign_in)
    assert post(writer, made(writer))["Location"] == f"{PAGE}?done=made"
    return writer


def spans(person: str = "p-01") -> list[KeySpan]:
    """The passkeys of somebody that count."""
    head = installation().ledgers.head(LEDGER)
    assert head
    return Keyring(LEDGER).take(installation().records_of(head, TELLING)).counting(LEDGER, head.size, person)


def considered(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a form may hold
    """What somebody types who tells that senior management considered the policy in force."""
    policy = next(name for name, _ in reversed(list(_subjects())) if name.startswith("policy/"))
    said = {
        "statement.subject": policy,
        "statement.occurred": today().isoformat(),
        "statement.licences": ["electricity", "gas"],
        "facts.members.0": "p-04",
        "facts.whole": "true",
        "acting": "security_manager",
    }
    return {**said, **more}


def _subjects() -> list[tuple[str, int]]:
    from meterward.wiring.looking import ties_of  # noqa: PLC0415 - rows can be loaded only within a store

    ties: Any = ties_of(LEDGER)
    found: list[tuple[str, int]] = ties.subjects()
    return found


def previewed(writer: Writer, typed: dict[str, Any] | None = None) -> str:
    """The confirming step of what was typed."""
    sent = writer.send(KIND, "preview", typed or considered())
    page: str = writer.client.get(sent["Location"]).content.decode()
    return page


def signed(page: str, make: Callable[[str], Assertion]) -> dict[str, str]:
    """What a browser sends that signed what a page asked it to."""
    assertion = make(asked_in(page)["challenge"])
    parts = {name: as_text(part) for name, part in assertion._asdict().items()}
    return {"do": "append-signed", "mark": mark_in(page), **parts}


def truly(challenge: str, passkey: Passkey = MINE, **said: Any) -> Assertion:  # noqa: ANN401 - whatever may be amiss
    """What the device makes of a challenge."""
    return passkey.assertion(b"", **{"challenge": challenge, **said})


def later(monkeypatch: pytest.MonkeyPatch) -> None:
    """More time passes than a page waits for."""
    now = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: now + 601)
