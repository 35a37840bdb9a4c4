"""Second factors of people in tests, set up as they would: in the browser, on the page of their ways of signing in."""

from __future__ import annotations

import base64
import hmac
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.builders.soft_passkey import SoftPasskey
    from tests.builders.workplace import Page, Seat

PERIOD = 30


def code_of(secret: str, later: int = 0) -> str:
    """The code that an app shows now, or so many half minutes later, as RFC 6238 has it."""
    counter = int(time.time()) // PERIOD + later
    made = hmac.digest(base64.b32decode(secret), counter.to_bytes(8), "sha1")
    start = made[-1] & 15
    return f"{int.from_bytes(made[start : start + 4]) % 2**31 % 10**6:06}"


def set_up_app(seat: Seat) -> tuple[str, list[str]]:
    """The secret of an app that was just set up with the code of a half minute ago, and the recovery codes."""
    secret = seat.at("/ways/app").one("input", id="secret").get("value", "")
    page = seat.post("/ways/app", code=code_of(secret, -1))
    return secret, [one.replace(" ", "") for one in page.texts("li")]


def add_passkey(seat: Seat, name: str = "laptop", passkey: SoftPasskey | None = None) -> tuple[SoftPasskey, Page]:
    """A passkey that was just added, and what the page said."""
    from tests.builders.soft_passkey import SoftPasskey  # noqa: PLC0415 - browser tests have passkeys of their own

    made = passkey or SoftPasskey()
    sent = made.make(seat.client.get("/ways/passkeys/new").json())
    return made, seat.post("/ways/passkeys/new", name=name, credential=sent)
