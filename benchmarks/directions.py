"""A direction to many licensees of one installation: one signature, and an entry in each of their ledgers.

Everything goes through the whole use case, and is durable in all ledgers or in none. Beside it, in the same run:
as many single appends, which is what it would cost to tell each licensee by itself. The first direction finds ledgers
that do not know the issuer's key yet.
"""

from __future__ import annotations

import secrets
import time
from typing import TYPE_CHECKING

from benchmarks.installation import installed, load, milliseconds, row, syncs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from meterward.core.base.canonical import Json

ISSUED = 5
SIZES = (30, 100, 300)


def measure(size: int) -> None:
    """Print what a direction to so many licensees costs."""
    with installed() as home:
        load()
        row("one page made durable, ms", **milliseconds(syncs(home)))
        names = _opened(size)
        row("licensees", there=len(names))
        singles = sum(_append(name, [_direction([name], name)]) for name in names)
        row("as many single appends, with each ledger's first key, s", took=singles)
        singles = sum(_append(name, [_direction([name], name)]) for name in names)
        row("as many single appends, s", took=singles)
        row("the first direction, s", took=_append("authority", [_direction(names)]))
        found = [_append("authority", [_direction(names)]) for _ in range(ISSUED)]
        middle = sorted(found)[ISSUED // 2]
        row(f"another one, s, the median of {ISSUED}", took=middle, worst=max(found), ratio=middle / singles)
        row("one page made durable, ms", **milliseconds(syncs(home)))
        load()


def _opened(size: int) -> list[str]:
    """So many licensees and the Authority, each with a ledger that was just opened."""
    from datetime import date  # noqa: PLC0415 - the installation is made first

    from meterward.adapters import clock  # noqa: PLC0415 - see above
    from meterward.adapters.salts import fresh_salt  # noqa: PLC0415 - see above
    from meterward.core.records.keeper import Keeper  # noqa: PLC0415 - see above
    from meterward.usecases.open_ledger import Opening, opening_lines  # noqa: PLC0415 - see above
    from meterward.wiring.installed import installation  # noqa: PLC0415 - see above

    names = [f"licensee-{number}" for number in range(1, size + 1)]
    held = {"gas": date(2013, 3, 4)}
    for name in (*names, "authority"):
        keeper = Keeper.AUTHORITY if name == "authority" else Keeper.LICENSEE
        opening = Opening(name, held if name != "authority" else {}, "p-1", keeper)
        installation().ledgers.open(name)
        _append(name, list(opening_lines(opening, clock.today(), fresh_salt)))
    return names


def _direction(names: Sequence[str], by: str = "authority") -> dict[str, Json]:
    """A direction of the Authority; or one that a licensee enters, which came on paper."""
    paper = by != "authority"
    facts: dict[str, Json] = {
        "issuers": ["secretary_of_state" if paper else "authority"],
        "addressees": [*names],
        "purposes": ["mitigate"],
        "requirements": [{"name": "step-1", "act": "do", "due": "2199-12-31"}],
    }
    role = "security_manager" if paper else "authority_officer"
    statement: dict[str, Json] = {
        "kind": "direction.issued",
        "version": 1,
        "licensee": by,
        "licences": ["gas"] if paper else ["any"],
        "occurred": time.strftime("%Y-%m-%d", time.gmtime()),
        "actor": {"person": "p-1", "role": role, "organisation": by},
        "subject": f"direction/{'' if paper else 'authority-'}{secrets.token_hex(4)}",
    }
    return {"statement": statement, "facts": facts, "salts": {"facts": secrets.token_hex(16)}}


def _append(ledger: str, lines: Sequence[dict[str, Json]]) -> float:
    """The seconds that it takes."""
    from meterward.usecases.append_record import Appended  # noqa: PLC0415 - the installation is made first
    from meterward.wiring.appending import append  # noqa: PLC0415 - see above

    started = time.perf_counter()
    done = append(ledger, lines)
    took = time.perf_counter() - started
    assert isinstance(done, Appended), done
    return took
