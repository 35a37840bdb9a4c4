"""Somebody who imports a file: sends it, says how it is taken, and tells it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from meterward.wiring import today
from meterward.wiring.example_store import LEDGER

if TYPE_CHECKING:
    from tests.builders.workplace import Page, Seat

BEGIN = f"/{LEDGER}/system/import"
HEADERS = "id,name,type,categories,operator,power,in_service"
POLLER = "poller,Poller of the north,head_end,communication_equipment,licensee,within,2013-03-04"
TABLE = f"{HEADERS}\n{POLLER}\n"


def upload(
    seat: Seat, content: bytes | str, name: str = "elements.csv", *, begin: str = BEGIN, **said: str | list[str]
) -> Any:  # noqa: ANN401 - as Django answers
    """Send a file; what is answered."""
    raw = content.encode() if isinstance(content, str) else content
    form = {"day": today().isoformat(), "licences": ["electricity", "gas"], **said}
    return seat.client.post(begin, {**form, "file": SimpleUploadedFile(name, raw)})


def begun(seat: Seat, content: bytes | str, name: str = "elements.csv", **said: Any) -> str:  # noqa: ANN401 - as above
    """The address of an import of a file."""
    answered = upload(seat, content, name, **said)
    assert answered.status_code == 302, answered.content
    return str(answered.headers["Location"])


def only_a_part(seat: Seat, address: str) -> Page:
    """The import of a file that lists only a part."""
    seat.client.post(address, {"do": "read", "day": today().isoformat(), "missing": "leaves"})
    return read(seat, address)


def read(seat: Seat, address: str, **query: object) -> Page:
    """An import once its file was read and compared, however busy the machine is."""
    until = time.monotonic() + 30
    while (page := seat.at(address, **query)).status == 202 and time.monotonic() < until:
        time.sleep(0.05)
    return page


def told(seat: Seat, address: str, note: str = "The list of March.") -> Any:  # noqa: ANN401 - as Django answers
    """Press the button."""
    seen = read(seat, address).one("input", name="seen").get("value", "")
    return seat.client.post(address, {"do": "tell", "seen": seen, "note": note})


def only(seat: Seat, content: str) -> str:
    """The address of an import of a file that lists only a part."""
    address = begun(seat, content)
    only_a_part(seat, address)
    return address
