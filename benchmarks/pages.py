"""Pages of a large ledger as a browser asks for them, from a process that knows nothing yet to one that is warm.

A request goes through everything but the network: sessions, the gate, the answer, the template.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks.installation import LEDGER, fresh_lines, held, load, made, milliseconds, row

if TYPE_CHECKING:
    from django.test import Client

PAGES = {
    "position": "",
    "clause": "clauses/Z.9",
    "records": "records",
    "records of a kind": "records?kind=incident.recorded",
    "records by the commonest words": "records?words=read+from+the+monitoring",
    "record": "records/700",
}
WARM, GROWN, EARLIER = 20, 10, 5
_UNDERWAY, _THERE = 202, 200


def measure(size: int) -> None:
    """Print what pages cost over a ledger of so many records, and how much memory they take."""
    with made(size):
        client = _signed_in()
        load()
        row("process before anything was asked", MB=held())
        row("position, first time, s", seconds=get(client, ""), MB=held())
        for name, page in PAGES.items():
            if _exists(page):
                get(client, page)
                times = [get(client, page) for _ in range(WARM)]
                row(f"{name}, ms", **milliseconds(times), queries=queries(client, page))
        row("position after one more record, ms", **milliseconds(_grown(client) for _ in range(GROWN)))
        _preview()
        for place in range(1, EARLIER + 1):
            known_at = size * (20 - place) // 20
            seconds = get(client, f"?known_at={known_at}")
            row(f"position as known after {known_at:,} entries, s", seconds=seconds, MB=held())
        row("position as at ten years before, s", seconds=get(client, "?as_at=2016-06-01"), MB=held())
        row("position now again, ms", **milliseconds([get(client, "")]), MB=held())
        load()


def _signed_in() -> Client:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - the installation is made first
    from django.test import Client  # noqa: PLC0415 - see above

    from meterward.usecases.ports import PersonKept  # noqa: PLC0415 - see above
    from meterward.wiring.installed import installation  # noqa: PLC0415 - see above

    installation().people.keep(PersonKept("board", "p-senior_manager", LEDGER), "benchmark")
    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.get(sign_in="board"))
    return client


def _exists(page: str) -> bool:
    from django.urls import Resolver404, resolve  # noqa: PLC0415 - the installation is made first

    try:
        return bool(resolve(f"/{LEDGER}/{page.partition('?')[0]}"))
    except Resolver404:
        return False


def get(client: Client, page: str, ledger: str = LEDGER) -> float:
    """The seconds until a page is there, however often it must be asked for."""
    started = time.perf_counter()
    while (response := client.get(f"/{ledger}/{page}")).status_code == _UNDERWAY:
        pass
    assert response.status_code == _THERE, (page, response.status_code)
    return time.perf_counter() - started


def queries(client: Client, page: str, ledger: str = LEDGER) -> int:
    """How many queries a page asks that was asked for before."""
    from django.db import connection  # noqa: PLC0415 - the installation is made first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - see above

    with CaptureQueriesContext(connection) as asked:
        get(client, page, ledger)
    return len(asked)


def _grown(client: Client) -> float:
    from meterward.usecases.append_record import Appended  # noqa: PLC0415 - the installation is made first
    from meterward.wiring.appending import append  # noqa: PLC0415 - see above

    assert isinstance(append(LEDGER, fresh_lines(1)), Appended)
    return get(client, "")


def _preview() -> None:
    from meterward.law.pack import DEFAULT  # noqa: PLC0415 - the installation is made first
    from meterward.present.answer import Question  # noqa: PLC0415 - see above
    from meterward.wiring import today  # noqa: PLC0415 - see above
    from meterward.wiring.appending import Preview, preview  # noqa: PLC0415 - see above

    day, times = today(), []
    asked = Question(LEDGER, None, day, None, DEFAULT, {}, day)
    for line in fresh_lines(GROWN):
        started = time.perf_counter()
        assert isinstance(preview(LEDGER, line, asked), Preview)
        times.append(time.perf_counter() - started)
    row("preview of one more record, ms", **milliseconds(times), MB=held())
