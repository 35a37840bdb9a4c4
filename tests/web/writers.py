"""People of the example at their desks, with what they type into forms."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from meterward.wiring import today
from meterward.wiring.example_store import LEDGER
from meterward.wiring.installed import installation
from tests.builders.desks import browser_of

if TYPE_CHECKING:
    from django.test import Client

KIND = "incident.recorded"
"""What `incident` is a record of."""

_TAGS = re.compile(r"<[^>]+>")


def size() -> int:
    """How many entries the ledger has."""
    head = installation().ledgers.head(LEDGER)
    assert head is not None
    return head.size


def words_of(response: Any) -> str:  # noqa: ANN401 - as Django answers its test client
    """What a page says, without its markup."""
    return " ".join(unescape(_TAGS.sub(" ", response.content.decode())).split())


@dataclass
class Writer:
    """Somebody at a browser."""

    sign_in: str = "security"
    draft: str = field(default_factory=lambda: str(uuid4()))
    ledger: str = LEDGER
    client: Client = field(init=False)

    def __post_init__(self) -> None:
        self.client = browser_of(self.sign_in)

    def get(self, path: str, **query: str) -> Any:  # noqa: ANN401 - as Django answers its test client
        """Open a page of the ledger."""
        return self.client.get(f"/{self.ledger}{path}", query)

    def send(self, kind: str, do: str, typed: dict[str, Any]) -> Any:  # noqa: ANN401 - as Django answers
        """Send a form, by one of its buttons."""
        name, _, value = do.partition("=")
        pressed = {name: value} if value else {"do": do}
        return self.client.post(self.place(kind), {**typed, **pressed})

    def place(self, kind: str) -> str:
        """Where the draft is written."""
        return f"/{self.ledger}/append/{kind}/{self.draft}"


def incident(**more: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a form may hold
    """What somebody types who records an incident of today."""
    day = today().isoformat()
    said = {
        "statement.subject": "incident/15",
        "statement.occurred": day,
        "statement.licences": ["electricity", "gas"],
        "facts.detected": day,
        "facts.severity": "low",
        "facts.affected.0": "element/ihd",
        "text.description": "A display showed the wrong tariff for an hour.",
        "acting": "security_manager",
    }
    return {**said, **more}
