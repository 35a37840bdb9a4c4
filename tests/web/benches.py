"""What tests of pages with a bench do: wait until the files are compared, and tell what is seen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.builders.workplace import Page, Seat


def compared(seat: Seat, at: str) -> Page:
    """Wait until the files are compared that somebody sent."""
    until = time.monotonic() + 30
    while list((page := seat.at(at)).all("progress")):
        assert time.monotonic() < until
        time.sleep(0.05)
    return page


def append(seat: Seat, at: str, **said: str) -> Page:
    """Press the button that tells what is seen."""
    seen = seat.at(at).one("input", name="seen").get("value", "")
    return seat.post(at, do="append", seen=seen, **said)
