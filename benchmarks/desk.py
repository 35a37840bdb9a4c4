"""A regulator's desk over many licensees: what its first page costs, and what it costs to bring its rows up to date.

Beside it, in the same run, a bare query of as many rows. Each licensee has a ledger of its own with a few records.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from benchmarks.installation import installed, load, milliseconds, row
from meterward.adapters.memory import keep_for_good

if TYPE_CHECKING:
    from django.test import Client

    from meterward.core.base.canonical import Json

WARM, PAGE = 200, 50
DESK = "authority"


def measure(licensees: int) -> None:
    """Print what the first page of a desk costs over so many licensees."""
    with installed():
        _fill(licensees)
        client = _signed_in()
        load()
        row("page before any row was computed, ms", **milliseconds([_get(client)]))
        keep_for_good()
        row("every row computed, s", seconds=_computed())
        assert _rows(client) == min(licensees, PAGE), "a page has fewer rows that rest on rights than it should"
        warm = [_get(client) for _ in range(WARM)]
        row("page, ms", **milliseconds(warm), worst=max(warm) * 1e3, queries=_queries(client))
        row("sorted by name, ms", **milliseconds([_get(client, "?sort=name") for _ in range(WARM)]))
        row("page in a new process, ms", **milliseconds([_cold(client)]))
        row("a bare query of as many rows, ms", **milliseconds([_bare(licensees) for _ in range(WARM)]))
        load()


def _computed() -> float:
    from meterward.wiring import glancing, today  # noqa: PLC0415 - the installation is made first
    from meterward.wiring.gating import Who  # noqa: PLC0415 - see above
    from meterward.wiring.installed import installation  # noqa: PLC0415 - see above

    person = installation().people.get("officer")
    assert person
    started = time.perf_counter()
    while (found := glancing.glances(DESK, Who(person, strong=True), today())).stale:
        assert found.job
        found.job.ended.wait(60)
    return time.perf_counter() - started


def _bare(count: int) -> float:
    from django.db import connection  # noqa: PLC0415 - the installation is made first

    began = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT key, value FROM storage_kept LIMIT %s", [count])
        assert cursor.fetchall()
    return time.perf_counter() - began


def _fill(licensees: int) -> None:
    from meterward.adapters import clock  # noqa: PLC0415 - the installation is made first
    from meterward.adapters.salts import fresh_salt  # noqa: PLC0415 - see above
    from meterward.core.records.keeper import Keeper  # noqa: PLC0415 - see above
    from meterward.usecases.append_record import Appended  # noqa: PLC0415 - see above
    from meterward.usecases.open_ledger import Opening, opening_lines  # noqa: PLC0415 - see above
    from meterward.usecases.ports import PersonKept  # noqa: PLC0415 - see above
    from meterward.wiring.appending import append  # noqa: PLC0415 - see above
    from meterward.wiring.installed import installation  # noqa: PLC0415 - see above

    def opened(name: str, opening: Opening) -> None:
        installation().ledgers.open(name)
        done = append(name, list(opening_lines(opening, clock.today(), fresh_salt)))
        assert isinstance(done, Appended), done

    opened(DESK, Opening(DESK, {}, "p-31", Keeper.AUTHORITY))
    day = clock.today()
    for number in range(licensees):
        name = f"supplier-{number:03}"
        opened(name, Opening(name, {"gas": day.replace(year=2013)}, "p-01", Keeper.LICENSEE))
        actor: dict[str, Json] = {"person": "p-01", "role": "security_manager", "organisation": name}
        statement: dict[str, Json] = {
            "kind": "access.granted",
            "version": 1,
            "licensee": name,
            "licences": ["gas"],
            "occurred": day.isoformat(),
            "subject": "access/1",
            "actor": actor,
        }
        facts: dict[str, Json] = {"person": "p-31", "organisation": DESK, "role": "authority_officer"}
        done = append(name, [{"statement": statement, "facts": facts, "salts": {"facts": fresh_salt()}}])
        assert isinstance(done, Appended), done
    installation().people.keep(PersonKept("officer", "p-31", DESK), "benchmark")


def _signed_in() -> Client:
    from django.contrib.auth import get_user_model  # noqa: PLC0415 - the installation is made first
    from django.test import Client  # noqa: PLC0415 - see above

    client = Client(HTTP_HOST="localhost")
    person = get_user_model().objects.get(sign_in="officer")
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def _get(client: Client, query: str = "") -> float:
    started = time.perf_counter()
    response = client.get(f"/{DESK}/{query}")
    assert response.status_code == 200, response.status_code
    return time.perf_counter() - started


def _rows(client: Client) -> int:
    """How many rows of the page were computed from the licensee's own records."""
    return client.get(f"/{DESK}/").content.count(b"Rights here</div>")


def _cold(client: Client) -> float:
    """The page once more, with nothing that this process knew of the ledgers."""
    from meterward.wiring.installed import answering, installation  # noqa: PLC0415 - the installation is made first

    installation.cache_clear()
    answering.cache_clear()
    return _get(client)


def _queries(client: Client) -> float:
    from django.db import connection  # noqa: PLC0415 - the installation is made first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - see above

    with CaptureQueriesContext(connection) as captured:
        _get(client)
    return len(captured)
